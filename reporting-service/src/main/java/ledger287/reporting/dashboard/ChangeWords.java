package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** What each type of event is called for readers, and how loud it is. */
final class ChangeWords {
    private ChangeWords() {}

    /** How a change is shown. */
    private record Saying(String tone, String verb) {}

    private static final String ADDITION = "addition";
    private static final String CORRECTION = "correction";
    private static final String DEPARTURE = "departure";
    private static final String REVIEW = "review";
    private static final String NOTE = "note";

    private static final Map<String, Saying> SAYINGS = Map.ofEntries(
            say("agreement.signed", ADDITION, "Newly listed"),
            say("agreement.renamed", CORRECTION, "Listed under another name"),
            say("agreement.relabelled", CORRECTION, "Relabelled as another agency"),
            say("agreement.date-changed", CORRECTION, "Signing date changed"),
            say("agreement.state-changed", CORRECTION, "State changed"),
            say("agreement.attribute-changed", NOTE, "Details changed"),
            say("agreement.unlisted", DEPARTURE, "No longer listed"),
            say("agreement.relisted", ADDITION, "Listed again"),
            say("agreement.duplicate-removed", CORRECTION, "Duplicate row removed"),
            say("agreement.returned-to-pending", DEPARTURE, "Returned to pending"),
            say("agreement.put-under-review", REVIEW, "Put under review"),
            say("agreement.confirmed", REVIEW, "Confirmed by a person"),
            say("agreement.ended", DEPARTURE, "Ended, according to a document"),
            say("agreement.corrected", CORRECTION, "Corrected by an editor"),
            say("agreement.retracted", CORRECTION, "Record withdrawn by this ledger"),
            say("application.filed", ADDITION, "Application listed"),
            say("application.granted", ADDITION, "Application granted"),
            say("application.unlisted", NOTE, "Left the pending workbook"),
            say("application.relisted", ADDITION, "Application listed again"),
            say("application.renamed", CORRECTION, "Application under another name"),
            say("application.attribute-changed", NOTE, "Application's details changed"),
            say("application.lapsed", DEPARTURE, "Application lapsed"),
            say("application.corrected", CORRECTION, "Application corrected by an editor"),
            say("application.retracted", CORRECTION, "Application's record withdrawn by this ledger"),
            say("agency.registered", NOTE, "Agency first seen"),
            say("agency.renamed", CORRECTION, "Agency renamed"),
            say("agency.alias-added", NOTE, "Another spelling seen"),
            say("agency.linked", NOTE, "Linked to another agency"),
            say("agency.merged", CORRECTION, "Merged with another agency"),
            say("agency.corrected", CORRECTION, "Agency corrected by an editor"),
            say("review.opened", REVIEW, "Question put to a person"),
            say("review.decided", REVIEW, "Question decided"),
            say("review.reversed", CORRECTION, "Decision reversed"),
            say("review.closed", REVIEW, "Question closed"),
            say("operation.recorded", ADDITION, "Operation recorded"),
            say("operation.corrected", CORRECTION, "Operation corrected"),
            say("operation.retracted", CORRECTION, "Operation's record withdrawn by this ledger"),
            say("operation.partners-changed", NOTE, "Partners changed"),
            say("operation.overlap-declared", NOTE, "Overlap declared"),
            say("claim.made", ADDITION, "Figure claimed"),
            say("claim.superseded", CORRECTION, "Figure replaced by a later one"),
            say("claim.reinstated", CORRECTION, "Earlier figure stands again"),
            say("claim.preferred", NOTE, "Preferred figure chosen"),
            say("claim.corrected", CORRECTION, "Claim corrected"),
            say("claim.retracted", CORRECTION, "Claim's record withdrawn by this ledger"),
            say("sheet.imported", NOTE, "Workbook imported"),
            say("sheet.held", REVIEW, "Workbook held for an editor"),
            say("sheet.rejected", NOTE, "Workbook rejected"),
            say("sheet.retracted", CORRECTION, "Import undone by this ledger"),
            say("ledger.opened", NOTE, "Ledger opened"));

    /** Types that say again what another change of the same append says; left out of short feeds. */
    static final Set<String> ECHOES = Set.of(
            "org.ledger287.agency.registered.v1",
            "org.ledger287.agency.renamed.v1",
            "org.ledger287.agency.alias-added.v1",
            "org.ledger287.agency.linked.v1",
            "org.ledger287.ledger.opened.v1");

    /** What became of whole workbooks. */
    static final Set<String> SHEETS = Set.of(
            "org.ledger287.sheet.imported.v1",
            "org.ledger287.sheet.held.v1",
            "org.ledger287.sheet.rejected.v1",
            "org.ledger287.sheet.retracted.v1");

    /** Questions that were put to a person, and what became of them. */
    static final Set<String> REVIEWS = Set.of(
            "org.ledger287.review.opened.v1",
            "org.ledger287.review.decided.v1",
            "org.ledger287.review.reversed.v1",
            "org.ledger287.review.closed.v1");

    /** What the front page leaves to the page of changes: details, and what another change of the same day tells. */
    static final Set<String> ASIDES = asides();

    private static Set<String> asides() {
        Set<String> asides = new TreeSet<>(ECHOES);
        for (String type : List.of(
                "agreement.attribute-changed", "application.attribute-changed", "application.unlisted", "claim.made")) {
            asides.add("org.ledger287." + type + ".v1");
        }
        return asides;
    }

    /** What happens to a thing without an editor too, and is then called otherwise. */
    private static final Map<String, String> WITHOUT_EDITOR = Map.of(
            "agency.corrected", "Agency's details changed",
            "agreement.corrected", "Corrected",
            "application.corrected", "Application corrected");

    /** A type that says two things: an agreement newly listed, or one of the past that only a document tells of. */
    static final String SIGNED = "org.ledger287.agreement.signed.v1";

    private static final Saying PAST_AGREEMENT = new Saying(NOTE, "Past agreement recorded from a document");

    /** In SQL, whether a change {@code c} tells of a past agreement; the same as {@link #pastAgreement}. */
    static final String PAST_AGREEMENT_SQL = """
            (c.type = '%s'
                and (c.event #>> '{data,agreement,status}' is not distinct from 'ended'
                     or c.event #>> '{data,agreement,first_listed_at}' is null))""".formatted(SIGNED);

    /** No workbook has listed it, so nobody may call it new. */
    private static boolean pastAgreement(JsonNode event) {
        JsonNode agreement = event.path("data").path("agreement");
        return SIGNED.equals(event.path("type").asText())
                && ("ended".equals(agreement.path("status").asText())
                        || !agreement.path("first_listed_at").isTextual());
    }

    /** How loud a change is. */
    static String tone(JsonNode event) {
        return pastAgreement(event)
                ? PAST_AGREEMENT.tone()
                : tone(event.path("type").asText());
    }

    /** What a change is called, in English, the key of the words. */
    static String verb(JsonNode event) {
        return pastAgreement(event)
                ? PAST_AGREEMENT.verb()
                : verb(
                        event.path("type").asText(),
                        event.path("data").path("editor").isObject());
    }

    /** Full types with a tone; what they echo is among them. */
    static Set<String> types(String tone) {
        return SAYINGS.entrySet().stream()
                .filter(saying -> saying.getValue().tone().equals(tone))
                .map(saying -> "org.ledger287." + saying.getKey() + ".v1")
                .filter(type -> !ECHOES.contains(type))
                .collect(java.util.stream.Collectors.toCollection(TreeSet::new));
    }

    static String tone(String type) {
        Saying saying = SAYINGS.get(brief(type));
        return saying == null ? NOTE : saying.tone();
    }

    /** In English, the key of the words. A type that is newer than this page says its own name. */
    static String verb(String type, boolean byEditor) {
        Saying saying = SAYINGS.get(brief(type));
        if (saying == null) {
            return brief(type);
        }
        String otherwise = WITHOUT_EDITOR.get(brief(type));
        return byEditor || otherwise == null ? saying.verb() : otherwise;
    }

    private static String brief(String type) {
        return type.replaceFirst("^org\\.ledger287\\.", "").replaceFirst("\\.v[0-9]+$", "");
    }

    private static Map.Entry<String, Saying> say(String type, String tone, String verb) {
        return Map.entry(type, new Saying(tone, verb));
    }
}
