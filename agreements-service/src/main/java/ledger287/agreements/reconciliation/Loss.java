package ledger287.agreements.reconciliation;

import java.util.List;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Application;

/** What became of an agreement whose row vanished and that no row continues. */
sealed interface Loss {
    Agreement agreement();

    List<String> facts();

    /** Another row of the same agreement stays. */
    record Duplicate(Agreement agreement, Agreement staying, List<String> facts) implements Loss {}

    /** It is pending again. */
    record Returned(Agreement agreement, Application application, List<String> facts) implements Loss {}

    /** What became of it is for a person to say. */
    record Doubtful(Agreement agreement, List<Suspect> suspects, List<String> facts) implements Loss {}

    /** The name went wrong under review and the right one came back: this was the wrong one. */
    record Resolved(Agreement agreement, Agreement original, List<String> facts) implements Loss {}

    /** It left the list. */
    record Departed(Agreement agreement, List<String> facts) implements Loss {}

    /** A row that may continue the agreement, new or staying, with what speaks for and against. */
    sealed interface Suspect {
        List<String> facts();

        /** A row that appeared. */
        record Appeared(Entry entry, List<String> facts) implements Suspect {}

        /** An agreement that stays listed. */
        record Staying(Agreement agreement, List<String> facts) implements Suspect {}
    }
}
