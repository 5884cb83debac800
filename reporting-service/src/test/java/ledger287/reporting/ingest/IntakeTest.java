package ledger287.reporting.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.stream.LongStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class IntakeTest {
    private static final TopicPartition PARTITION = new TopicPartition("operations", 0);
    private static final Duration FOREVER = Duration.ofHours(1);

    private final List<List<Long>> turns = Collections.synchronizedList(new ArrayList<>());
    private final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    private final CountDownLatch mayGoOn = new CountDownLatch(1);
    private long next;
    private Intake intake = unstarted(Pace.UNHURRIED, Pace.APART, turns::add);

    @AfterEach
    void stop() {
        mayGoOn.countDown();
        intake.stop();
    }

    @Test
    void whatComesFastIsAppliedTogetherAndInOrder() {
        intake = unstarted(0, FOREVER, turns::add);
        intake.start();
        take(1);
        await().until(() -> turns.size() == 1);
        for (int i = 0; i < Intake.WORTH_A_TURN; i++) {
            assertThat(take(1)).isCompleted();
        }
        await().untilAsserted(() -> assertThat(applied()).containsExactlyElementsOf(offsets()));
        assertThat(turns).hasSize(2);
    }

    @Test
    void thereIsARestWhenFewComeFast() {
        intake = unstarted(1, FOREVER, turns::add);
        intake.start();
        take(1);
        assertThat(intake.mayRest()).isFalse();
        take(1);
        assertThat(intake.mayRest()).isTrue();
        take(Intake.FEW);
        assertThat(intake.mayRest()).isFalse();
        take(1);
        assertThat(intake.mayRest()).isFalse();
        take(1);
        assertThat(intake.mayRest()).isTrue();
    }

    @Test
    void fewRecordsWaitForTheirTurn() throws Exception {
        intake = unstarted(0, FOREVER, turns::add);
        intake.start();
        take(1);
        await().until(() -> turns.size() == 1);
        take(Intake.WORTH_A_TURN - 1);
        Thread.sleep(300);
        assertThat(turns).hasSize(1);
    }

    @Test
    void noMoreAreAskedForThanThereIsRoomFor() {
        intake = unstarted(Pace.UNHURRIED, Pace.APART, offsets -> {
            turns.add(offsets);
            waitToGoOn();
        });
        intake.start();
        take(1);
        await().until(() -> turns.size() == 1);
        assertThat(take(Intake.ROOM)).isNotCompleted();
        assertThat(take(1)).isNotCompleted();
        CompletionStage<Void> last = take(1);
        assertThat(last).isNotCompleted();
        mayGoOn.countDown();
        await().untilAsserted(() -> assertThat(last).isCompleted());
        await().untilAsserted(() -> assertThat(applied()).containsExactlyElementsOf(offsets()));
    }

    @Test
    void aTurnThatFailsIsToldAndDoesNotEndThem() {
        intake = unstarted(Pace.UNHURRIED, Pace.APART, offsets -> {
            turns.add(offsets);
            if (offsets.contains(0L)) {
                throw new IllegalStateException("a defect");
            }
        });
        intake.start();
        take(1);
        await().until(() -> turns.size() == 1);
        take(1);
        await().untilAsserted(() -> assertThat(applied()).containsExactly(0L, 1L));
        assertThat(failures).singleElement().isInstanceOf(IllegalStateException.class);
    }

    private Intake unstarted(int unhurried, Duration apart, java.util.function.Consumer<List<Long>> turn) {
        return new Intake(
                "operations",
                new Pace(unhurried, apart, System.nanoTime()),
                records ->
                        turn.accept(records.stream().map(ConsumerRecord::offset).toList()),
                failures::add);
    }

    private CompletionStage<Void> take(int records) {
        List<ConsumerRecord<String, byte[]>> batch = LongStream.range(next, next + records)
                .mapToObj(offset -> new ConsumerRecord<>(PARTITION.topic(), 0, offset, "key", new byte[0]))
                .toList();
        next += records;
        return intake.take(new ConsumerRecords<>(Map.of(PARTITION, batch), Map.of()));
    }

    private List<Long> applied() {
        return List.copyOf(turns).stream().flatMap(List::stream).toList();
    }

    private List<Long> offsets() {
        return LongStream.range(0, next).boxed().toList();
    }

    private void waitToGoOn() {
        try {
            mayGoOn.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
