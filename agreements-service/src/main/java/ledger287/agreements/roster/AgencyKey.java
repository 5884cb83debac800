package ledger287.agreements.roster;

import ledger287.agreements.vocabulary.FoldedName;
import ledger287.agreements.vocabulary.State;
import org.jspecify.annotations.Nullable;

/**
 * What an agency is known by within ICE's workbooks: its state and its folded name.
 *
 * @param state null when no state could be read; such a row names an agency of no known state
 */
public record AgencyKey(@Nullable State state, FoldedName name) {
    /** The key of a name as listed. */
    public static AgencyKey of(@Nullable State state, String name) {
        return new AgencyKey(state, FoldedName.of(name));
    }
}
