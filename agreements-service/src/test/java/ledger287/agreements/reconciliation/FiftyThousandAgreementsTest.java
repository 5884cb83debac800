package ledger287.agreements.reconciliation;

import static ledger287.agreements.reconciliation.Workbook.participating;
import static ledger287.agreements.reconciliation.Workbook.sheriff;
import static org.junit.jupiter.api.Assertions.assertEquals;

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

/** Size: the behaviour is tested, the time is printed and never gated. */
class FiftyThousandAgreementsTest {
    private static final int AGREEMENTS = 50_000;
    private static final int CHANGED = AGREEMENTS / 50;

    @Test
    void two_percent_changed_are_found_among_fifty_thousand() {
        Random random = new Random(287);
        List<State> states = List.of(State.values());
        List<SupportType> supports = List.of(SupportType.values());
        List<Row> rows = new ArrayList<>(AGREEMENTS);
        for (int i = 0; i < AGREEMENTS; i++) {
            State state = states.get(i % states.size());
            SupportType support = supports.get(i / 7 % supports.size());
            rows.add(sheriff(state, county(i), support, "2025-0" + (1 + i % 6) + "-1" + i % 9));
        }
        Ledger ledger = new Ledger();
        long start = System.nanoTime();
        ledger.take(participating("2025-07-01", rows));
        long first = System.nanoTime() - start;

        List<Row> next = new ArrayList<>(rows);
        for (int i = 0; i < CHANGED; i++) {
            int at = i * 50;
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
        Collections.shuffle(next, random);
        Sheet sheet = participating("2025-07-08", next);
        for (int round = 0; round < 3; round++) {
            long begin = System.nanoTime();
            Reconciliation reconciliation =
                    Reconciler.reconcile(ledger.roster(), sheet, new UUID(1, round), ledger::nextId);
            System.out.printf(
                    "50,000 agreements, 2 %% changed: %d ms (first import %d ms)%n",
                    (System.nanoTime() - begin) / 1_000_000, first / 1_000_000);
            assertEquals(CHANGED / 4, reconciliation.report().changes().get("date_changed"));
            assertEquals(CHANGED / 4, reconciliation.report().changes().get("renamed"));
            assertEquals(CHANGED / 4, reconciliation.report().changes().get("attribute_changed"));
            assertEquals(CHANGED / 4, reconciliation.report().changes().get("signed"));
            assertEquals(CHANGED / 4, reconciliation.report().changes().get("unlisted"));
        }
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
