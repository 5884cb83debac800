package ledger287.reporting.dashboard;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part of a page. */
public sealed interface Block {
    /** For the template: which of its parts shows the block. */
    String kind();

    /** A heading of the second level; the parts up to the next one belong to it. */
    record Heading(String text, @Nullable String id) implements Block {
        @Override
        public String kind() {
            return "heading";
        }
    }

    /** @param tone {@code lede}, {@code note}, {@code warning} or {@code plain} */
    record Prose(String tone, Rich text) implements Block {
        @Override
        public String kind() {
            return "prose";
        }
    }

    /** Figures that a reader sees first, each with a way to the rows behind it. */
    record Counters(List<Counter> counters) implements Block {
        @Override
        public String kind() {
            return "counters";
        }
    }

    /**
     * @param id names the figure in the page, and its definition
     * @param rows address of the rows behind it
     */
    record Counter(String id, String label, String figure, String note, String rows, String definition) {
        /** Whether it is more words than number, and wants smaller letters. */
        public boolean wordy() {
            return figure.length() > 7;
        }
    }

    /** Names and what belongs to them. */
    record Facts(List<Fact> facts) implements Block {
        @Override
        public String kind() {
            return "facts";
        }
    }

    /** @param id where a link to its definition leads; null when nothing leads to it */
    record Fact(@Nullable String id, String name, List<Rich> values) {
        Fact(String name, List<Rich> values) {
            this(null, name, values);
        }
    }

    /**
     * A table with headings of rows in its first column.
     *
     * @param count how many rows there are behind it, shown or not: the figure that led here; null when none did
     */
    record Table(
            String id,
            String caption,
            List<Column> columns,
            List<List<Cell>> rows,
            String empty,
            @Nullable Long count) implements Block {
        Table(String id, String caption, List<Column> columns, List<List<Cell>> rows, String empty) {
            this(id, caption, columns, rows, empty, null);
        }

        @Override
        public String kind() {
            return "table";
        }

        boolean isEmpty() {
            return rows.isEmpty();
        }
    }

    /** Tables side by side, where there is room. */
    record Pair(List<Table> tables) implements Block {
        @Override
        public String kind() {
            return "pair";
        }
    }

    record Column(String title, boolean number) {}

    /** @param number whether it stands at the right */
    record Cell(Rich text, boolean number) {
        static Cell text(String text) {
            return new Cell(Rich.of(text), false);
        }

        static Cell of(Span span) {
            return new Cell(Rich.of(span), false);
        }

        static Cell number(String text, @Nullable String href) {
            return new Cell(Rich.of(Span.plain(text).to(href)), true);
        }
    }

    /**
     * A drawing, its table, and the ways to take it along.
     *
     * @param wide and {@code narrow} SVG, for wide and for narrow screens
     * @param frozen address that shows the figure as it is now, for ever
     */
    record Figure(
            String name,
            String title,
            Rich deck,
            String wide,
            String narrow,
            Table table,
            List<Choice> choices,
            Rich note,
            String permalink,
            String frozen,
            String embed,
            String frozenEmbed,
            String module,
            String svg,
            String csv,
            String citation)
            implements Block {
        @Override
        public String kind() {
            return "figure";
        }
    }

    /** One of several ways to look at something. */
    record Choice(String label, String href, boolean chosen) {}

    /**
     * Changes, newest first.
     *
     * @param count how many there are beside those shown; empty where nobody asks
     */
    record Feed(String id, List<ChangeCard> changes, String empty, boolean live, String count) implements Block {
        @Override
        public String kind() {
            return "feed";
        }
    }

    /** A search field, and what goes with it. */
    record Search(String action, String label, String value, List<Hidden> hidden) implements Block {
        @Override
        public String kind() {
            return "search";
        }
    }

    record Hidden(String name, String value) {}

    /** Links side by side. */
    record Links(String label, List<Choice> links) implements Block {
        @Override
        public String kind() {
            return "links";
        }
    }

    /** A line to quote, ready to copy. */
    record Citation(String text, String permalink) implements Block {
        @Override
        public String kind() {
            return "citation";
        }
    }

    /** The form with which an importer gives a workbook; it needs a script. */
    record Importer(String agreementsUrl) implements Block {
        @Override
        public String kind() {
            return "importer";
        }
    }

    /** Grows a list of blocks. */
    static List<Block> list() {
        return new ArrayList<>();
    }
}
