package ledger287.agreements.roster;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** How the facts of one editor's act are made: known from its recording, with the editor's reason as evidence. */
record EditorsAct(Roster roster, Fact.Editor editor, Instant now) {
    static final String TIER = "editor";

    Fact fact(RosterEvent event, UUID subject, String... words) {
        return taking(event, subject, null, words);
    }

    /** @param retracts the recorded event that this one takes back */
    Fact taking(RosterEvent event, UUID subject, @Nullable UUID retracts, String... words) {
        return new Fact(event, now, evidence(subject, words), editor, retracts);
    }

    /** About a sheet itself: it is its own evidence. */
    Fact aboutSheet(RosterEvent.SheetEvent event, @Nullable UUID retracts) {
        return new Fact(event, now, null, editor, retracts);
    }

    private Evidence evidence(UUID subject, String... words) {
        return new Evidence(
                null, null, roster.receiptOf(subject).orElse(null), TIER, Confidence.CERTAIN, List.of(words));
    }
}
