package ledger287.reporting.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Drawings as files, which must look right without our pages around them. */
final class Drawings {
    private Drawings() {}

    /** The drawing with its looks and its citation inside. */
    static String alone(String drawing, String citation) {
        int end = drawing.indexOf('>') + 1;
        return drawing.substring(0, end) + "<desc>" + escaped(citation) + "</desc><style>" + looks() + "</style>"
                + drawing.substring(end);
    }

    private static String looks() {
        try (InputStream in = Drawings.class.getResourceAsStream("/META-INF/resources/dashboard/figure.css")) {
            if (in == null) {
                throw new IllegalStateException("The service was built without figure.css");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException("figure.css cannot be read", e);
        }
    }

    private static String escaped(String text) {
        return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }
}
