package ledger287.reporting.drawing;

import java.util.Locale;

/** Writes one SVG drawing. Everything that is text is escaped here; how it looks is said by classes, in figure.css. */
public final class Svg {
    private final StringBuilder out = new StringBuilder(4096);

    /** @param label what it shows, for those who cannot see it */
    static Svg image(int width, int height, String label) {
        return new Svg(width, height, label, "img");
    }

    /** A drawing with links in it, each of which has its own label. */
    static Svg group(int width, int height, String label) {
        return new Svg(width, height, label, "group");
    }

    private Svg(int width, int height, String label, String role) {
        out.append("<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 ")
                .append(width)
                .append(' ')
                .append(height)
                .append("\" width=\"")
                .append(width)
                .append("\" height=\"")
                .append(height)
                .append("\" role=\"")
                .append(role)
                .append("\" aria-label=\"")
                .append(escaped(label))
                .append("\" class=\"drawing\">");
    }

    Svg line(double x1, double y1, double x2, double y2, String classes) {
        out.append("<line x1=\"").append(n(x1)).append("\" y1=\"").append(n(y1)).append("\" x2=\"");
        out.append(n(x2))
                .append("\" y2=\"")
                .append(n(y2))
                .append("\" class=\"")
                .append(classes)
                .append("\"/>");
        return this;
    }

    Svg rect(double x, double y, double width, double height, String classes) {
        out.append("<rect x=\"").append(n(x)).append("\" y=\"").append(n(y)).append("\" width=\"");
        out.append(n(Math.max(0, width))).append("\" height=\"").append(n(Math.max(0, height)));
        out.append("\" class=\"").append(classes).append("\"/>");
        return this;
    }

    Svg circle(double x, double y, double radius, String classes) {
        out.append("<circle cx=\"").append(n(x)).append("\" cy=\"").append(n(y)).append("\" r=\"");
        out.append(n(radius)).append("\" class=\"").append(classes).append("\"/>");
        return this;
    }

    Svg path(String d, String classes) {
        out.append("<path d=\"").append(d).append("\" class=\"").append(classes).append("\"/>");
        return this;
    }

    /** @param anchor {@code start}, {@code middle} or {@code end} */
    Svg text(double x, double y, String anchor, String classes, String text) {
        out.append("<text x=\"").append(n(x)).append("\" y=\"").append(n(y)).append("\" text-anchor=\"");
        out.append(anchor).append("\" class=\"").append(classes).append("\">");
        out.append(escaped(text)).append("</text>");
        return this;
    }

    Svg openLink(String href, String label) {
        out.append("<a href=\"")
                .append(escaped(href))
                .append("\" aria-label=\"")
                .append(escaped(label))
                .append("\">");
        out.append("<title>").append(escaped(label)).append("</title>");
        return this;
    }

    /** A part that says what it is under a pointer. */
    Svg openTitled(String title) {
        out.append("<g><title>").append(escaped(title)).append("</title>");
        return this;
    }

    /** A part that a keyboard reaches, with a name of its own. */
    Svg openPart(String classes, String label) {
        out.append("<g class=\"").append(classes).append("\" tabindex=\"0\" role=\"img\" aria-label=\"");
        out.append(escaped(label)).append("\">");
        return this;
    }

    /** A part that repeats what is said elsewhere. */
    Svg openSilent() {
        out.append("<g aria-hidden=\"true\">");
        return this;
    }

    Svg closeGroup() {
        out.append("</g>");
        return this;
    }

    Svg closeLink() {
        out.append("</a>");
        return this;
    }

    /** What scripts need to know to answer a pointer. */
    Svg data(String name, String value) {
        out.insert("<svg".length(), " data-" + name + "=\"" + escaped(value) + "\"");
        return this;
    }

    String end() {
        return out.append("</svg>").toString();
    }

    /** Coordinates to a tenth: finer than anybody sees. */
    static String n(double value) {
        String text = String.format(Locale.ROOT, "%.1f", value);
        return text.endsWith(".0") ? text.substring(0, text.length() - 2) : text;
    }

    /**
     * Text that can be nothing but text. Characters that turn the direction of what follows are left out: in a drawing
     * there is no way to end their effect.
     */
    public static String escaped(String text) {
        StringBuilder escaped = new StringBuilder(text.length() + 16);
        text.codePoints().forEach(c -> {
            switch (c) {
                case '&' -> escaped.append("&amp;");
                case '<' -> escaped.append("&lt;");
                case '>' -> escaped.append("&gt;");
                case '"' -> escaped.append("&quot;");
                case '\'' -> escaped.append("&#39;");
                default -> {
                    boolean turns =
                            (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) || c == 0x200E || c == 0x200F;
                    boolean control = (c < 0x20 && c != '\t' && c != '\n') || c == 0xFFFE || c == 0xFFFF;
                    if (!turns && !control) {
                        escaped.appendCodePoint(c);
                    }
                }
            }
        });
        return escaped.toString();
    }
}
