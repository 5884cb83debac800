package ledger287.local.sample;

/**
 * What one workbook of the sample must be read as; the changes are against the workbook of the same kind before it.
 *
 * @param file its path below the sample's directory
 * @param participating whether it lists agreements, else applications
 * @param dataRows rows with data, hidden ones included
 * @param hiddenRows rows that a filter hid
 * @param newRows agreements or applications that were not listed before
 * @param goneRows those that are no longer listed
 * @param renamed those whose agency's name changed, spacing and apostrophes aside
 * @param datesChanged those whose day of signing changed
 * @param moasPosted those whose MOA has an address that it had not
 */
public record SamplePublication(
        String file,
        boolean participating,
        int dataRows,
        int hiddenRows,
        int newRows,
        int goneRows,
        int renamed,
        int datesChanged,
        int moasPosted) {}
