package ledger287.agreements.importing;

/**
 * A statement that must be true of every import, as it was found.
 *
 * @param name stable
 * @param explanation with the numbers
 */
public record Invariant(String name, boolean holds, String explanation) {}
