package ledger287.agreements.reconciliation;

import static ledger287.agreements.reconciliation.Workbook.participating;
import static ledger287.agreements.reconciliation.Workbook.sheriff;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.UUID;
import ledger287.agreements.reconciliation.Workbook.Row;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.junit.jupiter.api.Test;

/**
 * Size: what changed is found among fifty thousand as among a few, and the work grows as the sheet does. The time is
 * printed; what is asserted is its growth, which is the same on every machine, and the memory asked for, which is the
 * same in every run.
 */
class FiftyThousandAgreementsTest {
    private static final int AGREEMENTS = 50_000;
    private static final int CHANGED = AGREEMENTS / 50;

    /** Four times as much to look at asks for about four times the memory; a quadratic step would ask for sixteen. */
    private static final double MEMORY_GROWS_AT_MOST = 5;

    /** The same of the processor's time, with room for the noise of a machine that does other things. */
    private static final double TIME_GROWS_AT_MOST = 10;

    @Test
    void two_percent_changed_are_found_among_fifty_thousand_and_the_work_grows_as_the_sheet_does() {
        Cost fewer = Listed.agreements(AGREEMENTS / 4).reconciled(CHANGED / 4);
        Listed listed = Listed.agreements(AGREEMENTS);
        Cost fewerChanged = listed.reconciled(CHANGED / 4);
        Cost all = listed.reconciled(CHANGED);

        System.out.printf(
                "50,000 agreements, 2 %% changed: %d ms of the processor and %d MB%n",
                all.nanos() / 1_000_000, all.bytes() >> 20);
        assertGrowth("four times the agreements", fewer, fewerChanged);
        assertGrowth("four times the changes", fewerChanged, all);
    }

    private static void assertGrowth(String what, Cost from, Cost to) {
        double memory = to.bytes() / (double) from.bytes();
        double time = to.nanos() / (double) from.nanos();
        System.out.printf("  %s: %.1f x the time, %.1f x the memory%n", what, time, memory);
        assertThat(memory).as("memory of " + what).isLessThan(MEMORY_GROWS_AT_MOST);
        assertThat(time).as("time of " + what).isLessThan(TIME_GROWS_AT_MOST);
    }

    /** What the best of several rounds took. */
    private record Cost(long nanos, long bytes) {
        Cost best(Cost other) {
            return new Cost(Math.min(nanos, other.nanos), Math.min(bytes, other.bytes));
        }
    }

    /** A ledger that has seen these rows. */
    private record Listed(List<Row> rows, Ledger ledger) {
        static Listed agreements(int agreements) {
            Ledger ledger = new Ledger();
            List<Row> rows = FiftyThousandAgreementsTest.rows(agreements);
            ledger.take(participating("2025-07-01", rows));
            return new Listed(rows, ledger);
        }

        Cost reconciled(int changed) {
            Sheet next = participating("2025-07-08", changed(rows, changed));
            Cost best = reconciledOnce(ledger, next, changed);
            for (int round = 0; round < 2; round++) {
                best = best.best(reconciledOnce(ledger, next, changed));
            }
            return best;
        }
    }

    private static Cost reconciledOnce(Ledger ledger, Sheet sheet, int changed) {
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long bytes = threads.getCurrentThreadAllocatedBytes();
        long begin = threads.getCurrentThreadCpuTime();
        Reconciliation reconciliation = Reconciler.reconcile(ledger.roster(), sheet, new UUID(1, 0), ledger::nextId);
        Cost cost =
                new Cost(threads.getCurrentThreadCpuTime() - begin, threads.getCurrentThreadAllocatedBytes() - bytes);
        for (String change : List.of("date_changed", "renamed", "attribute_changed", "signed", "unlisted")) {
            assertThat(reconciliation.report().changes().get(change))
                    .as(change)
                    .isBetween(changed / 4, (changed + 3) / 4);
        }
        return cost;
    }

    private static List<Row> rows(int agreements) {
        List<State> states = List.of(State.values());
        List<SupportType> supports = List.of(SupportType.values());
        List<Row> rows = new ArrayList<>(agreements);
        for (int i = 0; i < agreements; i++) {
            State state = states.get(i % states.size());
            SupportType support = supports.get(i / 7 % supports.size());
            rows.add(sheriff(state, county(i), support, "2025-0" + (1 + i % 6) + "-1" + i % 9));
        }
        return rows;
    }

    private static List<Row> changed(List<Row> rows, int changed) {
        List<Row> next = new ArrayList<>(rows);
        for (int i = 0; i < changed; i++) {
            int at = i * (rows.size() / changed);
            Row row = rows.get(at);
            next.set(
                    at,
                    switch (i % 4) {
                        case 0 ->
                            row.signed(Objects.requireNonNull(row.signedOn())
                                    .plusDays(2)
                                    .toString());
                        case 1 -> row.named(row.agency().replace("Sheriff's", "Sherif's"));
                        case 2 -> row.moa("Agreement" + at + ".pdf");
                        default -> sheriff(State.TX, "Newcomer" + county(at), SupportType.TASK_FORCE, "2025-06-30");
                    });
        }
        Collections.shuffle(next, new Random(287));
        return next;
    }

    /** A name of its own for each number. */
    private static String county(int number) {
        StringBuilder name = new StringBuilder();
        for (int rest = number; name.length() < 11; rest /= 13) {
            name.append("bcdfghklmnprt".charAt(rest % 13)).append("aeiou".charAt(rest % 5));
        }
        return Character.toUpperCase(name.charAt(0)) + name.substring(1);
    }
}
