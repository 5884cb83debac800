package ledger287.agreements.sheet;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import ledger287.agreements.vocabulary.AgencyType;
import org.jspecify.annotations.Nullable;

/** Kinds of agency by the words of the TYPE column. */
final class AgencyTypes {
    private static final Map<String, AgencyType> WORDS = Map.of(
            "county", AgencyType.COUNTY,
            "municipality", AgencyType.MUNICIPALITY,
            "municipal", AgencyType.MUNICIPALITY,
            "state agency", AgencyType.STATE_AGENCY,
            "state", AgencyType.STATE_AGENCY);
    private static final Set<String> USUAL = Set.of("county", "municipality", "state agency");

    private AgencyTypes() {}

    static @Nullable AgencyType read(String column, RawCell cell, RowNotes notes) {
        if (CanonicalText.unknown(cell)) {
            notes.doubt(column + " is empty.");
            return null;
        }
        String plain = CanonicalText.of(column, cell.text(), notes);
        String folded = plain.toLowerCase(Locale.ROOT);
        AgencyType exact = WORDS.get(folded);
        if (exact != null && USUAL.contains(folded)) {
            return exact;
        }
        Set<AgencyType> near = exact != null
                ? Set.of(exact)
                : WORDS.entrySet().stream()
                        .filter(word -> OneEdit.apart(folded, word.getKey()))
                        .map(Map.Entry::getValue)
                        .collect(Collectors.toSet());
        if (near.size() == 1) {
            AgencyType type = near.iterator().next();
            notes.repaired(column, plain, type.code(), "type spelling");
            return type;
        }
        notes.doubt("%s reads '%s', which is no kind of agency we know.".formatted(column, plain));
        return null;
    }
}
