package ledger287.reporting.dashboard;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import ledger287.reporting.geography.State;
import org.jspecify.annotations.Nullable;

/**
 * Sentences that the services say with values in them, so that pages can say them in another language. One that is not here
 * is shown as it is, marked as English.
 */
final class Sayings {
    /** The more particular first. */
    static final List<String> FORMS = List.of(
            "{0} agreements are held by {1} agencies: an agency may hold one for each support type.",
            "{0} listed agreements may be another one listed twice; they are counted as ICE lists them.",
            "{0} listed applications are granted already and still listed as pending.",
            "The agency and support type of the application appear among the agreements, signed {0}.",
            "ICE's row {0} names “{1}”; until {2} it read “{3}”.",
            "Of those, signed on or after {0}.",
            "Of those, signed before {0}.",
            "Agreements in force on {0}, as known at as_of: signed by then, not ended by then according to a document, and listed on or after that day or still. Agreements that ended before the first workbook are not in it unless a document recorded them.",
            "Recorded from {0}.",
            "No row of {0} stands for it.",
            "Signed date {0} before, {1} now.",
            "MOA: {0} before, {1} now.",
            "Addendum: {0} before, {1} now.",
            "County: {0} before, {1} now.",
            "State: {0} before, {1} now.",
            "Agency: {0} before, {1} now.",
            "Type: {0} before, {1} now.",
            "Support type: {0} before, {1} now.",
            "Signed date: {0} before, {1} now.",
            "The {0} workbook {1} lists {2}; the query stores count {3}.");

    /** What a code of the services is called on pages; the same code can mean two things in two forms. */
    private static final Map<String, String> WORDS = Map.ofEntries(
            Map.entry("posted", "posted"),
            Map.entry("pending", "pending"),
            Map.entry("missing", "none listed"),
            Map.entry("unknown", "unknown"),
            Map.entry("county", "County agency"),
            Map.entry("municipality", "Municipal agency"),
            Map.entry("state_agency", "State agency"),
            Map.entry("task_force", "Task force"),
            Map.entry("warrant_service_officer", "Warrant service officer"),
            Map.entry("jail_enforcement", "Jail enforcement"));

    private static final Map<String, String> WORKBOOKS =
            Map.of("participating", "Participating workbook", "pending", "Pending workbook");

    private static final Set<String> STATES =
            Arrays.stream(State.values()).map(State::displayName).collect(Collectors.toUnmodifiableSet());

    private static final List<Form> PATTERNS = FORMS.stream().map(Form::of).toList();

    private Sayings() {}

    /** A form that a sentence has, and what stands at its places. */
    record Saying(String form, List<String> values) {}

    private record Form(String text, Pattern pattern) {
        static Form of(String text) {
            StringBuilder pattern = new StringBuilder();
            for (String part : text.split("\\{[0-9]}", -1)) {
                pattern.append(pattern.isEmpty() ? "" : "(.+?)").append(Pattern.quote(part));
            }
            return new Form(text, Pattern.compile(pattern.toString(), Pattern.DOTALL));
        }
    }

    /** The key of what stands at a place, in English, when pages have a word for it; null when it is a name or a number. */
    static @Nullable String word(String form, String value) {
        if (form.startsWith("The {0} workbook")) {
            return WORKBOOKS.get(value);
        }
        if (form.startsWith("State: ")) {
            return STATES.contains(value) ? value : null;
        }
        // A county or an agency may be called as a code is; nothing but "unknown" is ours there.
        boolean name = form.startsWith("Agency: ") || form.startsWith("County: ");
        return name && !"unknown".equals(value) ? null : WORDS.get(value);
    }

    static Optional<Saying> match(String sentence) {
        for (Form form : PATTERNS) {
            Matcher matcher = form.pattern().matcher(sentence);
            if (matcher.matches()) {
                List<String> values = new ArrayList<>();
                for (int group = 1; group <= matcher.groupCount(); group++) {
                    values.add(matcher.group(group));
                }
                return Optional.of(new Saying(form.text(), values));
            }
        }
        return Optional.empty();
    }
}
