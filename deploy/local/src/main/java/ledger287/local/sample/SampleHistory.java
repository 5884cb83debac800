package ledger287.local.sample;

import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;

/**
 * Seven weeks of publications: signings, applications and their grants, MOAs posted, names and dates corrected, one
 * agency that leaves, one listed twice. Always the same, from one seed.
 */
final class SampleHistory {
    private static final long SEED = 287;
    private static final int GOLDEN = 3;
    private static final int PENDING_ON_GOLDEN = 79;
    private static final int LAST_PENDING = 6;
    private static final int MOAS_A_WEEK = 18;

    private static final Comparator<Listing> AS_ICE_SORTS =
            Comparator.comparing(Listing::state).thenComparing(Listing::agency).thenComparing(Listing::support);

    private final Random random = new Random(SEED);
    private final SampleRoster roster = new SampleRoster(random, new Places(random));
    private final Map<Integer, Listing> current = new LinkedHashMap<>();
    private final List<Listing> toCome = new ArrayList<>();
    private final List<Listing> unused = new ArrayList<>();
    private final List<Application> applications = new ArrayList<>();
    private final List<Issue> issues = new ArrayList<>();
    private final Map<Integer, String> addenda = new LinkedHashMap<>();

    private SampleHistory() {}

    /** An application as the pending workbooks list it, from one through another of them. */
    private record Application(Listing listing, int from, int through) {
        boolean listedIn(int number) {
            return from <= number && number <= through;
        }
    }

    /** Every workbook, in the order of publication. */
    static List<Issue> issues() {
        SampleHistory history = new SampleHistory();
        history.tell();
        return List.copyOf(history.issues);
    }

    private void tell() {
        for (Listing listing : roster.build()) {
            if (SampleRoster.firstPublication(day(listing)) == 0) {
                current.put(listing.id(), listing);
                unused.add(listing);
            } else {
                toCome.add(listing);
            }
        }
        typeOddly();
        // Before the first publication: what will be corrected is not right yet.
        Listing city = take(listing ->
                listing.agency().startsWith("City of ") && listing.moa().posted());
        Listing sheriff = take(listing ->
                listing.agency().endsWith("Sheriff's Office") && listing.moa().posted());
        change(sheriff, row -> row.withAgency(row.agency().replace("Office", "Offic")));
        Listing lighthouses = take(listing ->
                listing.agency().endsWith("Lighthouses") && listing.moa().posted());
        change(lighthouses, row -> row.withAgency(row.agency() + " / DOL"));
        Listing shifted =
                take(listing -> !listing.moa().posted() && day(listing).isAfter(LocalDate.of(2025, 5, 7)));
        change(shifted, row -> row.withSigned(day(row).minusDays(6)));
        Listing misspeltCounty = take(listing -> listing.type().equals("County"));
        change(
                misspeltCounty,
                row -> row.withCounty(
                        row.county().substring(0, 3) + row.county().substring(4)));
        Listing withoutCounty = take(listing ->
                listing.type().equals("Municipality") && listing.county().equals(Listing.NOT_AVAILABLE));
        Listing retyped = take(listing -> listing.type().equals("Municipality"));
        Listing wrongForAWeek = take(listing ->
                listing.agency().endsWith("Police Department") && listing.moa().posted());
        Listing listedTwice = take(listing ->
                listing.agency().startsWith("City of ") && listing.moa().posted());
        List<Listing> redated = new ArrayList<>();
        for (int i = 0; i < 5; i++) {
            redated.add(take(listing -> listing.moa().posted()
                    && !day(listing).isBefore(LocalDate.of(2025, 2, 3))
                    && !listing.is(Listing.JAIL)));
        }
        List<Listing> withAddendum = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            Listing listing = take(row -> row.is(Listing.JAIL) && row.moa().posted());
            change(listing, row -> row.withMoa(Moa.WITH_ADDENDUM));
            withAddendum.add(listing);
        }
        Listing leaving = joins(roster.agency("FLORIDA", "County", false), Listing.WARRANT, LocalDate.of(2025, 4, 17));

        apply();
        // A partner of an operation "in May": nobody can say whether it had signed by then.
        Listing partner = take(listing -> listing.state().equals(SampleOperations.STATE)
                && listing.is(Listing.TASK_FORCE)
                && !listing.moa().posted());
        change(partner, row -> row.withSigned(SampleOperations.SIGNED));
        pending(0, "pendingAgencies05152025am.xlsx", "2025-05-15T12:10:00Z");
        participating(0, "participatingAgencies05162025am.xlsx", "2025-05-16T12:05:00Z", Trait.BLANK_ROWS);

        pending(1, "pendingAgencies05222025pm.xlsx", "2025-05-22T20:15:00Z", Trait.FILTERED);
        arrive(1);
        change(city, row -> row.withAgency(row.agency().replace("City of ", "")));
        change(shifted, row -> row.withSigned(day(row).plusDays(6)));
        postMoas(Moa.Form.HYPERLINK);
        participating(1, "ParticipatingAgencies05232025am.xlsx", "2025-05-23T12:05:00Z", Trait.ODD_HEADERS);

        pending(2, "pendingAgencies05292025am.xlsx", "2025-05-29T12:15:00Z", Trait.SHUFFLED_COLUMNS);
        arrive(2);
        change(sheriff, row -> row.withAgency(row.agency().replace("Offic", "Office")));
        change(withoutCounty, row -> row.withCounty(roster.places().next() + " County"));
        postMoas(Moa.Form.HYPERLINK);
        participating(
                2,
                "participatingAgencies05302025pm.xlsx",
                "2025-05-30T20:05:00Z",
                Trait.INLINE_TEXT,
                Trait.MERGED_NAMES);

        arrive(GOLDEN);
        change(lighthouses, row -> row.withAgency(row.agency().replace(" / DOL", "")));
        current.remove(leaving.id());
        postMoas(Moa.Form.HYPERLINK);
        participating(
                GOLDEN,
                "participatingAgencies06062025am.xlsx",
                "2025-06-06T12:00:00Z",
                Trait.BLANK_ROWS,
                Trait.HIDDEN_COLUMN);
        pending(GOLDEN, "pendingAgencies06062025am.xlsx", "2025-06-06T12:20:00Z");

        joins(leaving, Listing.TASK_FORCE, LocalDate.of(2025, 6, 10));
        change(misspeltCounty, row -> row.withCounty(row.agency().replaceFirst(" (County|Parish).*", " $1")));
        Listing twin = new Listing(
                roster.nextId(),
                listedTwice.state(),
                listedTwice.agency().replace("City of ", ""),
                listedTwice.type(),
                listedTwice.county(),
                listedTwice.support(),
                listedTwice.signed(),
                null,
                Moa.PENDING);
        current.put(twin.id(), twin);
        Listing utah = joins(roster.agency("UTAH", "County", false), Listing.TASK_FORCE, LocalDate.of(2025, 6, 11));
        change(utah, row -> row.withState("UTAHJ"));
        arrive(4);
        postMoas(Moa.Form.HYPERLINK);
        participating(4, "participatingAgencies06132025mid.xlsx", "2025-06-13T15:30:00Z", Trait.FROM_1904);
        pending(4, "pendingAgencies06132025mid.xlsx", "2025-06-13T15:40:00Z", Trait.TITLE_ABOVE);

        change(utah, row -> row.withState("UTAH"));
        change(retyped, row -> row.withType("County"));
        change(wrongForAWeek, row -> row.withAgency(row.agency().replace("Department", "Departmnet")));
        arrive(5);
        postMoas(Moa.Form.PROTECTED);
        participating(
                5,
                "participatingAgencies06202025am.xlsx",
                "2025-06-20T12:00:00Z",
                Trait.FILTERED,
                Trait.SORTED_BY_DAY,
                Trait.NOTES_COLUMN,
                Trait.NOTICE_FIRST);
        pending(5, "pendingAgencies06202025am.xlsx", "2025-06-20T12:10:00Z");

        change(wrongForAWeek, row -> row.withAgency(row.agency().replace("Departmnet", "Department")));
        redated.forEach(listing -> change(listing, row -> row.withSigned(day(row).plusDays(1 + row.id() % 5))));
        arrive(6);
        postMoas(Moa.Form.PROTECTED);
        participating(6, "participatingAgencies06272025am.xlsx", "2025-06-27T12:00:00Z", Trait.TITLE_ABOVE);
        pending(LAST_PENDING, "pendingAgencies06272025am.xlsx", "2025-06-27T12:10:00Z", Trait.BLANK_ROWS);

        arrive(7);
        participating(7, "reissued/participatingAgencies06272025am.xlsx", "2025-06-27T14:30:00Z");

        current.remove(twin.id());
        withAddendum.forEach(listing -> {
            change(listing, row -> row.withMoa(Moa.posted(SampleRoster.address(row), Moa.Form.HYPERLINK)));
            addenda.put(listing.id(), SampleRoster.address(listing).replace("_MOA_", "_Addendum_"));
        });
        arrive(8);
        participating(8, "participatingAgencies07012025am.xlsx", "2025-07-01T12:00:00Z", Trait.ADDENDUM_COLUMN);
        postMoas(Moa.Form.PROTECTED);
        participating(9, "participatingAgencies07012025am_b.xlsx", "2025-07-01T13:00:30Z", Trait.ADDENDUM_COLUMN);
    }

    /** Oddities of typing that stay as they are. */
    private void typeOddly() {
        Listing mistyped =
                take(listing -> listing.is(Listing.TASK_FORCE) && !day(listing).isBefore(SampleRoster.REVIVED));
        change(mistyped, row -> row.withSignedTyped(LocalDate.of(2025, 5, 8), "05/082025"));
        Listing distant =
                take(listing -> listing.is(Listing.TASK_FORCE) && !day(listing).isBefore(SampleRoster.REVIVED));
        change(distant, row -> row.withSignedTyped(LocalDate.of(2025, 4, 14), "4/14/5025"));
        change(take(listing -> listing.state().equals("ALABAMA")), row -> row.withState("AlABAMA"));
        for (Moa.Form form :
                List.of(Moa.Form.TEXT, Moa.Form.TEXT, Moa.Form.FORMULA, Moa.Form.FORMULA, Moa.Form.PROTECTED)) {
            Listing listing = take(row -> row.moa().posted());
            change(listing, row -> row.withMoa(Moa.posted(SampleRoster.address(row), form)));
        }
        // Two agreements in one document: their rows share one hyperlink over a range.
        for (int i = 0; i < 6; i++) {
            Listing first = take(row -> row.moa().posted()
                    && unused.stream()
                            .anyMatch(other ->
                                    sameAgency(row, other) && other.moa().posted()));
            Listing second = take(row -> sameAgency(first, row) && row.moa().posted());
            change(second, row -> row.withMoa(first.moa()));
        }
    }

    private static boolean sameAgency(Listing a, Listing b) {
        return a.id() != b.id() && a.agency().equals(b.agency()) && a.state().equals(b.state());
    }

    /** New agreements after the sixth of June, and the applications of all that come. */
    private void apply() {
        List<Integer> after = List.of(18, 14, 11, 2, 6);
        // First and last day of signing; weekdays, so that each week's stay its own.
        List<List<LocalDate>> weeks = List.of(
                List.of(LocalDate.of(2025, 6, 9), LocalDate.of(2025, 6, 12)),
                List.of(LocalDate.of(2025, 6, 16), LocalDate.of(2025, 6, 18)),
                List.of(LocalDate.of(2025, 6, 23), LocalDate.of(2025, 6, 25)),
                List.of(LocalDate.of(2025, 6, 26), LocalDate.of(2025, 6, 26)),
                List.of(LocalDate.of(2025, 6, 30), LocalDate.of(2025, 6, 30)));
        List<String> states =
                List.of("FLORIDA", "TEXAS", "FLORIDA", "GEORGIA", "TENNESSEE", "FLORIDA", "VIRGINIA", "OKLAHOMA");
        for (int week = 0; week < after.size(); week++) {
            for (int i = 0; i < after.get(week); i++) {
                String type = i % 3 == 1 ? "Municipality" : "County";
                String support = type.equals("Municipality") || i % 2 == 0 ? Listing.TASK_FORCE : Listing.WARRANT;
                LocalDate day = roster.weekday(
                        weeks.get(week).getFirst(), weeks.get(week).getLast());
                Listing agency = roster.agency(states.get((week + i) % states.size()), type, false);
                toCome.add(numbered(agency, support, day));
            }
        }
        for (Listing listing : toCome) {
            int appears = appears(listing);
            // Four in five had applied; what is signed leaves the pending workbook before it is listed.
            int through = Math.min(LAST_PENDING, appears < GOLDEN ? appears : appears - 1);
            if (random.nextInt(5) != 0) {
                file(listing, random.nextInt(through + 1), through);
            }
        }
        // Already an agreement, and pending all the same.
        Listing already =
                take(listing -> listing.is(Listing.TASK_FORCE) && listing.type().equals("County"));
        file(already, 0, 4);
        renamedWhilePending();
        // Two that leave without an answer.
        file(numbered(roster.agency("GEORGIA", "County", false), Listing.WARRANT, null), 0, 1);
        file(numbered(roster.agency("MONTANA", "Municipality", false), Listing.TASK_FORCE, null), 1, 4);
        int open = 0;
        while (applications.stream()
                        .filter(application -> application.listedIn(GOLDEN))
                        .count()
                < PENDING_ON_GOLDEN) {
            int from = open++ % 4;
            Listing agency =
                    roster.agency(states.get(open % states.size()), open % 4 == 0 ? "Municipality" : "County", false);
            file(numbered(agency, open % 3 == 0 ? Listing.WARRANT : Listing.TASK_FORCE, null), from, LAST_PENDING);
        }
        for (int number = GOLDEN + 1; number <= LAST_PENDING; number++) {
            for (int i = 0; i < 7; i++) {
                file(numbered(roster.agency("TEXAS", "County", false), Listing.JAIL, null), number, LAST_PENDING);
            }
        }
    }

    private void renamedWhilePending() {
        Listing parish = numbered(roster.agency("LOUISIANA", "County", false), Listing.TASK_FORCE, null);
        Listing asCounty = parish.withAgency(parish.agency().replace("Parish", "County"));
        applications.add(new Application(asCounty, 0, 1));
        applications.add(new Application(parish, 2, LAST_PENDING));
    }

    private void file(Listing listing, int from, int through) {
        applications.add(new Application(listing, from, through));
    }

    /** The agreements whose publication has come. */
    private void arrive(int number) {
        toCome.stream()
                .filter(listing -> appears(listing) == number)
                .forEach(listing -> current.put(listing.id(), listing));
    }

    private static int appears(Listing listing) {
        LocalDate signed = day(listing);
        return signed.isAfter(LocalDate.of(2025, 6, 26))
                ? 8
                : signed.isAfter(LocalDate.of(2025, 6, 25))
                        ? 7
                        : signed.isAfter(LocalDate.of(2025, 6, 18))
                                ? 6
                                : signed.isAfter(LocalDate.of(2025, 6, 12))
                                        ? 5
                                        : signed.isAfter(LocalDate.of(2025, 6, 5))
                                                ? 4
                                                : SampleRoster.firstPublication(signed);
    }

    private void postMoas(Moa.Form form) {
        current.values().stream()
                .filter(listing -> listing.moa().equals(Moa.PENDING))
                .limit(MOAS_A_WEEK)
                .toList()
                .forEach(listing -> change(listing, row -> row.withMoa(Moa.posted(SampleRoster.address(row), form))));
    }

    private Listing joins(Listing agency, String support, LocalDate signed) {
        Listing listing = numbered(agency, support, signed);
        current.put(listing.id(), listing);
        return listing;
    }

    private Listing numbered(Listing agency, String support, @org.jspecify.annotations.Nullable LocalDate signed) {
        return new Listing(
                roster.nextId(),
                agency.state(),
                agency.agency(),
                agency.type(),
                agency.county(),
                support,
                signed,
                null,
                Moa.PENDING);
    }

    /** The first listing of the first publication that fits and that nothing has happened to yet. */
    private Listing take(Predicate<Listing> fits) {
        Listing taken = unused.stream().filter(fits).findFirst().orElseThrow();
        unused.remove(taken);
        return taken;
    }

    private void change(Listing listing, UnaryOperator<Listing> change) {
        current.computeIfPresent(listing.id(), (id, row) -> change.apply(row));
    }

    private void participating(int number, String file, String savedAt, Trait... traits) {
        issue(file, true, number, savedAt, List.copyOf(current.values()), traits);
    }

    private void pending(int number, String file, String savedAt, Trait... traits) {
        issue(
                file,
                false,
                number,
                savedAt,
                applications.stream()
                        .filter(application -> application.listedIn(number))
                        .map(Application::listing)
                        .toList(),
                traits);
    }

    private void issue(
            String file, boolean participating, int number, String savedAt, List<Listing> rows, Trait... traits) {
        Set<Trait> set = EnumSet.noneOf(Trait.class);
        set.addAll(List.of(traits));
        issues.add(new Issue(
                file,
                participating,
                number,
                Instant.parse(savedAt),
                rows.stream().sorted(AS_ICE_SORTS).toList(),
                addenda,
                set));
    }

    private static LocalDate day(Listing listing) {
        if (listing.signed() == null) {
            throw new IllegalStateException("An application has no day of signing: " + listing);
        }
        return listing.signed();
    }
}
