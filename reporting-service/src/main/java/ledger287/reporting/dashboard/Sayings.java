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
 * Sentences that the services say with values in them, so that pages can say them in another language, and of one thing as
 * of one. One that is not here is shown as it is, marked as English.
 */
final class Sayings {
    /** The more particular first. */
    static final List<String> FORMS = List.of(
            "{0} {0|agreement is|agreements are} held by {1} {1|agency|agencies}: an agency may hold one for each support type.",
            "{0} listed {0|agreement|agreements} may be another one listed twice; {0|it is|they are} counted as ICE lists {0|it|them}.",
            "{0} listed {0|agreement|agreements} may continue one that is under review; a person decides.",
            "{0} listed {0|application is|applications are} granted already and still listed as pending.",
            "{0} listed {0|application|applications} may be another one listed twice.",
            "{0} {0|row names|rows name} two support types and {0|stands for two|stand for two each}.",
            "{0} {0|row|rows} vanished and what became of {0|it|them} is not certain: {0|it is|they are} not listed, and no departure is announced.",
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
    record Saying(String form, List<String> values) {
        /** Whether it counts, and the services may not have said it of one as one says it. */
        boolean counts() {
            return form.contains("|");
        }
    }

    private record Form(String text, Pattern pattern) {
        static Form of(String text) {
            StringBuilder pattern = new StringBuilder();
            Matcher place = Words.PLACE.matcher(text);
            int end = 0;
            while (place.find()) {
                pattern.append(Pattern.quote(text.substring(end, place.start())));
                pattern.append(
                        place.group(2) == null
                                ? "(.+?)"
                                : "(?:%s|%s)".formatted(Pattern.quote(place.group(2)), Pattern.quote(place.group(3))));
                end = place.end();
            }
            return new Form(text, Pattern.compile(pattern + Pattern.quote(text.substring(end)), Pattern.DOTALL));
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
