package ledger287.reporting.ingest;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.smallrye.mutiny.subscription.Cancellable;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import ledger287.local.SharedServers;
import ledger287.reporting.Topic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** On a real broker. */
final class LogConsumerTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    private final String name = "consumed-" + UUID.randomUUID();
    private final Topic topic = new Topic(name);
    private final LogConsumer consumer = new LogConsumer(name);
    private final List<Batch> batches = new CopyOnWriteArrayList<>();
    private final AtomicInteger refused = new AtomicInteger();
    private final FromTheStart navigator = new FromTheStart();
    private volatile int toRefuse;

    @BeforeEach
    void createTopic() throws Exception {
        topic.create();
    }

    @AfterEach
    void end() {
        consumer.stop();
        consumer.awaitEnd(PATIENCE);
        topic.close();
    }

    @Test
    void whatComesFastIsReadTogetherAndNothingIsLost() {
        read();
        send(0, 1);
        await().atMost(PATIENCE).until(() -> records().size() == 1);
        long due = System.nanoTime();
        for (int i = 1; i < 101; i++) {
            send(i, 1);
            due += Duration.ofMillis(25).toNanos();
            LockSupport.parkNanos(due - System.nanoTime());
            // Somebody who looks at the consumer wakes it, also while it waits for more.
            consumer.run(polled -> {});
        }
        assertAllCome(101);
        assertThat(batches.size()).isLessThan(101);
    }

    @Test
    void whatWasNotTakenIsReadAgain() {
        toRefuse = 2;
        read();
        send(0, 3);
        assertAllCome(3);
        assertThat(refused).hasValue(2);
        assertThat(navigator.assignments).hasValue(3);
    }

    @Test
    void nothingIsReadBeforeSomebodyDecidesWhere() {
        send(0, 1);
        subscribe();
        await().during(Duration.ofSeconds(1)).atMost(PATIENCE).until(batches::isEmpty);
        consumer.navigatedBy(navigator);
        await().atMost(PATIENCE).until(() -> records().size() == 1);
    }

    @Test
    void aConsumerThatIsMovedReadsFromThere() {
        read();
        send(0, 4);
        await().atMost(PATIENCE).until(() -> records().size() == 4);
        consumer.run(polled -> polled.seek(new TopicPartition(name, 0), 4));
        await().atMost(PATIENCE).until(() -> records().size() == 6);
        assertThat(records()).containsExactly("0", "1", "2", "3", "2", "3");
    }

    @Test
    void anActionThatFailsDoesNotEndIt() {
        read();
        consumer.run(polled -> {
            throw new IllegalStateException("on purpose");
        });
        send(0, 1);
        await().atMost(PATIENCE).until(() -> records().size() == 1);
    }

    @Test
    void oneThatWasNotToldWhereToReadAsksAgain() {
        navigator.toIgnore = 1;
        read();
        send(0, 2);
        assertAllCome(2);
    }

    @Test
    void oneThatCannotBeUsedIsMadeAnew() {
        navigator.toFail = 1;
        read();
        send(0, 2);
        assertAllCome(2);
        assertThat(navigator.assignments).hasValueGreaterThan(1);
    }

    @Test
    void aRebalanceBetweenBatchesLosesNothing() {
        read();
        send(0, 3);
        await().atMost(PATIENCE).until(() -> records().size() == 3);
        consumer.run(polled -> polled.enforceRebalance());
        for (int i = 3; i < 60; i++) {
            send(i, 1);
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
        await().atMost(PATIENCE).until(() -> records().stream().distinct().count() == 60);
        assertThat(records().stream().distinct().toList()).isEqualTo(numbers(60));
        assertThat(navigator.assignments).hasValueGreaterThan(1);
    }

    @Test
    void aSubscriberWhoLeavesEndsIt() {
        consumer.navigatedBy(navigator);
        Cancellable subscription = subscribe();
        send(0, 1);
        await().atMost(PATIENCE).until(() -> records().size() == 1);
        subscription.cancel();
        consumer.awaitEnd(PATIENCE);
        assertThat(Thread.getAllStackTraces().keySet())
                .noneMatch(thread -> thread.getName().equals("log-" + name));
    }

    private void read() {
        consumer.navigatedBy(navigator);
        subscribe();
    }

    private Cancellable subscribe() {
        return consumer.read(
                        name,
                        Map.of(
                                "bootstrap.servers", SharedServers.kafka().bootstrapServers(),
                                "group.id", name,
                                "enable.auto.commit", "false",
                                "auto.offset.reset", "none",
                                "metadata.max.age.ms", "500",
                                "isolation.level", "read_committed"))
                .subscribe()
                .with(this::take);
    }

    private void take(Message<Batch> message) {
        if (refused.get() < toRefuse) {
            refused.incrementAndGet();
            var unused = message.nack(new IllegalStateException("on purpose"));
        } else {
            batches.add(message.getPayload());
            var unused = message.ack();
        }
    }

    /** Each in a transaction of its own, whose end takes an offset too. */
    private void send(int first, int count) {
        for (int i = first; i < first + count; i++) {
            topic.publishRaw("key", Integer.toString(i).getBytes(UTF_8));
        }
    }

    private void assertAllCome(int count) {
        await().atMost(PATIENCE).until(() -> records().size() == count);
        assertThat(records()).isEqualTo(numbers(count));
    }

    private List<String> records() {
        return batches.stream()
                .flatMap(batch -> batch.records().stream())
                .map(record -> new String(record.value(), UTF_8))
                .toList();
    }

    private static List<String> numbers(int count) {
        return IntStream.range(0, count).mapToObj(Integer::toString).toList();
    }

    private static final class FromTheStart implements LogConsumer.Navigator {
        private final AtomicInteger assignments = new AtomicInteger();
        private volatile int toIgnore;
        private volatile int toFail;

        @Override
        public void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
            int times = assignments.incrementAndGet();
            if (times <= toFail) {
                throw new IllegalStateException("on purpose");
            }
            if (times > toIgnore) {
                consumer.seekToBeginning(partitions);
            }
        }

        @Override
        public void revoked(Collection<TopicPartition> partitions) {}
    }
}
