package ledger287.eventstore;

import static java.util.concurrent.TimeUnit.SECONDS;
import static ledger287.eventstore.TestLog.awaitPublished;
import static ledger287.eventstore.TestLog.awaitState;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import ledger287.eventstore.PublisherProcess.HoldAt;
import ledger287.eventstore.PublisherStatus.State;
import ledger287.local.LocalKafka;
import ledger287.local.LocalPostgres;
import ledger287.local.SharedServers;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Publishers, brokers and databases that die of SIGKILL. */
class PublisherCrashTest {

    @ParameterizedTest
    @EnumSource(
            value = HoldAt.class,
            names = {"SENT", "COMMITTED"})
    void aPublisherKilledBesideTheBrokersCommitLosesNothingAndRepeatsNothing(HoldAt step) throws Exception {
        TestLog log = TestLog.create(SharedServers.postgres(), SharedServers.kafka());
        log.appendFacts(120);
        try (PublisherProcess doomed = start(log, step)) {
            doomed.await(step + " 50");
            doomed.kill();
        }
        assertThat(checkpoint(log)).as("the database has not heard of it").isZero();

        try (PublisherProcess next = start(log, HoldAt.NOWHERE)) {
            assertThat(next.await("COMMITTED")).isEqualTo(step == HoldAt.COMMITTED ? "COMMITTED 100" : "COMMITTED 50");
            next.await("COMMITTED 120");
        }
        log.assertTopicHoldsExactly(1, 120);
    }

    @Test
    void publishersKilledAtAnyMomentLoseNothingAndRepeatNothing() throws Exception {
        TestLog log = TestLog.create(SharedServers.postgres(), SharedServers.kafka());
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        AtomicBoolean writing = new AtomicBoolean(true);
        try (ExecutorService threads = Executors.newSingleThreadExecutor()) {
            Future<Long> written = threads.submit(() -> write(log, writing));
            try {
                for (int kill = 0; kill < 6; kill++) {
                    try (PublisherProcess doomed = start(log, HoldAt.NOWHERE)) {
                        doomed.await("COMMITTED");
                        for (int more = random.nextInt(12); more > 0; more--) {
                            doomed.await("");
                        }
                        LockSupport.parkNanos(random.nextInt(5_000_000));
                        doomed.kill();
                    }
                }
            } finally {
                writing.set(false);
            }
            written.get();
            long last = log.appendFacts(1).lastPosition();
            try (PublisherProcess survivor = start(log, HoldAt.NOWHERE)) {
                survivor.await("COMMITTED " + last);
            }
            log.assertTopicHoldsExactly(1, last);
        }
    }

    @Test
    void aStandByTakesOverFromAKilledLeader() throws Exception {
        TestLog log = TestLog.create(SharedServers.postgres(), SharedServers.kafka());
        log.appendFacts(50);
        try (PublisherProcess leader = start(log, HoldAt.NOWHERE)) {
            leader.await("COMMITTED 50");
            try (Publisher standBy = log.publisher()) {
                awaitState(standBy, State.STANDBY);
                leader.kill();
                long killed = System.nanoTime();
                log.appendFacts(50);
                awaitPublished(standBy, 100);
                System.out.printf("taken over after %d ms%n", (System.nanoTime() - killed) / 1_000_000);
                log.assertTopicHoldsExactly(1, 100);
            }
        }
    }

    @Test
    void whileTheBrokerIsAwayAppendsGoOnAndEverythingArrivesAfterwards(@TempDir Path directory) throws Exception {
        try (LocalKafka kafka = LocalKafka.start(directory, 0)) {
            TestLog log = TestLog.create(SharedServers.postgres(), kafka);
            try (Publisher publisher = log.publisher()) {
                log.appendFacts(100);
                awaitPublished(publisher, 100);

                kafka.kill();
                for (int i = 0; i < 20; i++) {
                    log.appendFacts(5);
                    publisher.wake();
                }
                awaitState(publisher, State.DEGRADED);
                assertThat(publisher.status().message()).contains("Cannot publish");
                await().atMost(15, SECONDS).until(publisher::lagEvents, lag -> lag == 100);
                assertThat(publisher.lastError()).isNotNull();

                kafka.restart();
                awaitPublished(publisher, 200);
                awaitState(publisher, State.PUBLISHING);
                log.assertTopicHoldsExactly(1, 200);

                kafka.wipe();
                kafka.restart();
                awaitState(publisher, State.HALTED);
                assertThat(publisher.status().message()).contains("is gone");
                publisher.republishFromStart();
                awaitState(publisher, State.PUBLISHING);
                log.assertTopicHoldsExactly(1, 200);
            }
        }
    }

    @Test
    void aPostgresKilledUnderLoadComesBackWithEverythingAcknowledgedAndNothingTwice(@TempDir Path directory)
            throws Exception {
        try (LocalPostgres postgres = LocalPostgres.start(directory, 0)) {
            TestLog log = TestLog.create(postgres, SharedServers.kafka());
            AtomicBoolean writing = new AtomicBoolean(true);
            try (ExecutorService threads = Executors.newSingleThreadExecutor();
                    Publisher publisher = log.publisher()) {
                Future<Long> written = threads.submit(() -> write(log, writing));
                try {
                    for (int kill = 0; kill < 2; kill++) {
                        long before = publisher.publishedPosition();
                        awaitPublished(publisher, before + 200);
                        postgres.kill();
                        awaitState(publisher, State.DEGRADED);
                        postgres.restart();
                        awaitState(publisher, State.PUBLISHING);
                    }
                } finally {
                    writing.set(false);
                }
                long acknowledged = written.get();
                long head;
                try (Connection connection = log.database().connect()) {
                    head = new EventStore().head(connection);
                }
                assertThat(head).isGreaterThanOrEqualTo(acknowledged);
                awaitPublished(publisher, head);
                log.assertTopicHoldsExactly(1, head);
            }
        }
    }

    private static PublisherProcess start(TestLog log, HoldAt hold) throws IOException {
        return PublisherProcess.start(log.database(), log.kafka().bootstrapServers(), log.topic(), hold);
    }

    /** Appends until told to stop, whatever happens to the database; the last position that was acknowledged. */
    private static long write(TestLog log, AtomicBoolean writing) {
        long last = 0;
        while (writing.get()) {
            try {
                last = log.appendFacts(3).lastPosition();
            } catch (SQLException e) {
                Thread.onSpinWait(); // The database is away; the next attempt may find it.
            }
        }
        return last;
    }

    private static long checkpoint(TestLog log) throws SQLException {
        try (Connection connection = log.database().connect();
                Statement statement = connection.createStatement();
                var rows = statement.executeQuery("select coalesce(max(position), 0) from publisher_checkpoint")) {
            rows.next();
            return rows.getLong(1);
        }
    }
}
