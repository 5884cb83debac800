package ledger287.eventstore;

/**
 * A topic that exists.
 *
 * @param keepsEverything neither compacted nor cut by time or size
 * @param firstOffset 0 unless records have been removed
 * @param endOffset the offset after the last record, of open transactions too: at least the number of records ever
 *     committed. (The end of what readers see would not do: it follows a commit only some milliseconds later.)
 */
record TopicFound(String id, int partitions, boolean keepsEverything, long firstOffset, long endOffset) {}
