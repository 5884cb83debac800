package ledger287.reporting.query;

import java.net.URLDecoder;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * A request's query parameters. Each is read by name and type, refused by name when its value cannot be used, and noted
 * in canonical form: two questions with the same canonical form have the same answer.
 */
public final class Parameters {
    /** Between a column and what it is compared by, e.g. {@code signed_on__gte}. */
    public static final String COMPARES = "__";

    private static final int LONGEST_LIST = 100;
    private static final int LONGEST_TEXT = 200;
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 1, 1);
    private static final LocalDate LAST_DAY = LocalDate.of(2999, 12, 31);

    private final Map<String, List<String>> given;
    private final SortedMap<String, String> canonical = new TreeMap<>();

    /**
     * @param query the address's query as it was sent; only {@code &} separates
     * @param known every parameter that the resource takes
     */
    public Parameters(@Nullable String query, Set<String> known) {
        this.given = parsed(query);
        for (String name : given.keySet()) {
            if (!known.contains(name)) {
                String shown = printable(name);
                Optional<String> suggestion = Suggestion.nearest(name, known);
                Problem problem = Problem.parameter(
                        shown,
                        "There is no parameter '%s' here%s. There are: %s."
                                .formatted(
                                        shown,
                                        suggestion
                                                .map(word -> "; perhaps '" + word + "' is meant")
                                                .orElse(""),
                                        names(known)));
                suggestion.ifPresent(word -> problem.with("suggestion", word));
                throw problem;
            }
        }
    }

    /** In order; comparisons of columns are many, so they are told by one example. */
    private static String names(Set<String> known) {
        String plain =
                known.stream().filter(name -> !name.contains(COMPARES)).sorted().collect(Collectors.joining(", "));
        return known.stream()
                .filter(name -> name.contains(COMPARES))
                .min(Comparator.naturalOrder())
                .map(example -> plain + "; and columns with what they are compared by, such as " + example)
                .orElse(plain);
    }

    /** Gives a parameter a value, unless the request has one. */
    void supply(String name, String value) {
        given.putIfAbsent(name, List.of(value));
    }

    /** Whether it was given. */
    public boolean has(String name) {
        return given.containsKey(name);
    }

    /** The parameter's only value; empty when it was not given. */
    public Optional<String> text(String name) {
        List<String> values = given.get(name);
        if (values == null || values.isEmpty()) {
            return Optional.empty();
        }
        if (values.size() > 1) {
            throw Problem.parameter(name, "Give '%s' once.".formatted(name));
        }
        String value = values.getFirst();
        if (value.isBlank()) {
            throw Problem.parameter(name, "'%s' is empty; leave it out or give it a value.".formatted(name));
        }
        requireNoNul(name, value);
        return Optional.of(value);
    }

    /** Free text to search for. */
    public Optional<String> search(String name) {
        Optional<String> value = text(name);
        value.ifPresent(text -> {
            requireShort(name, text);
            note(name, text);
        });
        return value;
    }

    /** Texts as they are, separated by commas. */
    public Set<String> texts(String name) {
        Set<String> texts = new TreeSet<>();
        for (String value : list(name)) {
            requireShort(name, value);
            if (value.isEmpty()) {
                throw Problem.parameter(name, "'%s' has an empty value among others.".formatted(name));
            }
            texts.add(value);
        }
        if (!texts.isEmpty()) {
            note(name, String.join(",", texts));
        }
        return texts;
    }

    /** A day, from 1900 to 2999. */
    public Optional<LocalDate> day(String name) {
        Optional<LocalDate> day = text(name).map(value -> parseDay(name, value));
        day.ifPresent(value -> note(name, value.toString()));
        return day;
    }

    /** Days, separated by commas, in order as given. */
    public List<LocalDate> days(String name, int most) {
        List<LocalDate> days =
                list(name).stream().map(value -> parseDay(name, value)).toList();
        if (days.size() > most) {
            throw Problem.parameter(name, "'%s' takes at most %d days.".formatted(name, most));
        }
        if (!days.isEmpty()) {
            note(name, days.stream().map(LocalDate::toString).collect(Collectors.joining(",")));
        }
        return days;
    }

    /** A day, or an instant in RFC 3339. */
    public Optional<DayOrInstant> dayOrInstant(String name) {
        Optional<DayOrInstant> time = text(name)
                .map(
                        value -> parseDayOrInstant(
                                name,
                                value,
                                "'%s' takes a day (2025-06-06; its end in New York is meant) or an instant (2025-06-06T13:00:00Z)."));
        time.ifPresent(value -> note(name, value.text()));
        return time;
    }

    /** Days or instants, separated by commas, in order as given. */
    public List<DayOrInstant> daysOrInstants(String name) {
        List<DayOrInstant> times = list(name).stream()
                .map(value -> parseDayOrInstant(
                        name, value, "'%s' takes a day (2025-06-06) or an instant (2025-06-06T13:00:00Z)."))
                .toList();
        if (!times.isEmpty()) {
            note(name, times.stream().map(DayOrInstant::text).collect(Collectors.joining(",")));
        }
        return times;
    }

    /** The beginning of a day in New York, or an instant. */
    public Optional<Instant> fromDayOrInstant(String name) {
        return dayOrInstant(name).map(DayOrInstant::first);
    }

    /**
     * @param text canonical: a day stays a day
     * @param instant of a day, its end in New York
     */
    public record DayOrInstant(String text, Instant instant) {
        /** The first instant that is meant. */
        public Instant first() {
            return DAY.matcher(text).matches()
                    ? LocalDate.parse(text).atStartOfDay(Moment.NEW_YORK).toInstant()
                    : instant;
        }
    }

    /** A number within bounds, both allowed. */
    public int number(String name, int from, int to, int otherwise) {
        int number = text(name)
                .map(value -> {
                    if (value.matches("[0-9]{1,9}")) {
                        int parsed = Integer.parseInt(value);
                        if (parsed >= from && parsed <= to) {
                            return parsed;
                        }
                    }
                    throw Problem.parameter(name, "'%s' takes a number from %d to %d.".formatted(name, from, to));
                })
                .orElse(otherwise);
        note(name, Integer.toString(number));
        return number;
    }

    /** Whole numbers, below zero too, separated by commas. */
    public SortedSet<Long> wholes(String name) {
        SortedSet<Long> wholes = new TreeSet<>();
        for (String value : list(name)) {
            if (!value.matches("-?[0-9]{1,15}")) {
                throw Problem.parameter(
                        name,
                        "'%s' takes whole numbers of at most 15 digits; '%s' is none."
                                .formatted(name, printable(value)));
            }
            wholes.add(Long.valueOf(value));
        }
        if (!wholes.isEmpty()) {
            note(name, wholes.stream().map(String::valueOf).collect(Collectors.joining(",")));
        }
        return wholes;
    }

    /** One of the known words. */
    public Optional<String> word(String name, Collection<String> known) {
        Optional<String> word = text(name);
        word.ifPresent(value -> {
            requireKnown(name, value, known);
            note(name, value);
        });
        return word;
    }

    /** Known words, separated by commas or by giving the parameter several times; without repetition, in order. */
    public Set<String> words(String name, Collection<String> known) {
        Set<String> words = new TreeSet<>();
        for (String value : list(name)) {
            requireKnown(name, value, known);
            words.add(value);
        }
        if (!words.isEmpty()) {
            note(name, String.join(",", words));
        }
        return words;
    }

    /** Known words, separated by commas, in order as given; each once. */
    public List<String> wordsInOrder(String name, Collection<String> known) {
        Set<String> words = new LinkedHashSet<>();
        for (String value : list(name)) {
            requireKnown(name, value, known);
            words.add(value);
        }
        if (!words.isEmpty()) {
            note(name, String.join(",", words));
        }
        return List.copyOf(words);
    }

    /** Ids, separated by commas. */
    public Set<UUID> ids(String name) {
        Set<UUID> ids = new TreeSet<>();
        for (String value : list(name)) {
            try {
                ids.add(UUID.fromString(value));
            } catch (IllegalArgumentException e) {
                throw Problem.parameter(
                        name, "'%s' takes ids as answers give them; '%s' is none.".formatted(name, printable(value)));
            }
        }
        if (!ids.isEmpty()) {
            note(name, ids.stream().map(UUID::toString).collect(Collectors.joining(",")));
        }
        return ids;
    }

    /** Records a resolved value that was not given, so that the canonical form has it. */
    public void note(String name, String value) {
        canonical.put(name, value);
    }

    /** What was read or recorded under a name. */
    Optional<String> noted(String name) {
        return Optional.ofNullable(canonical.get(name));
    }

    /** All parameters that were read, resolved, by name. */
    public String canonical() {
        return canonical.entrySet().stream().map(Parameters::encoded).collect(Collectors.joining("&"));
    }

    private static Map<String, List<String>> parsed(@Nullable String query) {
        Map<String, List<String>> parsed = new LinkedHashMap<>();
        if (query == null || query.isEmpty()) {
            return parsed;
        }
        for (String pair : query.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = decoded(equals < 0 ? pair : pair.substring(0, equals));
                String value = equals < 0 ? "" : decoded(pair.substring(equals + 1));
                parsed.computeIfAbsent(name, unused -> new ArrayList<>()).add(value);
            }
        }
        return parsed;
    }

    private static String decoded(String text) {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter(
                    printable(text), "'%s' is not percent-encoded as addresses are.".formatted(printable(text)));
        }
    }

    private static String encoded(Map.Entry<String, String> parameter) {
        return parameter.getKey()
                + "="
                + URLEncoder.encode(parameter.getValue(), StandardCharsets.UTF_8)
                        .replace("%2C", ",")
                        .replace("%3A", ":");
    }

    private List<String> list(String name) {
        List<String> values = new ArrayList<>();
        for (String value : given.getOrDefault(name, List.of())) {
            requireNoNul(name, value);
            for (String part : value.split(",", LONGEST_LIST + 2)) {
                values.add(part.strip());
            }
            if (values.size() > LONGEST_LIST) {
                throw Problem.parameter(name, "'%s' takes at most %d values.".formatted(name, LONGEST_LIST));
            }
        }
        return values;
    }

    private static void requireNoNul(String name, String value) {
        if (value.indexOf('\0') >= 0) {
            throw Problem.parameter(name, "'%s' has a character that no text here has (U+0000).".formatted(name));
        }
    }

    private static void requireShort(String name, String value) {
        if (value.length() > LONGEST_TEXT) {
            throw Problem.parameter(name, "'%s' takes at most %d characters.".formatted(name, LONGEST_TEXT));
        }
    }

    private static void requireKnown(String name, String value, Collection<String> known) {
        if (known.contains(value)) {
            return;
        }
        String shown = printable(value);
        Optional<String> suggestion = Suggestion.nearest(value, known);
        Problem problem = Problem.parameter(
                name,
                "'%s' does not take '%s'%s. It takes: %s."
                        .formatted(
                                name,
                                shown,
                                suggestion
                                        .map(word -> "; perhaps '" + word + "' is meant")
                                        .orElse(""),
                                known.stream().sorted().collect(Collectors.joining(", "))));
        suggestion.ifPresent(word -> problem.with("suggestion", word));
        throw problem;
    }

    private static DayOrInstant parseDayOrInstant(String name, String value, String otherwise) {
        if (DAY.matcher(value).matches()) {
            LocalDate day = parseDay(name, value);
            return new DayOrInstant(day.toString(), Moment.endOf(day));
        }
        try {
            Instant instant = java.time.OffsetDateTime.parse(value).toInstant().truncatedTo(ChronoUnit.MICROS);
            LocalDate day = instant.atZone(Moment.NEW_YORK).toLocalDate();
            if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
                throw outOfRange(name);
            }
            return new DayOrInstant(instant.toString(), instant);
        } catch (DateTimeException e) {
            throw Problem.parameter(name, otherwise.formatted(name));
        }
    }

    private static LocalDate parseDay(String name, String value) {
        if (!DAY.matcher(value).matches()) {
            throw Problem.parameter(name, "'%s' takes a day as 2025-06-06.".formatted(name));
        }
        LocalDate day;
        try {
            day = LocalDate.parse(value);
        } catch (DateTimeException e) {
            throw Problem.parameter(name, "'%s' is given a day that no calendar has.".formatted(name));
        }
        if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            throw outOfRange(name);
        }
        return day;
    }

    private static Problem outOfRange(String name) {
        return Problem.parameter(name, "'%s' takes days from %s to %s.".formatted(name, FIRST_DAY, LAST_DAY));
    }

    private static String printable(String text) {
        String shown = text.length() > 60 ? text.substring(0, 60) + "…" : text;
        return shown.replaceAll("\\p{Cntrl}", "\uFFFD");
    }
}
