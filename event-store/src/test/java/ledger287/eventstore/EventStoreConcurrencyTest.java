package ledger287.eventstore;

import static ledger287.eventstore.Facts.fact;
import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import ledger287.local.SharedServers;
import org.junit.jupiter.api.Test;

class EventStoreConcurrencyTest {

    private static final int WRITERS = 16;
    private static final int APPENDS_EACH = 120;
    private static final int STREAMS = 12;

    private final EventStore store = new EventStore();

    /** What one writer saw: the last positions of its appends, and how often it lost. */
    private record Written(long events, long conflicts) {}

    @Test
    void sixteenWritersAndATailingReaderMeetWithNothingSkippedAndNothingOutOfOrder() throws Exception {
        TestDatabase database = TestDatabase.emptied(SharedServers.postgres());
        long seed = System.nanoTime();
        System.out.println("seed " + seed);
        AtomicBoolean writing = new AtomicBoolean(true);

        try (ExecutorService threads = Executors.newFixedThreadPool(WRITERS + 1)) {
            Future<List<StoredEvent>> tail = threads.submit(() -> tail(database, writing));
            List<Callable<Written>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                Random random = new Random(seed + i);
                writers.add(() -> write(database, random));
            }
            long written = 0;
            long conflicts = 0;
            for (Future<Written> writer : threads.invokeAll(writers)) {
                written += writer.get().events();
                conflicts += writer.get().conflicts();
            }
            writing.set(false);

            List<StoredEvent> seen = tail.get();
            assertThat(seen).hasSize(Math.toIntExact(written));
            assertThat(conflicts)
                    .as("the streams are few enough for writers to collide")
                    .isPositive();
            Map<String, Long> versions = new HashMap<>();
            long position = 0;
            long appendEnd = 0;
            for (StoredEvent event : seen) {
                assertThat(event.position()).isEqualTo(++position);
                assertThat(event.version()).isEqualTo(versions.merge(event.streamId(), 1L, Long::sum));
                if (event.position() > appendEnd) {
                    appendEnd = event.appendEnd();
                }
                assertThat(event.appendEnd()).isEqualTo(appendEnd);
            }
            assertThat(appendEnd).isEqualTo(position);
        }
    }

    /** Follows the log as a reader would: reads on from the last position it saw, while others write. */
    private List<StoredEvent> tail(TestDatabase database, AtomicBoolean writing) throws SQLException {
        List<StoredEvent> seen = new ArrayList<>();
        try (Connection connection = database.connect()) {
            while (true) {
                boolean last = !writing.get();
                List<StoredEvent> next = store.readFrom(
                        connection, seen.isEmpty() ? 0 : seen.getLast().position(), 50);
                seen.addAll(next);
                if (last && next.isEmpty()) {
                    return seen;
                }
            }
        }
    }

    /** Appends to several streams at once, in random order, on versions read before; some transactions roll back. */
    private Written write(TestDatabase database, Random random) throws SQLException {
        long events = 0;
        long conflicts = 0;
        try (Connection transaction = database.begin()) {
            for (int done = 0; done < APPENDS_EACH; ) {
                List<String> streams = new ArrayList<>();
                for (int i = 0; i < STREAMS; i++) {
                    streams.add("stream-" + i);
                }
                Collections.shuffle(streams, random);
                streams = streams.subList(0, 1 + random.nextInt(3));
                Map<String, Long> expected = new HashMap<>();
                List<NewEvent> facts = new ArrayList<>();
                for (String stream : streams) {
                    expected.put(stream, store.streamVersion(transaction, stream));
                    facts.add(fact(stream));
                    if (random.nextBoolean()) {
                        facts.add(fact(stream));
                    }
                }
                Collections.shuffle(facts, random);
                try {
                    store.append(transaction, new Append(expected, facts), Instant.EPOCH);
                    done++;
                    if (random.nextInt(10) == 0) {
                        transaction.rollback();
                    } else {
                        transaction.commit();
                        events += facts.size();
                    }
                } catch (VersionConflict e) {
                    conflicts++;
                    transaction.rollback();
                }
            }
        }
        return new Written(events, conflicts);
    }
}
