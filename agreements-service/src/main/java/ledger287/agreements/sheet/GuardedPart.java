package ledger287.agreements.sheet;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import ledger287.agreements.sheet.SheetRejected.Reason;

/** One part being inflated; stops when it grows beyond its limits, whatever the archive's directory said. */
final class GuardedPart extends FilterInputStream {
    private static final long RATIO_APPLIES_FROM = 1 << 20;

    private final String part;
    private final long compressed;
    private final ReadingLimits limits;
    private final InflationBudget budget;

    private long inflated;

    GuardedPart(InputStream in, String part, long compressed, ReadingLimits limits, InflationBudget budget) {
        super(in);
        this.part = part;
        this.compressed = compressed;
        this.limits = limits;
        this.budget = budget;
    }

    /** The same limits for what the directory says as for what is really there. */
    static void check(String part, long inflated, long compressed, ReadingLimits limits) {
        if (inflated > limits.partBytes()) {
            throw new SheetRejected(
                    Reason.TOO_LARGE,
                    "Unpacked, the workbook's part '%s' would have more than %,d bytes."
                            .formatted(part, limits.partBytes()));
        }
        if (inflated > RATIO_APPLIES_FROM && compressed > 0 && inflated / compressed > limits.ratio()) {
            throw new SheetRejected(
                    Reason.TOO_LARGE,
                    "The workbook's part '%s' unpacks to more than %,d times its size, as no real one does."
                            .formatted(part, limits.ratio()));
        }
    }

    static SheetRejected documentType(String part) {
        return new SheetRejected(
                Reason.DOCUMENT_TYPE,
                "The workbook's part '%s' declares a document type or uses entities, which no spreadsheet program"
                                .formatted(part)
                        + " writes. Send ICE's .xlsx as published.");
    }

    @Override
    public int read() throws IOException {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xFF;
    }

    @Override
    public int read(byte[] buffer, int offset, int length) throws IOException {
        int count = super.read(buffer, offset, length);
        if (count > 0) {
            inflated += count;
            budget.spend(count);
            check(part, inflated, compressed, limits);
        }
        return count;
    }
}
