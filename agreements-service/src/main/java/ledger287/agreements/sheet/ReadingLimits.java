package ledger287.agreements.sheet;

/**
 * How much of a file the reader is willing to swallow. A workbook is a zip of XML, so a small file can unfold into
 * gigabytes; every limit is checked against the archive's own directory first and again while inflating, because the
 * directory can lie.
 *
 * @param fileBytes the file as it comes
 * @param entries parts in the archive
 * @param partBytes one part, inflated
 * @param totalBytes all parts, inflated
 * @param ratio inflated to deflated size of a part, applied beyond a megabyte
 * @param rows data rows of the table
 * @param columns the rightmost column that may hold text
 * @param cellCharacters text of one cell; Excel's own limit is 32,767
 * @param links hyperlinks, and likewise merged ranges, of the table's tab; Excel's own limit is 65,530 hyperlinks
 */
public record ReadingLimits(
        long fileBytes,
        int entries,
        long partBytes,
        long totalBytes,
        int ratio,
        int rows,
        int columns,
        int cellCharacters,
        int links) {
    private static final long MEGABYTE = 1 << 20;

    /** For files that strangers send: a hundred times what ICE publishes. */
    public static final ReadingLimits UPLOAD =
            new ReadingLimits(32 * MEGABYTE, 500, 64 * MEGABYTE, 128 * MEGABYTE, 200, 100_000, 100, 32_767, 65_530);

    /** As far as Excel itself goes, for streaming a file that is trusted. */
    public static final ReadingLimits EXCEL = new ReadingLimits(
            1024 * MEGABYTE, 10_000, 4096 * MEGABYTE, 8192 * MEGABYTE, 1_100, 1_048_576, 16_384, 32_767, 65_530);
}
