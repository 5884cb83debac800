package ledger287.reporting.export;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Comparator;
import java.util.List;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.Util;

/**
 * Passes a Parquet file on with a footer that is the same in every life of the service. Parquet's writer lists the
 * encodings of a column in the order of a hash set of enums, which is another in each process; nothing depends on it but
 * the bytes.
 *
 * <p>The end of the file is held back: <a href="https://parquet.apache.org/docs/file-format/">a file ends</a> with its
 * footer, the footer's length in four bytes, and four bytes that mark it. A footer longer than what is held, some
 * twelve million rows of twenty columns, is passed on as it is.
 */
final class SteadyFooter extends OutputStream {
    private static final int KEPT = 1 << 20;
    private static final int MARK = 4;
    private static final int TRAILER = Integer.BYTES + MARK;

    private final OutputStream out;
    private final byte[] held = new byte[2 * KEPT];
    private int length;

    SteadyFooter(OutputStream out) {
        this.out = out;
    }

    @Override
    public void write(int one) throws IOException {
        makeRoom();
        held[length++] = (byte) one;
    }

    @Override
    public void write(byte[] bytes, int offset, int count) throws IOException {
        int done = 0;
        while (done < count) {
            makeRoom();
            int part = Math.min(count - done, held.length - length);
            System.arraycopy(bytes, offset + done, held, length, part);
            length += part;
            done += part;
        }
    }

    private void makeRoom() throws IOException {
        if (length == held.length) {
            out.write(held, 0, KEPT);
            System.arraycopy(held, KEPT, held, 0, KEPT);
            length = KEPT;
        }
    }

    /** The file is complete. */
    void end() throws IOException {
        int footer = length < TRAILER
                ? 0
                : ByteBuffer.wrap(held, length - TRAILER, Integer.BYTES)
                        .order(ByteOrder.LITTLE_ENDIAN)
                        .getInt();
        int begins = length - TRAILER - footer;
        if (begins < 0) {
            out.write(held, 0, length);
            return;
        }
        var steady = new ByteArrayOutputStream(footer);
        Util.writeFileMetaData(steady(Util.readFileMetaData(new ByteArrayInputStream(held, begins, footer))), steady);
        out.write(held, 0, begins);
        steady.writeTo(out);
        out.write(ByteBuffer.allocate(Integer.BYTES)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putInt(steady.size())
                .array());
        out.write(held, length - MARK, MARK);
    }

    /** @param footer sorted in place */
    static FileMetaData steady(FileMetaData footer) {
        for (RowGroup group : footer.getRow_groups()) {
            for (ColumnChunk chunk : group.getColumns()) {
                ColumnMetaData column = chunk.getMeta_data();
                column.getEncodings().sort(Comparator.comparing(Encoding::getValue));
                List<PageEncodingStats> pages = column.getEncoding_stats();
                if (pages != null) {
                    pages.sort(Comparator.comparing((PageEncodingStats page) ->
                                    page.getPage_type().getValue())
                            .thenComparing(page -> page.getEncoding().getValue()));
                }
            }
        }
        return footer;
    }
}
