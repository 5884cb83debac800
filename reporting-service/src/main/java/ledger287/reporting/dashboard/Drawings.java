package ledger287.reporting.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.reporting.drawing.Svg;
import ledger287.reporting.drawing.Wrapping;

/** Drawings as files, which must look right without our pages around them, and say what they are. */
final class Drawings {
    private static final Pattern SIZE =
            Pattern.compile("viewBox=\"0 0 ([0-9]+) ([0-9]+)\" width=\"[0-9]+\" height=\"[0-9]+\"");

    private static final int LINE = 22;
    private static final int SMALL_LINE = 18;
    /** Letters of a title and of the lines below are about so wide. */
    private static final double LETTER = 9.2;

    private static final double SMALL_LETTER = 7;

    private Drawings() {}

    /** The drawing with its looks and its citation inside, its title above, and below what it rests on. */
    static String alone(Visit visit, Block.Figure figure, String drawing) {
        Matcher size = SIZE.matcher(drawing);
        if (!size.find()) {
            throw new IllegalStateException("A drawing without a size: " + drawing.substring(0, drawing.indexOf('>')));
        }
        int width = Integer.parseInt(size.group(1));
        int height = Integer.parseInt(size.group(2));
        List<String> above = Wrapping.lines(figure.title(), (int) (width / LETTER));
        StringBuilder around = new StringBuilder();
        int head = LINE * above.size() + 10;
        int y = LINE - 4 - head;
        for (String line : above) {
            around.append(text(y, "alone-title", line));
            y += LINE;
        }
        y = height + SMALL_LINE;
        if (visit.headline().path("sample").asBoolean()) {
            around.append(text(y, "alone-sample", visit.words().of("SAMPLE DATA, not real")));
            y += LINE;
        }
        for (String line : Wrapping.lines(source(visit), (int) (width / SMALL_LETTER))) {
            around.append(text(y, "alone-source", line));
            y += SMALL_LINE;
        }
        int end = drawing.indexOf('>') + 1;
        int whole = head + y;
        String opened = drawing.substring(0, size.start())
                + "viewBox=\"0 %d %d %d\" width=\"%d\" height=\"%d\"".formatted(-head, width, whole, width, whole)
                + drawing.substring(size.end(), end);
        return opened + "<desc>" + Svg.escaped(figure.citation()) + "</desc><style>" + looks() + "</style>" + around
                + drawing.substring(end);
    }

    private static String source(Visit visit) {
        Words words = visit.words();
        return words.of(
                "Source: ICE’s workbooks of participating and pending agencies; operations as cited · as known on {0} · ledger287, {1}",
                visit.known(), visit.position());
    }

    private static String text(int y, String looks, String line) {
        return "<text x=\"4\" y=\"%d\" class=\"%s\">%s</text>".formatted(y, looks, Svg.escaped(line));
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
}
