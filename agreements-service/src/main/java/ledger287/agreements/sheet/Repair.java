package ledger287.agreements.sheet;

/**
 * One step from a raw cell to its canonical reading; part of the receipt.
 *
 * @param column header text
 * @param from the cell as typed
 * @param to the reading
 * @param rule which rule read it so, in words ("spacing", "apostrophe", "text date", "state spelling")
 * @param flagged whether a reader must be told (a repaired date); spacing and apostrophes are not flagged
 */
public record Repair(String column, String from, String to, String rule, boolean flagged) {}
