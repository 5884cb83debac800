package ledger287.eventstore;

import static ledger287.eventstore.Facts.append;
import static ledger287.eventstore.Facts.fact;
import static ledger287.eventstore.Facts.facts;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import ledger287.local.SharedServers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EventStoreTest {

    private static final Instant NOW = Instant.parse("2025-06-06T13:00:00.123456Z");

    private final EventStore store = new EventStore();
    private TestDatabase database;

    @BeforeEach
    void anEmptyLog() throws SQLException {
        database = TestDatabase.emptied(SharedServers.postgres());
    }

    @Test
    void anEventComesBackAsItWasAppended() throws SQLException {
        NewEvent event = new NewEvent(
                java.util.UUID.fromString("6f1e9a5e-9b1c-4a57-8f0e-0d1f5f1c2b3a"),
                "agreement-1",
                "agreement-signed",
                3,
                "{\"note\": \"O’Neil \\\"x\\\" {,} \\\\ Ñ\", \"n\": 12345678901234567890.5}",
                "{}");
        try (Connection connection = database.connect()) {
            Appended appended = store.append(connection, append(event), NOW);

            assertThat(appended).isEqualTo(new Appended(1, 1));
            StoredEvent stored = store.readFrom(connection, 0, 10).getFirst();
            assertThat(stored)
                    .isEqualTo(new StoredEvent(
                            1,
                            1,
                            event.eventId(),
                            "agreement-1",
                            1,
                            "agreement-signed",
                            3,
                            "{\"n\": 12345678901234567890.5, \"note\": \"O’Neil \\\"x\\\" {,} \\\\ Ñ\"}",
                            "{}",
                            NOW));
            assertThat(store.readStream(connection, "agreement-1", 0, 10)).containsExactly(stored);
            assertThat(store.head(connection)).isEqualTo(1);
        }
    }

    @Test
    void interleavedStreamsOfOneAppendKeepTheirOrderAndShareItsEnd() throws SQLException {
        try (Connection connection = database.connect()) {
            store.append(connection, append(facts("a", 2)), NOW);
            Append interleaved = new Append(
                    Map.of("b", 0L, "a", 2L, "c", 0L), List.of(fact("b"), fact("a"), fact("b"), fact("c"), fact("a")));

            assertThat(store.append(connection, interleaved, NOW)).isEqualTo(new Appended(3, 7));

            List<StoredEvent> events = store.readFrom(connection, 2, 10);
            assertThat(events).extracting(StoredEvent::position).containsExactly(3L, 4L, 5L, 6L, 7L);
            assertThat(events).extracting(StoredEvent::streamId).containsExactly("b", "a", "b", "c", "a");
            assertThat(events).extracting(StoredEvent::version).containsExactly(1L, 3L, 2L, 1L, 4L);
            assertThat(events).extracting(StoredEvent::appendEnd).containsOnly(7L);
            assertThat(events)
                    .extracting(StoredEvent::eventId)
                    .containsExactlyElementsOf(
                            interleaved.events().stream().map(NewEvent::eventId).toList());
            assertThat(store.streamVersion(connection, "a")).isEqualTo(4);
            assertThat(store.readStream(connection, "a", 2, 1))
                    .singleElement()
                    .extracting(StoredEvent::version)
                    .isEqualTo(3L);
        }
    }

    @Test
    void thousandsOfEventsAreOneAppend() throws SQLException {
        try (Connection connection = database.connect()) {
            assertThat(store.append(connection, append(facts("a", 5_000)), NOW)).isEqualTo(new Appended(1, 5_000));

            List<StoredEvent> events = store.readFrom(connection, 0, 10_000);
            assertThat(events)
                    .extracting(StoredEvent::position)
                    .containsExactlyElementsOf(
                            LongStream.rangeClosed(1, 5_000).boxed().toList());
            assertThat(events).extracting(StoredEvent::appendEnd).containsOnly(5_000L);
        }
    }

    @Test
    void anAppendOfNothingIsRefused() {
        assertThatThrownBy(() -> append(List.of())).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 3})
    void anAppendBasedOnAnotherVersionIsAConflictAndStoresNothing(long expected) throws SQLException {
        try (Connection connection = database.connect()) {
            store.append(connection, append(facts("agency with spaces", 2)), NOW);

            assertThatThrownBy(() -> store.append(
                            connection,
                            new Append(
                                    Map.of("agency with spaces", expected, "new", 0L),
                                    List.of(fact("new"), fact("agency with spaces"))),
                            NOW))
                    .isInstanceOfSatisfying(VersionConflict.class, conflict -> {
                        assertThat(conflict.streamId()).isEqualTo("agency with spaces");
                        assertThat(conflict.expected()).isEqualTo(expected);
                        assertThat(conflict.actual()).isEqualTo(2);
                    });

            assertThat(store.head(connection)).isEqualTo(2);
            assertThat(store.streamVersion(connection, "new")).isZero();
            assertThat(store.streamVersion(connection, "agency with spaces")).isEqualTo(2);
        }
    }

    @Test
    void aConflictCannotBeCommittedByMistake() throws SQLException {
        try (Connection transaction = database.begin()) {
            Append impossible = new Append(Map.of("a", 7L), List.of(fact("a"), fact("b")));
            assertThatThrownBy(() -> store.append(transaction, impossible, NOW)).isInstanceOf(VersionConflict.class);
            transaction.commit();

            assertThat(store.head(transaction)).isZero();
            assertThat(store.streamVersion(transaction, "a")).isZero();
            assertThat(store.streamVersion(transaction, "b")).isZero();
        }
    }

    @Test
    void aStreamThatADecisionOnlyReadIsCheckedToo() throws SQLException {
        try (Connection connection = database.connect()) {
            store.append(connection, append(fact("agency")), NOW);

            assertThat(store.append(
                            connection, new Append(Map.of("agency", 1L, "none", 0L), List.of(fact("other"))), NOW))
                    .isEqualTo(new Appended(2, 2));
            assertThat(store.streamVersion(connection, "agency")).isEqualTo(1);
            assertThatThrownBy(() ->
                            store.append(connection, new Append(Map.of("agency", 0L), List.of(fact("other"))), NOW))
                    .isInstanceOf(VersionConflict.class);
        }
    }

    @Test
    void aWriterThatWaitedForItsRivalGetsAConflictNotAUniqueViolation() throws Exception {
        for (String stream : List.of("new stream", "old stream")) {
            long version = stream.equals("new stream") ? 0 : 1;
            if (version == 1) {
                try (Connection connection = database.connect()) {
                    store.append(connection, append(fact(stream)), NOW);
                }
            }
            Append same = new Append(Map.of(stream, version), List.of(fact(stream)));
            Append rival = new Append(Map.of(stream, version), List.of(fact(stream)));
            try (Connection first = database.begin();
                    var threads = java.util.concurrent.Executors.newSingleThreadExecutor()) {
                store.append(first, same, NOW);
                var second = threads.submit(() -> {
                    try (Connection connection = database.connect()) {
                        return store.append(connection, rival, NOW);
                    }
                });
                awaitAWaitingSession();
                first.commit();

                assertThatThrownBy(second::get).hasCauseInstanceOf(VersionConflict.class);
            }
        }
    }

    @Test
    void aRolledBackAppendLeavesNoGap() throws SQLException {
        try (Connection transaction = database.begin()) {
            store.append(transaction, append(facts("a", 3)), NOW);
            transaction.rollback();
            assertThat(store.append(transaction, append(fact("a")), NOW)).isEqualTo(new Appended(1, 1));
            transaction.commit();
            assertThat(store.readFrom(transaction, 0, 10))
                    .singleElement()
                    .extracting(StoredEvent::position, StoredEvent::version)
                    .containsExactly(1L, 1L);
        }
    }

    @Test
    void theSameEventTwiceIsRefused() throws SQLException {
        NewEvent event = fact("a");
        try (Connection connection = database.connect()) {
            store.append(connection, append(event), NOW);
            assertThatThrownBy(() -> store.append(connection, append(event), NOW))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("event_event_id_key");
            assertThat(store.head(connection)).isEqualTo(1);
        }
    }

    @Test
    void aTransactionLeftOpenInThisOrAnotherDatabaseStallsNoReader() throws SQLException {
        TestDatabase another = TestDatabase.create(SharedServers.postgres());
        try (Connection openHere = database.begin();
                Connection openThere = another.begin();
                Statement here = openHere.createStatement();
                Statement there = openThere.createStatement();
                Connection writer = database.connect()) {
            here.execute("insert into command_receipt values ('x', 'k', 'h', 200, 't', 'b', 0, now())");
            store.append(openThere, append(fact("elsewhere")), NOW);
            there.execute("select txid_current()");

            store.append(writer, append(facts("a", 3)), NOW);

            assertThat(store.readFrom(writer, 0, 10)).hasSize(3);
            assertThat(store.head(writer)).isEqualTo(3);
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"update event set data = '{}'", "delete from event", "truncate event"})
    void theApplicationCannotChangeHistory(String attempt) throws SQLException {
        try (Connection application = database.connect();
                Statement statement = application.createStatement()) {
            store.append(application, append(fact("a")), NOW);
            assertThatThrownBy(() -> statement.execute(attempt))
                    .isInstanceOf(SQLException.class)
                    .hasMessageContaining("permission denied");
        }
    }

    private void awaitAWaitingSession() {
        org.awaitility.Awaitility.await().until(() -> {
            try (Connection owner = database.connectAsOwner();
                    Statement statement = owner.createStatement();
                    var rows = statement.executeQuery(
                            "select count(*) from pg_stat_activity where datname = current_database()"
                                    + " and wait_event_type = 'Lock'")) {
                rows.next();
                return rows.getInt(1) == 1;
            }
        });
    }
}
