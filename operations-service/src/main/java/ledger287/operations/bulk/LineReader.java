package ledger287.operations.bulk;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a file into its lines, with no more than one of them in memory. Blank lines are passed over, but counted. In CSV a
 * line goes on while a quotation mark is open; one that is never closed costs the lines up to the greatest length, not
 * the rest of the file.
 */
final class LineReader {
    private final InputStream in;
    private final Format format;
    private final int longest;
    private long line = 1;

    LineReader(InputStream in, Format format, int longest) {
        this.in = new BufferedInputStream(in, 64 * 1024);
        this.format = format;
        this.longest = longest;
    }

    /** The next line that is not blank; null at the end. */
    @Nullable
    RawLine next() throws IOException {
        while (true) {
            long first = line;
            ByteArrayOutputStream kept = new ByteArrayOutputStream(512);
            boolean tooLong = false;
            boolean quoted = false;
            boolean fieldBegins = true;
            int b = in.read();
            if (b < 0) {
                return null;
            }
            while (b >= 0) {
                if (b == '\n') {
                    line++;
                    if (!quoted || tooLong) {
                        break;
                    }
                }
                if (b == '"' && format == Format.CSV && (quoted || fieldBegins)) {
                    quoted = !quoted;
                    fieldBegins = quoted || fieldBegins;
                } else {
                    fieldBegins = b == ',' && !quoted;
                }
                if (kept.size() < longest) {
                    kept.write(b);
                } else {
                    tooLong = true;
                }
                b = in.read();
            }
            byte[] bytes = kept.toByteArray();
            if (tooLong) {
                return new RawLine(first, new byte[0], true);
            }
            if (!isBlank(bytes)) {
                return new RawLine(first, bytes, false);
            }
        }
    }

    private static boolean isBlank(byte[] bytes) {
        for (byte b : bytes) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }
}
