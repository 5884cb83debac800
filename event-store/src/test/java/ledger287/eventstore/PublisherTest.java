package ledger287.eventstore;

import static java.util.concurrent.TimeUnit.SECONDS;
import static ledger287.eventstore.Facts.append;
import static ledger287.eventstore.Facts.fact;
import static ledger287.eventstore.TestLog.awaitPublished;
import static ledger287.eventstore.TestLog.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import ledger287.eventstore.PublisherStatus.State;
import ledger287.local.SharedServers;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class PublisherTest {

    private TestLog log;

    @BeforeEach
    void anEmptyLog() throws SQLException {
        log = TestLog.create(SharedServers.postgres(), SharedServers.kafka());
    }

    @Test
    void everyEventArrivesOnceInOrderHoweverItWasAppended() throws Exception {
        log.appendFacts(3);
        try (Publisher publisher = log.publisher()) {
            awaitPublished(publisher, 3);
            log.appendFacts(2_500);
            log.appendFacts(1);
            publisher.wake();
            awaitPublished(publisher, 2_504);

            log.assertTopicHoldsExactly(1, 2_504);
            assertThat(publisher.lagEvents()).isZero();
            assertThat(publisher.status().state()).isEqualTo(State.PUBLISHING);
            assertThat(publisher.lastError()).isNull();
        }
    }

    @Test
    void anAppendThatNobodyAnnouncesIsFoundByThePoll() throws Exception {
        try (Publisher publisher = log.publisher()) {
            awaitState(publisher, State.PUBLISHING);
            log.appendFacts(1);
            awaitPublished(publisher, 1);
        }
    }

    @Test
    void theTopicIsMadeWithOnePartitionAndKeptForEver() throws Exception {
        try (Publisher publisher = log.publisher();
                Admin admin = log.admin()) {
            awaitState(publisher, State.PUBLISHING);

            assertThat(admin.describeTopics(List.of(log.topic()))
                            .allTopicNames()
                            .get()
                            .values())
                    .singleElement()
                    .satisfies(topic -> assertThat(topic.partitions()).hasSize(1));
            assertThat(admin.describeConfigs(List.of(topicResource()))
                            .all()
                            .get()
                            .values())
                    .singleElement()
                    .satisfies(config -> {
                        assertThat(config.get("retention.ms").value()).isEqualTo("-1");
                        assertThat(config.get("retention.bytes").value()).isEqualTo("-1");
                        assertThat(config.get("cleanup.policy").value()).isEqualTo("delete");
                    });
        }
    }

    @Test
    void aTopicThatForgetsIsRefusedUntilItIsMended() throws Exception {
        log.appendFacts(1);
        try (Admin admin = log.admin()) {
            admin.createTopics(List.of(new NewTopic(log.topic(), 1, (short) 1)))
                    .all()
                    .get();
            try (Publisher publisher = log.publisher()) {
                awaitState(publisher, State.HALTED);
                assertThat(publisher.status().message()).contains("Set retention.ms=-1");
                assertThat(publisher.lagEvents()).isEqualTo(1);

                setTopicConfig(admin, "retention.ms", "-1");
                awaitPublished(publisher, 1);
            }
        }
    }

    @Test
    void aPublisherWhoseBrokerDoesNotAnswerSaysWhichOneItWaitsFor() throws Exception {
        try (ServerSocket silent = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String broker = "localhost:" + silent.getLocalPort();
            PublisherSettings waiting =
                    PublisherSettings.of(log.topic(), log.topic(), Map.of("bootstrap.servers", broker));
            try (Publisher publisher = log.publisher(waiting, TopicReader.MAPPER)) {
                awaitState(publisher, State.CONNECTING);
                await().atMost(5, SECONDS)
                        .until(() -> publisher.status().message().equals("Waiting for the broker at " + broker + "."));
            }
        }
    }

    @Test
    void ofTwoPublishersOneWorksAndTheOtherTakesOver() throws Exception {
        Publisher first = log.publisher();
        awaitState(first, State.PUBLISHING);
        try (Publisher second = log.publisher()) {
            awaitState(second, State.STANDBY);
            log.appendFacts(10);
            first.wake();
            awaitPublished(first, 10);
            await().atMost(5, SECONDS).until(second::publishedPosition, position -> position == 10);
            assertThat(second.status().state()).isEqualTo(State.STANDBY);

            first.close();
            assertThat(first.status().state()).isEqualTo(State.STOPPED);
            awaitState(second, State.PUBLISHING);
            log.appendFacts(10);
            awaitPublished(second, 20);

            log.assertTopicHoldsExactly(1, 20);
        }
    }

    @Test
    void aLeaderWhoseSessionIsCutGoesOnWithoutALossOrARepetition() throws Exception {
        try (Publisher publisher = log.publisher()) {
            log.appendFacts(10);
            awaitPublished(publisher, 10);
            try (Connection owner = log.database().connectAsOwner();
                    Statement statement = owner.createStatement()) {
                statement.execute("select pg_terminate_backend(pid) from pg_stat_activity"
                        + " where datname = current_database() and pid <> pg_backend_pid()");
            }
            log.appendFacts(10);
            awaitPublished(publisher, 20);
            log.assertTopicHoldsExactly(1, 20);
        }
    }

    @Test
    void aRecordThatIsTooLargeHaltsThePublisherAndIsNotSkipped() throws Exception {
        byte[] noise = new byte[600_000];
        new Random(1).nextBytes(noise);
        String large = "{\"noise\": \"" + Base64.getEncoder().encodeToString(noise) + "\"}";
        try (Connection connection = log.database().connect()) {
            new EventStore()
                    .append(connection, append(fact("a"), fact("a"), fact("a", large), fact("a")), Instant.EPOCH);
        }
        PublisherSettings small = log.settings().with(new PublisherSettings.Limits(500_000, 1_000, 4 << 20));
        try (Publisher publisher = log.publisher(small, TopicReader.MAPPER)) {
            awaitState(publisher, State.HALTED);
            assertThat(publisher.status().message()).contains("position 3").contains("raise max.message.bytes");
            assertThat(publisher.lagEvents()).isEqualTo(2);
            log.assertTopicHoldsExactly(1, 2);
        }
        // The client may send it now, but the topic was made for smaller ones.
        try (Publisher publisher = log.publisher();
                Admin admin = log.admin()) {
            awaitState(publisher, State.HALTED);
            assertThat(publisher.status().message()).contains("position 3");

            setTopicConfig(admin, "max.message.bytes", "2000000");
            awaitPublished(publisher, 4);
            log.assertTopicHoldsExactly(1, 4);
        }
    }

    @Test
    void anEventThatCannotBeMappedHaltsThePublisherAndIsNotSkipped() throws Exception {
        log.appendFacts(5);
        EventMapper broken = event -> {
            if (event.position() == 4) {
                throw new IllegalArgumentException("no such shape");
            }
            return TopicReader.MAPPER.map(event);
        };
        try (Publisher publisher = log.publisher(log.settings(), broken)) {
            awaitState(publisher, State.HALTED);
            assertThat(publisher.status().message()).contains("position 4").contains("no such shape");
            log.assertTopicHoldsExactly(1, 3);
        }
        try (Publisher mended = log.publisher()) {
            awaitPublished(mended, 5);
            log.assertTopicHoldsExactly(1, 5);
        }
    }

    @Test
    void aTopicDeletedAndMadeAnewIsFilledOnTheOperatorsWordOnly() throws Exception {
        try (Publisher publisher = log.publisher();
                Admin admin = log.admin()) {
            log.appendFacts(5);
            awaitPublished(publisher, 5);

            admin.deleteTopics(List.of(log.topic())).all().get();
            awaitState(publisher, State.HALTED);
            assertThat(publisher.status().message()).contains("is gone");
            admin.createTopics(List.of(new NewTopic(log.topic(), 1, (short) 1).configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
            await().atMost(10, SECONDS)
                    .until(() -> publisher.status().message(), message -> message.contains("made anew"));
            log.appendFacts(5);
        }
        // A restart is not the operator's word.
        try (Publisher publisher = log.publisher()) {
            awaitState(publisher, State.HALTED);
            assertThat(log.positions()).isEmpty();

            publisher.republishFromStart();
            awaitPublished(publisher, 10);
            log.assertTopicHoldsExactly(1, 10);
        }
        try (Publisher again = log.publisher()) {
            awaitState(again, State.PUBLISHING);
            log.appendFacts(1);
            awaitPublished(again, 11);
            log.assertTopicHoldsExactly(1, 11);
        }
    }

    @Test
    void aTopicReplacedUnderAPublisherThatIsWritingIsNoticed() throws Exception {
        try (Publisher publisher = log.publisher();
                Admin admin = log.admin()) {
            log.appendFacts(5);
            awaitPublished(publisher, 5);

            admin.deleteTopics(List.of(log.topic())).all().get();
            await().ignoreExceptions().until(() -> {
                admin.createTopics(
                                List.of(new NewTopic(log.topic(), 1, (short) 1).configs(Map.of("retention.ms", "-1"))))
                        .all()
                        .get();
                return true;
            });
            log.appendFacts(5);
            publisher.wake();

            await().atMost(30, SECONDS)
                    .until(() -> publisher.status().message(), message -> message.contains("made anew"));
            assertThat(log.positions()).isEmpty();
            publisher.republishFromStart();
            awaitPublished(publisher, 10);
            log.assertTopicHoldsExactly(1, 10);
        }
    }

    @Test
    void theOperatorsWordOutlivesTheProcessThatHeardIt() throws Exception {
        try (Publisher publisher = log.publisher()) {
            log.appendFacts(5);
            awaitPublished(publisher, 5);
        }
        try (Admin admin = log.admin()) {
            admin.deleteTopics(List.of(log.topic())).all().get();
        }
        Publisher neverStarted = new Publisher(
                log.settings(),
                log.database().dataSource(),
                new EventStore(),
                TopicReader.MAPPER,
                PublisherListener.NONE,
                java.time.Clock.systemUTC());
        neverStarted.republishFromStart();
        neverStarted.close();

        try (Publisher publisher = log.publisher()) {
            awaitPublished(publisher, 5);
            log.assertTopicHoldsExactly(1, 5);
        }
    }

    @Test
    void aPublicationFromTheStartIntoAFullTopicRepeatsEveryPosition() throws Exception {
        try (Publisher publisher = log.publisher()) {
            log.appendFacts(5);
            awaitPublished(publisher, 5);
            publisher.republishFromStart();
            await().atMost(30, SECONDS).until(() -> log.positions().size() >= 10);
            assertThat(log.positions())
                    .containsExactlyElementsOf(Stream.concat(
                                    LongStream.rangeClosed(1, 5).boxed(),
                                    LongStream.rangeClosed(1, 5).boxed())
                            .toList());
        }
    }

    @Test
    void aPublicationFromTheStartThatIsOrderedWhileRecordsAreSentBeginsAfterThem() throws Exception {
        log.appendFacts(10);
        var ordered = new AtomicBoolean();
        Publisher operator = withBatchesOfThree(PublisherListener.NONE);
        try (Publisher publisher = withBatchesOfThree(new PublisherListener() {
            @Override
            public void sent(long firstPosition, long lastPosition) {
                if (firstPosition == 4 && ordered.compareAndSet(false, true)) {
                    try {
                        operator.republishFromStart();
                    } catch (SQLException e) {
                        throw new IllegalStateException(e);
                    }
                }
            }
        })) {
            publisher.start();
            await().atMost(30, SECONDS).until(() -> log.positions().size() >= 16);
            assertThat(log.positions())
                    .containsExactlyElementsOf(Stream.concat(
                                    LongStream.rangeClosed(1, 6).boxed(),
                                    LongStream.rangeClosed(1, 10).boxed())
                            .toList());
        }
    }

    @Test
    void aTopicThatIsAheadOfTheLogIsNotWrittenTo() throws Exception {
        log.appendFacts(5);
        try (Publisher publisher = log.publisher()) {
            awaitPublished(publisher, 5);
        }
        asOwner(
                "delete from event where position > 3",
                "update stream set version = 3",
                "update log_head set position = 3",
                "update publisher_checkpoint set position = 3");
        log.appendFacts(1);
        try (Publisher publisher = log.publisher()) {
            awaitState(publisher, State.HALTED);
            assertThat(publisher.status().message())
                    .contains("up to position 5")
                    .contains("ends at 4");
            log.assertTopicHoldsExactly(1, 5);

            // Other events stand where those were that readers know.
            log.appendFacts(4);
            publisher.wake();
            await().atMost(30, SECONDS)
                    .until(() -> publisher.status().message(), message -> message.contains("the log holds another"));
            assertThat(publisher.status().state()).isEqualTo(State.HALTED);
            log.assertTopicHoldsExactly(1, 5);

            // As the message says: what is there already would hide the log's own events from readers.
            try (Admin admin = log.admin()) {
                admin.deleteTopics(List.of(log.topic())).all().get();
            }
            publisher.republishFromStart();
            awaitPublished(publisher, 8);
            log.assertTopicHoldsExactly(1, 8);
        }
    }

    @Test
    void aTopicThatAnotherLedgerFillsIsNotTaken() throws Exception {
        log.appendFacts(5);
        try (Publisher publisher = log.publisher()) {
            awaitPublished(publisher, 5);
            log.assertTopicHoldsExactly(1, 5);
        }
        asOwner("update publisher_checkpoint set publication = gen_random_uuid(), position = 0");
        try (Publisher publisher = log.publisher()) {
            awaitState(publisher, State.HALTED);
            assertThat(publisher.status().message()).contains("another ledger writes into it");
            log.assertTopicHoldsExactly(1, 5);
        }
    }

    @Test
    void recordsOfAVersionThatDidNotMarkThemAreContinuedFromTheCheckpoint() throws Exception {
        log.appendFacts(5);
        try (Publisher publisher = log.publisher()) {
            awaitPublished(publisher, 5);
            log.assertTopicHoldsExactly(1, 5);
        }
        try (var producer = new KafkaProducer<>(
                Map.<String, Object>of("bootstrap.servers", log.kafka().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            var unmarked = new ProducerRecord<>(log.topic(), "stream", new byte[1]);
            unmarked.headers().add("position", new byte[] {'6'});
            producer.send(unmarked).get();
        }
        log.appendFacts(3);
        asOwner("update publisher_checkpoint set position = 6");
        try (Publisher publisher = log.publisher()) {
            awaitPublished(publisher, 8);
            log.assertTopicHoldsExactly(1, 8);
        }
    }

    @Test
    void aDatabaseOfAnEarlierPublicationDoesNotGoOnWithALaterOne() throws Exception {
        log.appendFacts(5);
        try (Publisher publisher = log.publisher()) {
            awaitPublished(publisher, 5);
        }
        asOwner("update publisher_checkpoint set publication = gen_random_uuid(), position = 3");
        try (Publisher publisher = log.publisher()) {
            awaitState(publisher, State.HALTED);
            assertThat(publisher.status().message()).contains("of another publication");
            log.assertTopicHoldsExactly(1, 5);
        }
    }

    @Test
    void aTopicThatEndsBeforeWhatTheDatabaseKnowsIsNotWrittenTo() throws Exception {
        log.appendFacts(5);
        try (Publisher publisher = log.publisher()) {
            awaitPublished(publisher, 5);
            log.assertTopicHoldsExactly(1, 5);
        }
        log.appendFacts(2);
        asOwner("update publisher_checkpoint set position = 6");
        try (Publisher publisher = log.publisher()) {
            awaitState(publisher, State.HALTED);
            assertThat(publisher.status().message())
                    .contains("has lost records")
                    .contains("position 5");
            log.assertTopicHoldsExactly(1, 5);
        }
    }

    @Test
    void anotherLogsTopicIsNotWrittenTo() throws Exception {
        try (Admin admin = log.admin()) {
            admin.createTopics(List.of(new NewTopic(log.topic(), 1, (short) 1).configs(Map.of("retention.ms", "-1"))))
                    .all()
                    .get();
        }
        try (KafkaProducer<String, byte[]> producer = new KafkaProducer<>(
                Map.of("bootstrap.servers", log.kafka().bootstrapServers()),
                new StringSerializer(),
                new ByteArraySerializer())) {
            producer.send(new ProducerRecord<>(log.topic(), "other", new byte[0]))
                    .get();
        }
        try (Publisher publisher = log.publisher()) {
            awaitState(publisher, State.HALTED);
            assertThat(publisher.status().message()).contains("topic of another ledger");
        }
    }

    private ConfigResource topicResource() {
        return new ConfigResource(ConfigResource.Type.TOPIC, log.topic());
    }

    private void asOwner(String... statements) throws SQLException {
        try (Connection owner = log.database().connectAsOwner();
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    private Publisher withBatchesOfThree(PublisherListener listener) {
        return new Publisher(
                log.settings().with(new PublisherSettings.Limits(1 << 20, 3, 1 << 20)),
                log.database().dataSource(),
                new EventStore(),
                TopicReader.MAPPER,
                listener,
                java.time.Clock.systemUTC());
    }

    private void setTopicConfig(Admin admin, String name, String value) throws Exception {
        admin.incrementalAlterConfigs(Map.of(
                        topicResource(),
                        List.of(new AlterConfigOp(new ConfigEntry(name, value), AlterConfigOp.OpType.SET))))
                .all()
                .get();
    }
}
