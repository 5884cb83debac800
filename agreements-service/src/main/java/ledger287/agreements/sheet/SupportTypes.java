package ledger287.agreements.sheet;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/** Support types by the words of the SUPPORT TYPE column: {@code Warrant Services Officer}, {@code Jail & Task Force}. */
final class SupportTypes {
    private static final Map<String, SupportType> USUAL = Map.of(
            "task force model", SupportType.TASK_FORCE,
            "warrant service officer", SupportType.WARRANT_SERVICE_OFFICER,
            "jail enforcement model", SupportType.JAIL_ENFORCEMENT);
    private static final Map<String, SupportType> BY_WORD = Map.of(
            "task", SupportType.TASK_FORCE,
            "tfm", SupportType.TASK_FORCE,
            "tfo", SupportType.TASK_FORCE,
            "warrant", SupportType.WARRANT_SERVICE_OFFICER,
            "wso", SupportType.WARRANT_SERVICE_OFFICER,
            "jail", SupportType.JAIL_ENFORCEMENT,
            "jem", SupportType.JAIL_ENFORCEMENT);
    private static final int SHORTEST_MISSPELT = 4;
    private static final Pattern BETWEEN = Pattern.compile("\\s*(?:[&/+,;]|\\band\\b)\\s*");
    private static final Pattern SPACE = Pattern.compile("[\\s-]+");

    private SupportTypes() {}

    static List<SupportType> read(String column, RawCell cell, RowNotes notes) {
        if (CanonicalText.unknown(cell)) {
            notes.doubt(column + " is empty.");
            return List.of();
        }
        String plain = CanonicalText.of(column, cell.text(), notes);
        String folded = plain.toLowerCase(Locale.ROOT);
        SupportType usual = USUAL.get(folded);
        if (usual != null) {
            return List.of(usual);
        }
        Set<SupportType> types = new LinkedHashSet<>();
        boolean understood = true;
        for (String part : BETWEEN.split(folded, -1)) {
            SupportType type = one(part);
            if (type == null) {
                understood = false;
            } else {
                types.add(type);
            }
        }
        if (!understood) {
            notes.doubt("%s reads '%s', which is not wholly a support type we know.".formatted(column, plain));
        } else if (types.size() == 1) {
            notes.repaired(column, plain, types.iterator().next().code(), "support type spelling");
        } else {
            notes.flagged(
                    column,
                    plain,
                    String.join(", ", types.stream().map(SupportType::code).toList()),
                    "several support types in one row");
        }
        return new ArrayList<>(types);
    }

    private static @Nullable SupportType one(String part) {
        SupportType found = null;
        for (String word : SPACE.split(part, -1)) {
            for (Map.Entry<String, SupportType> known : BY_WORD.entrySet()) {
                boolean same = word.equals(known.getKey())
                        || (known.getKey().length() >= SHORTEST_MISSPELT && OneEdit.apart(word, known.getKey()));
                if (same && found != null && found != known.getValue()) {
                    return null;
                }
                if (same) {
                    found = known.getValue();
                }
            }
        }
        return found;
    }
}
