package ledger287.agreements.roster;

import java.util.List;

/** What an editor's command comes to. Deciding changes nothing; the facts do, once they are appended. */
public sealed interface Decision {
    /** @param facts to be appended together, in this order */
    record Accepted(List<Fact> facts) implements Decision {
        public Accepted {
            facts = List.copyOf(facts);
        }
    }

    /**
     * Refused by the domain.
     *
     * @param reason a stable code, e.g. {@code unknown_agreement}
     * @param words what to do about it
     */
    record Rejected(String reason, String words) implements Decision {}

    /** Everything is as the command wants it already. */
    record Unchanged(String words) implements Decision {}
}
