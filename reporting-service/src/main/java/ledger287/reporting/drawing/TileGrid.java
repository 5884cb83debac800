package ledger287.reporting.drawing;

import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * One tile for each state, D.C. and territory, about where it lies on the map. All are alike in size, for what is counted
 * are agreements, not acres. Each tile bears its figure, so that its shade is never the only way to read it.
 */
public final class TileGrid {
    /** Rows of the grid as newsrooms know it; territories stand apart in the last row. */
    private static final List<String> ROWS = List.of(
            "AK . . . . . . . . . ME",
            ". . . . . . . . . VT NH",
            "WA ID MT ND MN IL WI MI NY RI MA",
            "OR NV WY SD IA IN OH PA NJ CT .",
            "CA UT CO NE MO KY WV VA MD DE .",
            ". AZ NM KS AR TN NC SC DC . .",
            ". . . OK LA MS AL GA . . .",
            "HI . . TX . . . . FL . .",
            ". AS GU MP . . . . . PR VI");

    /** How many of the largest are ranked beside the grid, where there is room. */
    private static final int RANKED = 12;

    private static final int WIDE = 960;

    private static final long[] BINS = {1, 5, 10, 25, 100};

    private TileGrid() {}

    /**
     * @param label name and figure, for those who cannot see them
     * @param value null where nothing is known
     */
    public record Tile(
            String code,
            String name,
            String label,
            String href,
            @Nullable Long value) {}

    public static String wide(String label, List<Tile> tiles, LongFunction<String> number, String unit) {
        return draw(62, 6, 17, label, tiles, number, unit);
    }

    public static String narrow(String label, List<Tile> tiles, LongFunction<String> number, String unit) {
        return draw(31, 2, 11, label, tiles, number, unit);
    }

    /** The class of a shade: how many bins lie at or below the figure. */
    static int bin(long value) {
        int bin = 0;
        while (bin < BINS.length && value >= BINS[bin]) {
            bin++;
        }
        return bin;
    }

    private static String draw(
            int size,
            int gap,
            int figureSize,
            String label,
            List<Tile> tiles,
            LongFunction<String> number,
            String unit) {
        Map<String, Tile> byCode = new HashMap<>();
        tiles.forEach(tile -> byCode.put(tile.code(), tile));
        int step = size + gap;
        int legend = size > 40 ? 46 : 40;
        boolean wide = size > 40;
        Svg svg = Svg.group(wide ? WIDE : 11 * step - gap, ROWS.size() * step + legend, label);
        legend(svg, size, unit, number);
        for (int row = 0; row < ROWS.size(); row++) {
            String[] codes = ROWS.get(row).split(" ", -1);
            for (int column = 0; column < codes.length; column++) {
                Tile tile = byCode.get(codes[column]);
                if (tile == null) {
                    continue;
                }
                double x = column * (double) step;
                double y = legend + row * (double) step;
                Long value = tile.value();
                String shade = value == null ? "unknown" : "b" + bin(value);
                svg.openLink(tile.href(), tile.label());
                svg.rect(x, y, size, size, "tile " + shade);
                svg.text(
                        x + size / 2.0,
                        y + size * 0.42,
                        "middle",
                        "tile-code on-" + shade + (size > 40 ? "" : " small"),
                        tile.code());
                svg.text(
                        x + size / 2.0,
                        y + size * 0.42 + figureSize + 2.0,
                        "middle",
                        "tile-figure on-" + shade + (size > 40 ? "" : " small"),
                        value == null ? "?" : number.apply(value));
                svg.closeLink();
            }
        }
        if (wide) {
            ranks(svg, tiles, 11 * step + 34.0, legend, number);
        }
        return svg.end();
    }

    /** The largest beside the grid. */
    private static void ranks(Svg svg, List<Tile> tiles, double x, double top, LongFunction<String> number) {
        List<Tile> ranked = tiles.stream()
                .filter(tile -> value(tile) > 0)
                .sorted(Comparator.comparingLong(tile -> -value(tile)))
                .limit(RANKED)
                .toList();
        svg.openSilent();
        for (int i = 0; i < ranked.size(); i++) {
            double y = top + i * 46.0;
            double share = (double) value(ranked.get(i)) / value(ranked.getFirst());
            svg.text(x, y + 14, "start", "multiple-name", ranked.get(i).name());
            svg.text(WIDE, y + 14, "end", "multiple-figure", number.apply(value(ranked.get(i))));
            svg.rect(x, y + 21, share * (WIDE - x), 7, "bar");
        }
        svg.closeGroup();
    }

    private static long value(Tile tile) {
        Long value = tile.value();
        return value == null ? 0 : value;
    }

    private static void legend(Svg svg, int size, String unit, LongFunction<String> number) {
        boolean wide = size > 40;
        double box = wide ? 66 : 42;
        double begin = wide ? 300 : 84;
        String words = wide ? "tick" : "tick small";
        svg.text(0, wide ? 15 : 12, "start", words, unit);
        for (int bin = 0; bin <= BINS.length; bin++) {
            double left = begin + bin * box;
            svg.rect(left, 2, box - 2, wide ? 12 : 8, "tile b" + bin);
            svg.text(left + (box - 2) / 2, wide ? 29 : 22, "middle", words, range(bin, number));
        }
    }

    private static String range(int bin, LongFunction<String> number) {
        if (bin == 0) {
            return number.apply(0);
        }
        String from = number.apply(BINS[bin - 1]);
        return bin == BINS.length ? from + "+" : from + "–" + number.apply(BINS[bin] - 1);
    }
}
