package ledger287.operations.bulk;

/**
 * One line of a file as it came; in CSV it may span several.
 *
 * @param number of its first line in the file, from 1
 * @param bytes empty when it is too long
 * @param tooLong its length is beyond the limit, and it was not kept
 */
@SuppressWarnings("ArrayRecordComponent") // Never compared.
record RawLine(long number, byte[] bytes, boolean tooLong) {}
