package ledger287.local.sample;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * The agreements that the sample lists on 2025-06-06. Agencies are fictional; how many there are, of which support type
 * and in which state, is as ICE listed them that morning, so that the sample has the published figures.
 */
final class SampleRoster {
    static final LocalDate REVIVED = LocalDate.of(2025, 1, 20);

    /** Listed agreements by state; 649 in 40 states. */
    private static final Map<String, Integer> BY_STATE = byState();

    /** States whose only agreement is an old one, so that the new ones are in 36. */
    private static final List<String> NOTHING_NEW = List.of("COLORADO", "MAINE", "MASSACHUSETTS", "MISSISSIPPI");

    private static final int SIGNED_BEFORE = 135;
    private static final int MUNICIPALITIES = 147;
    private static final int STATE_TASK_FORCES = 40;
    private static final int STATE_PRISONS = 12;

    /** The last days of signing that each of the first four publications knows, and how many are signed up to each. */
    private static final List<LocalDate> KNOWN_UNTIL = List.of(
            LocalDate.of(2025, 5, 14), LocalDate.of(2025, 5, 21), LocalDate.of(2025, 5, 28), LocalDate.of(2025, 6, 5));

    private static final List<Integer> SIGNED_IN_LATE_WEEKS = List.of(38, 24, 18);

    private final Random random;
    private final Places places;
    private final List<Listing> listings = new ArrayList<>();
    private final Map<String, Integer> departments = new LinkedHashMap<>();
    private int nextId = 1;

    SampleRoster(Random random, Places places) {
        this.random = random;
        this.places = places;
    }

    /** An agency's support types. */
    private record Shape(List<String> supports) {
        static List<Shape> many(int count, String... supports) {
            return Collections.nCopies(count, new Shape(List.of(supports)));
        }
    }

    int nextId() {
        return nextId++;
    }

    Places places() {
        return places;
    }

    List<Listing> build() {
        Map<String, Integer> room = new LinkedHashMap<>(BY_STATE);
        for (String state : NOTHING_NEW) {
            add(state, new Shape(List.of(Listing.WARRANT)), "County");
            room.remove(state);
        }
        // 531 agencies hold 649 agreements: 315, 232 and 102 of the three types, never two of one.
        place(Shape.many(6, Listing.JAIL, Listing.TASK_FORCE, Listing.WARRANT), room, 0, 0);
        place(Shape.many(66, Listing.TASK_FORCE, Listing.WARRANT), room, 0, 0);
        place(Shape.many(30, Listing.JAIL, Listing.TASK_FORCE), room, 0, 0);
        place(Shape.many(10, Listing.JAIL, Listing.WARRANT), room, 0, 0);
        place(Shape.many(213, Listing.TASK_FORCE), room, MUNICIPALITIES, STATE_TASK_FORCES);
        place(Shape.many(150 - NOTHING_NEW.size(), Listing.WARRANT), room, 0, STATE_PRISONS);
        place(Shape.many(56, Listing.JAIL), room, 0, 0);
        sign();
        return listings;
    }

    /** Draws a state for each agency, by the room left in it. */
    private void place(List<Shape> shapes, Map<String, Integer> room, int municipalities, int stateAgencies) {
        for (int i = 0; i < shapes.size(); i++) {
            Shape shape = shapes.get(i);
            int size = shape.supports().size();
            List<String> tickets = new ArrayList<>();
            room.forEach((state, left) -> tickets.addAll(Collections.nCopies(left < size ? 0 : left, state)));
            String state = tickets.get(random.nextInt(tickets.size()));
            room.merge(state, -size, Integer::sum);
            add(
                    state,
                    shape,
                    i < municipalities
                            ? "Municipality"
                            : i < municipalities + stateAgencies ? "State Agency" : "County");
        }
    }

    private void add(String state, Shape shape, String type) {
        Listing agency = agency(state, type, shape.supports().contains(Listing.JAIL));
        for (String support : shape.supports()) {
            listings.add(new Listing(
                    nextId(), state, agency.agency(), type, agency.county(), support, REVIVED, null, Moa.PENDING));
        }
    }

    /** A new agency, as a row of which only state, name, type and county count. */
    Listing agency(String state, String type, boolean jail) {
        String place = places.next();
        String county = place + (state.equals("LOUISIANA") ? " Parish" : " County");
        String name =
                switch (type) {
                    case "County" ->
                        county
                                + (jail && random.nextInt(4) == 0
                                        ? " Detention Center"
                                        : random.nextInt(5) == 0 ? " Sheriff's Department" : " Sheriff's Office");
                    case "Municipality" ->
                        List.of("", "City of ", "Town of ", "").get(random.nextInt(4)) + place + " Police Department";
                    default -> department(state, place);
                };
        boolean unknownCounty = !type.equals("County") && random.nextInt(5) != 0;
        return new Listing(
                0, state, name, type, unknownCounty ? Listing.NOT_AVAILABLE : county, "", null, null, Moa.PENDING);
    }

    /** What no state has, or a college of a place that is none. */
    private String department(String state, String place) {
        List<String> none = List.of("Department of Lighthouses", "Balloon Inspection Bureau", "Ferry Patrol");
        int taken = departments.merge(state, 1, Integer::sum);
        String name = capitalised(state);
        return taken <= none.size()
                ? name + " " + none.get(taken - 1)
                : place + (taken % 2 == 0 ? " State College Police Department" : " University Board of Trustees");
    }

    /** Gives every agreement its day and its document. */
    private void sign() {
        List<Integer> old = new ArrayList<>();
        List<Integer> young = new ArrayList<>();
        Map<String, Integer> newInState = new LinkedHashMap<>(BY_STATE);
        List<Integer> order = new ArrayList<>();
        for (int i = 0; i < listings.size(); i++) {
            order.add(i);
        }
        Collections.shuffle(order.subList(NOTHING_NEW.size(), order.size()), random);
        for (int i : order) {
            Listing listing = listings.get(i);
            boolean onlyOld = NOTHING_NEW.contains(listing.state());
            // The task force was revived in 2025, and a state with anything new keeps one.
            boolean mayBeOld = !listing.is(Listing.TASK_FORCE) && newInState.getOrDefault(listing.state(), 0) > 1;
            if (onlyOld || (old.size() < SIGNED_BEFORE && mayBeOld)) {
                old.add(i);
                newInState.merge(listing.state(), -1, Integer::sum);
            } else {
                young.add(i);
            }
        }
        for (int i : old) {
            signed(i, weekday(LocalDate.of(2007, 1, 8), LocalDate.of(2024, 12, 12)));
        }
        int at = 0;
        for (int week = 0; week < SIGNED_IN_LATE_WEEKS.size(); week++) {
            for (int count = 0; count < SIGNED_IN_LATE_WEEKS.get(week); count++) {
                signed(young.get(at++), weekday(KNOWN_UNTIL.get(week).plusDays(1), KNOWN_UNTIL.get(week + 1)));
            }
        }
        for (; at < young.size(); at++) {
            signed(
                    young.get(at),
                    random.nextInt(6) == 0
                            ? LocalDate.of(2025, 2, 26)
                            : weekday(LocalDate.of(2025, 1, 27), KNOWN_UNTIL.getFirst()));
        }
    }

    private void signed(int i, LocalDate day) {
        Listing listing = listings.get(i).withSigned(day);
        boolean posted = day.isBefore(REVIVED) || (day.isBefore(LocalDate.of(2025, 5, 1)) && random.nextInt(4) != 0);
        listings.set(i, posted ? listing.withMoa(Moa.posted(address(listing), Moa.Form.HYPERLINK)) : listing);
    }

    LocalDate weekday(LocalDate from, LocalDate to) {
        LocalDate day = from.plusDays(random.nextLong(to.toEpochDay() - from.toEpochDay() + 1));
        return day.getDayOfWeek() == DayOfWeek.SATURDAY || day.getDayOfWeek() == DayOfWeek.SUNDAY
                ? day.minusDays(2)
                : day;
    }

    /** Which of the first four publications is the first to list what was signed on a day. */
    static int firstPublication(LocalDate signed) {
        int publication = 0;
        while (signed.isAfter(KNOWN_UNTIL.get(publication))) {
            publication++;
        }
        return publication;
    }

    /** Where the MOA would be posted; the file's name says whose and when, as ICE's do. */
    static String address(Listing listing) {
        LocalDate signed = listing.signed() == null ? REVIVED : listing.signed();
        String model = listing.is(Listing.TASK_FORCE) ? "TFM" : listing.is(Listing.JAIL) ? "JEM" : "WSO";
        return "https://www.example.org/doclib/287gMOA/%s%s_%s_MOA_%02d%02d%02d.pdf"
                .formatted(
                        listing.agency().replaceAll("[^A-Za-z]", ""),
                        listing.state().charAt(0),
                        model,
                        signed.getMonthValue(),
                        signed.getDayOfMonth(),
                        signed.getYear() % 100);
    }

    static String capitalised(String state) {
        StringBuilder name = new StringBuilder();
        for (String word : List.of(state.split(" ", -1))) {
            name.append(name.isEmpty() ? "" : " ")
                    .append(word.charAt(0))
                    .append(word.substring(1).toLowerCase(java.util.Locale.ROOT));
        }
        return name.toString();
    }

    private static Map<String, Integer> byState() {
        String counts = """
                ALABAMA 13, ALASKA 2, ARIZONA 8, ARKANSAS 2, COLORADO 1, FLORIDA 277, GEORGIA 29, IDAHO 6, INDIANA 4,
                IOWA 1, KANSAS 7, KENTUCKY 15, LOUISIANA 9, MAINE 1, MARYLAND 7, MASSACHUSETTS 1, MICHIGAN 5,
                MINNESOTA 8, MISSISSIPPI 1, MISSOURI 4, MONTANA 3, NEBRASKA 2, NEVADA 4, NEW HAMPSHIRE 11,
                NEW MEXICO 1, NEW YORK 6, NORTH CAROLINA 21, NORTH DAKOTA 5, OHIO 8, OKLAHOMA 17, PENNSYLVANIA 11,
                SOUTH CAROLINA 15, SOUTH DAKOTA 3, TENNESSEE 10, TEXAS 91, UTAH 3, VIRGINIA 16, WEST VIRGINIA 2,
                WISCONSIN 13, WYOMING 6
                """;
        Map<String, Integer> byState = new LinkedHashMap<>();
        for (String count : List.of(counts.strip().split(",\\s+", -1))) {
            int space = count.lastIndexOf(' ');
            byState.put(count.substring(0, space), Integer.parseInt(count.substring(space + 1)));
        }
        return Collections.unmodifiableMap(byState);
    }
}
