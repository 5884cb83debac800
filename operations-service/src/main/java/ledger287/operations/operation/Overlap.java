package ledger287.operations.operation;

import java.util.UUID;

/**
 * How this operation lies to another one.
 *
 * @param operationId the other one, which says the same of this one
 */
public record Overlap(UUID operationId, Relation relation, String reason) {}
