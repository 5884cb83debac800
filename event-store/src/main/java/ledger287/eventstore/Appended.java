package ledger287.eventstore;

/** Where an append stands in the log, both ends included. */
public record Appended(long firstPosition, long lastPosition) {}
