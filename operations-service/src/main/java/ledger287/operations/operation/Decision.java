package ledger287.operations.operation;

import java.util.List;

/** What becomes of a command. */
public sealed interface Decision {

    /** @param facts to append, in this order; never empty */
    record Accepted(List<Fact> facts) implements Decision {
        public Accepted {
            facts = List.copyOf(facts);
        }
    }

    /** It is so already. */
    record Unchanged() implements Decision {}

    /**
     * @param code the reason, stable, e.g. {@code already-retracted}
     * @param detail what is wrong and what to do
     */
    record Rejected(String code, String detail) implements Decision {}
}
