package ledger287.agreements.sheet;

import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** How the workbook's styles show a number: as a date, or as a number. */
final class CellFormats {
    /** The format's built-in date formats, by number (ECMA-376 part 1, §18.8.30), in the U.S. locale. */
    private static final Map<Integer, String> BUILT_IN =
            Map.of(14, "m/d/yyyy", 15, "d-mmm-yy", 16, "d-mmm", 17, "mmm-yy", 22, "m/d/yyyy h:mm");

    private static final int REMEMBERED = 10_000;

    /** By style number; null where the style is no date format. */
    private final List<@Nullable DateTimeFormatter> byStyle;

    /** Days recur; formatting one takes longer than reading its row. */
    private final Map<Long, String> shown = new HashMap<>();

    private CellFormats(List<@Nullable DateTimeFormatter> byStyle) {
        this.byStyle = byStyle;
    }

    static CellFormats read(WorkbookArchive archive, @Nullable String part, ReadingLimits limits) {
        List<@Nullable DateTimeFormatter> byStyle = new ArrayList<>();
        if (part == null || !archive.has(part)) {
            return new CellFormats(byStyle);
        }
        Map<Integer, String> codes = new HashMap<>(BUILT_IN);
        Map<Integer, @Nullable DateTimeFormatter> formats = new HashMap<>();
        try (XmlPart xml = XmlPart.open(archive, part)) {
            boolean cellStyles = false;
            while (xml.next()) {
                if (xml.atStart("numFmt")) {
                    String code = xml.attribute("formatCode");
                    if (code != null) {
                        codes.put(xml.number("numFmtId", -1), code);
                    }
                } else if (xml.atStart("cellXfs")) {
                    cellStyles = true;
                } else if (xml.atEnd("cellXfs")) {
                    cellStyles = false;
                } else if (cellStyles && xml.atStart("xf")) {
                    int format = xml.number("numFmtId", 0);
                    byStyle.add(formats.computeIfAbsent(format, number -> dateFormat(codes.get(number))));
                }
            }
        }
        return new CellFormats(byStyle);
    }

    /** The number as a day in the style's format, or null when the style does not show numbers as days. */
    @Nullable
    String shown(int style, DateSystem dates, double serial) {
        DateTimeFormatter format = style >= 0 && style < byStyle.size() ? byStyle.get(style) : null;
        if (format == null) {
            return null;
        }
        long key = (long) style << 32 | ((long) serial & 0xFFFFFFFFL);
        String known = shown.get(key);
        if (known != null) {
            return known;
        }
        LocalDate day = dates.day(serial);
        if (day == null) {
            return null;
        }
        String text = format.format(day);
        if (shown.size() < REMEMBERED) {
            shown.put(key, text);
        }
        return text;
    }

    /** Days only: the time of day in a SIGNED cell says nothing. Codes beyond these letters show as ISO dates. */
    private static @Nullable DateTimeFormatter dateFormat(@Nullable String code) {
        if (code == null) {
            return null;
        }
        // Colours, locales and conditions in brackets, quoted text, escapes and fill characters are decoration.
        String bare = code.split(";", 2)[0]
                .replaceAll("\\[[^\\]]*\\]|\"[^\"]*\"|[*_].", "")
                .replace("\\", "")
                .toLowerCase(Locale.ROOT)
                .replaceAll("\\s*(h+(:mm)?(:ss)?(\\.0+)?( am/pm)?|@)\\s*", "");
        boolean date = bare.contains("y") || bare.contains("d");
        if (!date) {
            return null;
        }
        return bare.matches("[dmy/ ,.\\-]+")
                ? DateTimeFormatter.ofPattern(pattern(bare), Locale.US)
                : DateTimeFormatter.ISO_LOCAL_DATE;
    }

    private static String pattern(String code) {
        return code.replaceAll("y{3,}", "uuuu")
                .replaceAll("y{1,2}", "uu")
                .replaceAll("m{5,}", "MMMMM")
                .replaceAll("(?<!m)m{4}(?!m)", "MMMM")
                .replace('m', 'M')
                .replaceAll("d{4,}", "EEEE")
                .replaceAll("d{3}", "EEE");
    }
}
