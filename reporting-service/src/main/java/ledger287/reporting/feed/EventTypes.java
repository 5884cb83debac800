package ledger287.reporting.feed;

import java.util.Set;
import java.util.TreeSet;
import ledger287.reporting.query.Parameters;

/**
 * Which types of event a reader wants: {@code agreement.*}, {@code agreement.signed}, or a whole type with its version.
 *
 * @param patterns in order, without repetition; empty for all
 */
record EventTypes(Set<String> patterns) {
    /** What the contract has, without prefix and version; a test holds it against the contract. */
    static final Set<String> KNOWN = Set.of(
            "ledger.opened",
            "sheet.imported",
            "sheet.held",
            "sheet.rejected",
            "sheet.retracted",
            "agency.registered",
            "agency.renamed",
            "agency.alias-added",
            "agency.linked",
            "agency.merged",
            "agency.corrected",
            "agreement.signed",
            "agreement.renamed",
            "agreement.relabelled",
            "agreement.date-changed",
            "agreement.state-changed",
            "agreement.attribute-changed",
            "agreement.unlisted",
            "agreement.relisted",
            "agreement.duplicate-removed",
            "agreement.returned-to-pending",
            "agreement.put-under-review",
            "agreement.confirmed",
            "agreement.ended",
            "agreement.corrected",
            "agreement.retracted",
            "application.filed",
            "application.granted",
            "application.unlisted",
            "application.relisted",
            "application.renamed",
            "application.attribute-changed",
            "application.lapsed",
            "application.corrected",
            "application.retracted",
            "review.opened",
            "review.decided",
            "review.reversed",
            "review.closed",
            "operation.recorded",
            "operation.corrected",
            "operation.retracted",
            "operation.partners-changed",
            "operation.overlap-declared",
            "claim.made",
            "claim.superseded",
            "claim.reinstated",
            "claim.preferred",
            "claim.corrected",
            "claim.retracted");

    static final EventTypes ALL = new EventTypes(Set.of());

    private static final String PREFIX = "org.ledger287.";
    private static final String VERSION = ".v";
    private static final Set<String> WORDS = words();

    static EventTypes read(Parameters parameters) {
        Set<String> patterns = parameters.words("type", WORDS);
        return patterns.isEmpty() ? ALL : new EventTypes(patterns);
    }

    boolean take(String type) {
        if (patterns.isEmpty()) {
            return true;
        }
        // Asked for each change and each filter, so without regular expressions.
        int from = type.startsWith(PREFIX) ? PREFIX.length() : 0;
        int version = type.lastIndexOf(VERSION);
        String bare = type.substring(from, version > from ? version : type.length());
        int dot = bare.indexOf('.');
        return patterns.contains(bare)
                || patterns.contains(type)
                || (dot > 0 && patterns.contains(bare.substring(0, dot) + ".*"));
    }

    /** What {@code change.keys} holds of the types that are taken: their kinds, and their names without version. */
    Set<String> keys() {
        Set<String> keys = new TreeSet<>();
        for (String pattern : patterns) {
            String bare = pattern.startsWith(PREFIX) ? pattern.substring(PREFIX.length()) : pattern;
            int version = bare.lastIndexOf(VERSION);
            keys.add(
                    bare.endsWith(".*")
                            ? bare.substring(0, bare.length() - 2)
                            : version > 0 ? bare.substring(0, version) : bare);
        }
        return keys;
    }

    private static Set<String> words() {
        Set<String> words = new TreeSet<>();
        for (String type : KNOWN) {
            words.add(type);
            words.add(type.substring(0, type.indexOf('.')) + ".*");
            words.add(PREFIX + type + ".v1");
        }
        return words;
    }
}
