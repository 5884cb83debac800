package ledger287.agreements.reconciliation;

import java.util.List;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Confidence;

/**
 * A row that continues an agreement.
 *
 * @param facts what that rests on, in words
 */
record Match(Agreement agreement, Entry entry, Tier tier, Confidence confidence, List<String> facts) {
    Match {
        facts = List.copyOf(facts);
    }
}
