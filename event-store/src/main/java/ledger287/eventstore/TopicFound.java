package ledger287.eventstore;

/**
 * A topic that exists.
 *
 * @param keepsEverything neither compacted nor cut by time or size
 * @param firstOffset 0 unless records have been removed
 * @param endOffset the offset after the last committed record; at least the number of records ever written
 */
record TopicFound(String id, int partitions, boolean keepsEverything, long firstOffset, long endOffset) {}
