package ledger287.reporting.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.SequenceWriter;
import com.fasterxml.jackson.dataformat.csv.CsvGenerator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A table in CSV (RFC 4180, UTF-8, header first), written row by row as it comes. A cell that a spreadsheet would run as
 * a formula gets an apostrophe before it.
 */
public final class CsvTable implements Table {
    private static final ObjectWriter WRITER = CsvMapper.builder()
            .enable(CsvGenerator.Feature.STRICT_CHECK_FOR_QUOTING)
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build()
            .writerFor(String[].class);
    private static final String RUN_BY_SPREADSHEETS = "=+-@\t\r";

    /** By it Excel knows that a file is UTF-8. */
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final SequenceWriter rows;

    public CsvTable(OutputStream out) throws IOException {
        this.rows = WRITER.writeValues(out);
    }

    /** A table that Excel opens as what it is. */
    public static CsvTable forExcel(OutputStream out) throws IOException {
        out.write(BYTE_ORDER_MARK);
        return new CsvTable(out);
    }

    @Override
    public void header(String... columns) throws IOException {
        rows.write(columns);
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        List<String> safe = new ArrayList<>(cells.size());
        for (Object cell : cells) {
            safe.add(safe(cell));
        }
        rows.write(safe.toArray(String[]::new));
    }

    @Override
    public void end() throws IOException {
        rows.flush();
    }

    private static String safe(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        String text = cell.toString();
        boolean runs = cell instanceof String && !text.isEmpty() && RUN_BY_SPREADSHEETS.indexOf(text.charAt(0)) >= 0;
        return runs ? "'" + text : text;
    }
}
