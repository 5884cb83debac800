package ledger287.agreements.sheet;

/**
 * A row with text that is not a data row, e.g. a total under the table; reported so that nothing goes unseen.
 *
 * @param number the row's number in the worksheet, from 1
 * @param text what it says
 * @param why in words
 */
public record SkippedRow(String tab, int number, String text, String why) {}
