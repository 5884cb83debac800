package ledger287.agreements.reconciliation;

import static ledger287.agreements.reconciliation.Workbook.police;
import static ledger287.agreements.reconciliation.Workbook.sheriff;
import static ledger287.agreements.reconciliation.Workbook.stateAgency;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import ledger287.agreements.reconciliation.Workbook.Row;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;

/**
 * Sheets and edits as ICE makes them, from a seed. Every row carries the number of the agreement it truly stands for,
 * so a test knows what the reconciler can only infer. Few states, dates and support types, and agencies that are easily
 * confused, so that coincidences are the rule.
 */
final class Edits {
    /** A row and the agreement it truly stands for. */
    record Truth(int agreement, Row row) {}

    private static final List<String> COUNTIES = List.of(
            "Baker",
            "Lake",
            "Marion",
            "Martin",
            "Clay",
            "Clarke",
            "Johnsonmoor",
            "Quillmark",
            "Larkspur",
            "Mossbank",
            "Fernhollow",
            "Buttermere",
            "Ashmere",
            "Windreach",
            "Bluestem",
            "Cottonwick");
    private static final List<String> TOWNS = List.of(
            "Melbourne",
            "West Melbourne",
            "Melbourne Beach",
            "Lake Mary",
            "Lake Wales",
            "St. Osmund",
            "Ft. Harrow",
            "Manheim Borough",
            "Manheim Township",
            "Harrowgate",
            "Pelicanbay",
            "Eastwick",
            "Westwick",
            "Oldmoor");
    private static final List<String> INSTITUTIONS = List.of(
            "University of Florida Police Department",
            "University of West Florida Police Department",
            "Northwick State College Police Department",
            "Marsh and Heron Commission",
            "Department of Parkland Protection",
            "Department of Corrections",
            "Highway Patrol");
    private static final List<String> BODIES = List.of(
            "%s County Sheriff's Office",
            "%s County Jail", "%s County Constable Precinct 1", "%s County Constable Precinct 2");
    private static final List<String> DATES =
            List.of("2025-02-26", "2025-03-05", "2025-04-14", "2025-04-15", "2025-05-06", "2020-06-08");

    private final Random random;
    private final Set<String> taken = new HashSet<>();
    private int agreements;

    Edits(long seed) {
        this.random = new Random(seed);
    }

    Random random() {
        return random;
    }

    /** A sheet of distinct agreements. */
    List<Truth> sheet(int size) {
        List<Truth> rows = new ArrayList<>();
        while (rows.size() < size) {
            rows.add(fresh());
        }
        return rows;
    }

    /** An agreement of which no row was listed before. */
    Truth fresh() {
        while (true) {
            Row row = any();
            // Name, type and date of one state never come in another: nobody could tell that from a row that moved.
            boolean elsewhere = !taken.add(row.agency() + row.supports() + row.signedOn());
            if (!elsewhere && taken.add(row.state() + row.agency() + row.supports())) {
                agreements++;
                return new Truth(agreements, row);
            }
        }
    }

    private Row any() {
        State state = pick(List.of(State.FL, State.PA));
        String date = pick(DATES);
        int kind = random.nextInt(10);
        if (kind < 6) {
            String county = pick(COUNTIES);
            SupportType support = pick(List.of(SupportType.values()));
            Row row = sheriff(state, county, support, date).named(pick(BODIES).formatted(county));
            return random.nextInt(8) == 0 ? row.county(null) : row;
        }
        if (kind < 9) {
            return police(state, pick(TOWNS) + " Police Department", date);
        }
        return stateAgency(state, pick(INSTITUTIONS), date);
    }

    <T> T pick(List<T> from) {
        return from.get(random.nextInt(from.size()));
    }

    /** Rows in another order. */
    <T> List<T> shuffled(List<T> rows) {
        List<T> result = new ArrayList<>(rows);
        Collections.shuffle(result, random);
        return result;
    }

    /** One row edited in one way that leaves it the same agreement. */
    Row edited(Row row, int agreement) {
        return switch (random.nextInt(7)) {
            case 0, 1 -> row.named(misspelt(row.agency()));
            case 2 -> row.named(inAnotherForm(row.agency()));
            case 3 -> row.signed(shifted(Objects.requireNonNull(row.signedOn())).toString());
            case 4 -> row.moa("Agreement" + agreement + "_MOA.pdf");
            case 5 -> row.county(row.county() == null ? "Heron County" : null);
            default -> row.type(row.type() == AgencyType.COUNTY ? AgencyType.MUNICIPALITY : AgencyType.COUNTY);
        };
    }

    private LocalDate shifted(LocalDate date) {
        return random.nextInt(5) == 0
                ? date.plusYears(random.nextBoolean() ? 1 : -1)
                : date.plusDays((random.nextBoolean() ? 1 : -1) * (1L + random.nextInt(10)));
    }

    /** One letter more, less, other or swapped, in one of the longer words. */
    String misspelt(String name) {
        List<String> words = new ArrayList<>(List.of(name.split(" ", -1)));
        List<Integer> long5 = new ArrayList<>();
        for (int i = 0; i < words.size(); i++) {
            if (words.get(i).matches("[A-Za-z]{5,}")) {
                long5.add(i);
            }
        }
        if (long5.isEmpty()) {
            return name;
        }
        int which = pick(long5);
        StringBuilder word = new StringBuilder(words.get(which));
        int at = 1 + random.nextInt(word.length() - 2);
        switch (random.nextInt(4)) {
            case 0 -> word.deleteCharAt(at);
            case 1 -> word.insert(at, word.charAt(at));
            case 2 -> word.setCharAt(at, 'x');
            default -> {
                char swapped = word.charAt(at);
                word.setCharAt(at, word.charAt(at + 1));
                word.setCharAt(at + 1, swapped);
            }
        }
        words.set(which, word.toString());
        return String.join(" ", words);
    }

    private static String inAnotherForm(String name) {
        if (name.startsWith("St. ")) {
            return "Saint " + name.substring(4);
        }
        if (name.startsWith("Ft. ")) {
            return "Fort " + name.substring(4);
        }
        if (name.startsWith("City of ")) {
            return name.substring("City of ".length());
        }
        if (name.endsWith("Police Department")) {
            return name.contains("University") || name.contains("College") || name.contains("Manheim")
                    ? name.replace("Department", "Dept.")
                    : "City of " + name;
        }
        return name.endsWith("Sheriff's Office") ? name.replace("Sheriff's Office", "Sheriff’s Office") : name;
    }
}
