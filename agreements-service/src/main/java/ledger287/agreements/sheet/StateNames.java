package ledger287.agreements.sheet;

import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ledger287.agreements.vocabulary.State;
import org.jspecify.annotations.Nullable;

/** States by the names people write. */
final class StateNames {
    private static final Map<String, State> EXACT = exact();

    private StateNames() {}

    static @Nullable State read(String column, RawCell cell, RowNotes notes) {
        if (CanonicalText.unknown(cell)) {
            notes.doubt(column + " is empty.");
            return null;
        }
        String plain = CanonicalText.of(column, cell.text(), notes);
        String folded = plain.toLowerCase(Locale.ROOT);
        State exact = EXACT.get(folded);
        if (exact != null) {
            if (!usualCase(plain, exact)) {
                notes.repaired(column, plain, exact.displayName(), "case");
            }
            return exact;
        }
        List<State> near = Arrays.stream(State.values())
                .filter(state -> OneEdit.apart(folded, state.displayName().toLowerCase(Locale.ROOT)))
                .toList();
        if (near.size() == 1) {
            notes.flagged(column, plain, near.getFirst().displayName(), "state spelling");
            return near.getFirst();
        }
        notes.doubt("%s reads '%s', which is not within one letter of exactly one state.".formatted(column, plain));
        return null;
    }

    private static boolean usualCase(String plain, State state) {
        return plain.equals(plain.toUpperCase(Locale.ROOT)) || plain.equals(state.displayName());
    }

    private static Map<String, State> exact() {
        Map<String, State> names = new HashMap<>();
        for (State state : State.values()) {
            names.put(state.code().toLowerCase(Locale.ROOT), state);
            names.put(state.displayName().toLowerCase(Locale.ROOT), state);
        }
        names.put("d.c.", State.DC);
        names.put("washington dc", State.DC);
        names.put("washington, dc", State.DC);
        names.put("washington, d.c.", State.DC);
        names.put("virgin islands", State.VI);
        names.put("us virgin islands", State.VI);
        names.put("united states virgin islands", State.VI);
        names.put("cnmi", State.MP);
        names.put("commonwealth of the northern mariana islands", State.MP);
        names.put("commonwealth of puerto rico", State.PR);
        return Map.copyOf(names);
    }
}
