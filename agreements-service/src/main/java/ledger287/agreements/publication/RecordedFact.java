package ledger287.agreements.publication;

import java.util.UUID;
import ledger287.agreements.roster.Fact;

/**
 * A fact as the log holds it, with the circumstances of its recording.
 *
 * @param commandId the command that caused it; all facts of one append share it
 * @param sample whether the ledger holds generated sample data
 */
public record RecordedFact(Fact fact, UUID commandId, boolean sample) {}
