package ledger287.eventstore;

import static java.util.concurrent.TimeUnit.SECONDS;
import static ledger287.eventstore.Facts.append;
import static ledger287.eventstore.Facts.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.LongStream;
import ledger287.eventstore.PublisherStatus.State;
import ledger287.local.LocalKafka;
import ledger287.local.LocalPostgres;
import org.apache.kafka.clients.CommonClientConfigs;
import org.apache.kafka.clients.admin.Admin;

/** A log and its topic, on given servers. */
record TestLog(TestDatabase database, LocalKafka kafka, String topic) {

    static TestLog create(LocalPostgres postgres, LocalKafka kafka) throws SQLException {
        return new TestLog(TestDatabase.emptied(postgres), kafka, "test-" + UUID.randomUUID());
    }

    PublisherSettings settings() {
        return PublisherSettings.of(
                topic, topic, Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }

    Publisher publisher() {
        return publisher(settings(), TopicReader.MAPPER);
    }

    Publisher publisher(PublisherSettings settings, EventMapper mapper) {
        Publisher publisher = new Publisher(
                settings, database.dataSource(), new EventStore(), mapper, PublisherListener.NONE, Clock.systemUTC());
        publisher.start();
        return publisher;
    }

    Admin admin() {
        return Admin.create(Map.of(CommonClientConfigs.BOOTSTRAP_SERVERS_CONFIG, kafka.bootstrapServers()));
    }

    /** One append of that many events. */
    Appended appendFacts(int count) throws SQLException {
        try (Connection connection = database.connect()) {
            return new EventStore().append(connection, append(facts("stream", count)), Instant.EPOCH);
        }
    }

    List<Long> positions() {
        return TopicReader.positions(kafka.bootstrapServers(), topic);
    }

    /** Waits for the last: readers see a commit some milliseconds after the publisher does. */
    void assertTopicHoldsExactly(long first, long last) {
        await().atMost(30, SECONDS).until(() -> positions().contains(last));
        assertThat(positions())
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(first, last).boxed().toList());
    }

    static void awaitPublished(Publisher publisher, long position) {
        await().atMost(30, SECONDS).until(publisher::publishedPosition, published -> published >= position);
    }

    static void awaitState(Publisher publisher, State state) {
        await().atMost(30, SECONDS).until(() -> publisher.status().state(), state::equals);
    }
}
