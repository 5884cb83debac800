package ledger287.reporting.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import ledger287.reporting.TestLedger;
import ledger287.reporting.ingest.AppendBuffer.Apply;
import ledger287.reporting.ingest.AppendBuffer.Gap;
import ledger287.reporting.ingest.AppendBuffer.Step;
import ledger287.reporting.ingest.AppendBuffer.Wait;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AppendBufferTest {
    private final AppendBuffer buffer = new AppendBuffer();
    private final List<TestLedger.Event> events = threeAppends();

    @BeforeEach
    void begin() {
        buffer.reset(0, 0);
    }

    @Test
    void waitsForTheLastEventOfAnAppendThenHandsOutAll() {
        assertThat(take(1)).isInstanceOf(Apply.class);
        assertThat(take(2)).isEqualTo(new Wait());
        assertThat(take(3)).isEqualTo(new Wait());
        assertThat(take(4)).isInstanceOfSatisfying(Apply.class, apply -> assertThat(apply.records())
                .hasSize(3));
    }

    @Test
    void ignoresWhatIsAppliedOrTakenAlready() {
        buffer.reset(1, 0);
        assertThat(take(1)).isEqualTo(new Wait());
        assertThat(take(2)).isEqualTo(new Wait());
        assertThat(take(2)).isEqualTo(new Wait());
        assertThat(take(3)).isEqualTo(new Wait());
        assertThat(take(4)).isInstanceOfSatisfying(Apply.class, apply -> assertThat(apply.records())
                .hasSize(3));
    }

    @Test
    void reportsAGapAndKeepsWhatCameBefore() {
        assertThat(take(1)).isInstanceOf(Apply.class);
        assertThat(take(3)).isEqualTo(new Gap(2, 3));
        assertThat(take(2)).isEqualTo(new Wait());
    }

    @Test
    void anIllegibleRecordAccountsForOneMissingPosition() {
        assertThat(take(1)).isInstanceOf(Apply.class);
        assertThat(take(2)).isEqualTo(new Wait());
        assertThat(illegible()).isEqualTo(new Wait());
        assertThat(take(4)).isInstanceOfSatisfying(Apply.class, apply -> assertThat(apply.records())
                .hasSize(3));
    }

    @Test
    void anIllegibleRecordInThePlaceOfAnAppendsEndEndsIt() {
        assertThat(take(1)).isInstanceOf(Apply.class);
        assertThat(take(2)).isEqualTo(new Wait());
        assertThat(take(3)).isEqualTo(new Wait());
        assertThat(illegible()).isInstanceOf(Apply.class);
        assertThat(take(5)).isInstanceOf(Apply.class);
    }

    @Test
    void anIllegibleRecordNeverHidesAnEventThatComesAfterAll() {
        assertThat(take(1)).isInstanceOf(Apply.class);
        assertThat(take(2)).isEqualTo(new Wait());
        assertThat(take(3)).isEqualTo(new Wait());
        assertThat(illegible()).isInstanceOf(Apply.class);
        assertThat(take(4)).isInstanceOfSatisfying(Apply.class, apply -> assertThat(apply.records())
                .hasSize(1));
    }

    @Test
    void twoMissingPositionsAreAGapWhenOneRecordWasIllegible() {
        assertThat(take(1)).isInstanceOf(Apply.class);
        assertThat(illegible()).isInstanceOf(Apply.class);
        assertThat(take(4)).isEqualTo(new Gap(2, 4));
    }

    private Step take(int position) {
        TestLedger.Event event = events.get(position - 1);
        return buffer.take(TopicRecord.read(
                "agreements", position, event.subject(), event.json().getBytes(StandardCharsets.UTF_8)));
    }

    private Step illegible() {
        return buffer.take(TopicRecord.read("agreements", 99, "agreement-x", new byte[] {1, 2, 3}));
    }

    /** Positions 1; 2 to 4; 5. */
    private static List<TestLedger.Event> threeAppends() {
        TestLedger ledger = new TestLedger();
        List<TestLedger.Event> all = new java.util.ArrayList<>(
                ledger.open(true, "2025-06-01T13:00:00Z").endAppend());
        all.addAll(ledger.sign("Quillmarsh PD", "GA", "task_force", "2025-05-08", "2025-06-01T13:00:00Z")
                .imported("participating", 1, "2025-06-01T13:00:00Z")
                .endAppend());
        all.addAll(ledger.imported("pending", 0, "2025-06-01T13:00:00Z").endAppend());
        return all;
    }
}
