package ledger287.operations.publication;

import java.util.UUID;
import ledger287.operations.operation.Fact;

/**
 * A fact as the log holds it, with the circumstances of its recording.
 *
 * @param commandId the command that caused it; all facts of one command share it
 * @param sample whether the ledger holds generated sample data
 */
public record RecordedFact(Fact fact, UUID commandId, boolean sample) {}
