package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import ledger287.reporting.dashboard.Block.Cell;
import ledger287.reporting.dashboard.Block.Choice;
import ledger287.reporting.dashboard.Block.Column;
import ledger287.reporting.dashboard.ImportedRows.Import;
import ledger287.reporting.dashboard.ImportedRows.Line;
import ledger287.reporting.dashboard.ImportedRows.Part;
import ledger287.reporting.dashboard.ImportedRows.Tally;
import ledger287.reporting.problem.Problem;
import org.jspecify.annotations.Nullable;

/** A workbook's rows, each with what became of it, counted beside the figures of the import's report. */
final class ImportReport {
    private static final String IMPORTED = "org.ledger287.sheet.imported.v1";
    private static final int A_PAGE = 200;
    private static final Pattern PAGE = Pattern.compile("[1-9][0-9]{0,6}");
    private final Visit visit;
    private final Words words;
    private final ChangeCards cards;
    private final ImportedRows rows;

    ImportReport(Visit visit, ImportedRows rows) {
        this.visit = visit;
        this.words = visit.words();
        this.cards = new ChangeCards(visit);
        this.rows = rows;
    }

    /** @param history of the workbook, the oldest event first; without an import in it no row is published */
    List<Block> of(List<JsonNode> history) throws SQLException, IOException {
        Optional<JsonNode> imported = history.reversed().stream()
                .filter(event -> IMPORTED.equals(event.path("type").asText()))
                .findFirst();
        return imported.isPresent()
                ? of(imported.get())
                : List.of(
                        new Block.Prose(
                                "note",
                                Rich.of(
                                        words.of(
                                                "Nothing of this workbook is published, so the public log has none of its rows; the importing service keeps them."))));
    }

    private List<Block> of(JsonNode imported) throws SQLException, IOException {
        JsonNode report = imported.path("data").path("sheet");
        Import done = new Import(
                report.path("kind").asText(),
                visit.api()
                        .question(Query.EMPTY.with(
                                "position", imported.path("cursor").asText()))
                        .moment());
        Tally tally = rows.tally(done);
        Part only = part();
        long all = only == null ? tally.lines() : tally.of(only);
        long offset = offset(all);
        List<Block> blocks = new ArrayList<>(accounts(report, tally));
        blocks.add(new Block.Links(words.of("Which rows"), choices(tally, only)));
        blocks.add(lines(done, rows.lines(done, tally, only, offset, A_PAGE), only, offset, all));
        List<Choice> pages = pages(only, offset, all);
        if (!pages.isEmpty()) {
            blocks.add(new Block.Links(words.of("More"), pages));
        }
        return blocks;
    }

    /** How many rows became what, here and in the report, and whether that is every row. */
    private List<Block> accounts(JsonNode report, Tally tally) {
        boolean pending = "pending".equals(report.path("kind").asText());
        JsonNode changes = report.path("changes");
        long listed = report.path("listed_after").asLong();
        long brought = changes.path(pending ? "applied" : "signed").asLong();
        long changed = ImportedRows.changesInReports(pending).stream()
                .mapToLong(name -> changes.path(name).asLong())
                .sum();
        long twice = twice(report);
        long data = report.path("rows").path("data").asLong();
        boolean agree = tally.of(Part.NEW) == brought
                && tally.of(Part.CHANGED) == changed
                && tally.listed() == listed
                && data + twice == listed;
        List<List<Cell>> counts = new ArrayList<>();
        counts.add(count(Part.NEW, tally, brought));
        counts.add(count(Part.CHANGED, tally, changed));
        counts.add(count(Part.SAME, tally, listed - brought - changed));
        counts.add(List.of(
                Cell.text(words.of("Together, as listed after")),
                Cell.number(words.number(tally.listed()), null),
                Cell.number(words.number(listed), null)));
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Prose(agree ? "note" : "warning", Rich.of(said(report, agree, data, twice))));
        blocks.add(new Block.Table(
                "accounts-table",
                words.of("What became of the rows"),
                List.of(
                        new Column(words.of("Rows"), false),
                        new Column(words.of("Told here"), true),
                        new Column(words.of("In the report"), true)),
                counts,
                words.of("None.")));
        return blocks;
    }

    private String said(JsonNode report, boolean agree, long data, long twice) {
        if (!agree) {
            return words.of(
                    "The public log and the report of this import do not agree, as the table below shows: rows may be missing here. Data rows in the report: {0}.",
                    words.number(data));
        }
        String said = words.of(
                "Data rows: {0}. Each is told below: with its number in the workbook where it brought or changed something; where it left all as it was, by what it stands for, since the public log gives such rows no number.",
                words.number(data));
        if (twice > 0) {
            said += " " + words.of("Told twice, since they name two models: {0}.", words.number(twice));
        }
        long doubted = report.path("rows").path("under_review").asLong();
        return doubted == 0 ? said : said + " " + words.of("Under review among them: {0}.", words.number(doubted));
    }

    /** Rows that stand for two agreements each. */
    private static long twice(JsonNode report) {
        for (JsonNode difference : report.path("differences")) {
            if ("two_support_types".equals(difference.path("kind").asText())) {
                return difference.path("count").asLong();
            }
        }
        return 0;
    }

    private List<Cell> count(Part part, Tally tally, long reported) {
        return List.of(
                Cell.text(words.of(part.title())),
                Cell.number(words.number(tally.of(part)), here(part, 1)),
                Cell.number(words.number(reported), null));
    }

    private List<Choice> choices(Tally tally, @Nullable Part only) {
        List<Choice> choices = new ArrayList<>();
        choices.add(new Choice(words.of("All") + ": " + words.number(tally.lines()), here(null, 1), only == null));
        for (Part part : Part.values()) {
            choices.add(new Choice(
                    words.of(part.title()) + ": " + words.number(tally.of(part)), here(part, 1), part == only));
        }
        return choices;
    }

    private List<Choice> pages(@Nullable Part only, long offset, long all) {
        List<Choice> pages = new ArrayList<>();
        long page = offset / A_PAGE + 1;
        if (page > 1) {
            pages.add(new Choice(words.of("Previous page"), here(only, page - 1), false));
        }
        if (offset + A_PAGE < all) {
            pages.add(new Choice(words.of("Next page"), here(only, page + 1), false));
        }
        return pages;
    }

    private Block lines(Import done, List<Line> lines, @Nullable Part only, long offset, long all) {
        List<List<Cell>> cells = new ArrayList<>();
        boolean tabs = lines.stream()
                        .map(line -> line.event().path("data").path("evidence").path("tab"))
                        .filter(JsonNode::isTextual)
                        .distinct()
                        .count()
                > 1;
        for (Line line : lines) {
            JsonNode image = line.image();
            cells.add(image == null ? changed(line.event(), tabs) : same(done, image, line.event()));
        }
        String title = words.of(only == null ? "Lines of the report" : only.title()) + ": " + words.number(all);
        return new Block.Table(
                "row-by-row-table",
                all <= A_PAGE
                        ? title
                        : title + "; "
                                + words.of(
                                        "shown are {0} to {1}",
                                        words.number(offset + 1), words.number(offset + lines.size())),
                List.of(
                        new Column(words.of("Row"), false),
                        new Column(words.of("What became of it"), false),
                        new Column(words.of("Of"), false),
                        new Column(words.of("Before and after, or the receipt"), false)),
                cells,
                words.of("None."),
                all);
    }

    /** What a row brought or changed, or what no row shows. The link leads to every receipt. */
    private List<Cell> changed(JsonNode event, boolean tabs) {
        ChangeCard card = cards.of(event);
        JsonNode evidence = event.path("data").path("evidence");
        JsonNode number = evidence.path("row");
        Rich row = Rich.of(number.isNumber() ? words.number(number) : words.of("no row"));
        if (tabs && number.isNumber()) {
            row = row.and(", ").and(Span.foreign(evidence.path("tab").asText()));
        }
        return List.of(
                new Cell(row, false),
                Cell.text(card.verb()),
                new Cell(card.subject(), false),
                new Cell(card.changed().isEmpty() ? receipt(event, card) : fields(card), false));
    }

    private static Rich fields(ChangeCard card) {
        Rich changed = new Rich(List.of());
        for (ChangeCard.Changed field : card.changed()) {
            changed = (changed.spans().isEmpty() ? changed : changed.and("; "))
                    .and(field.field() + ": ")
                    .and(Span.foreign(field.from()))
                    .and(" → ")
                    .and(Span.foreign(field.to()));
        }
        return changed;
    }

    /** Of what is new, the row's cells as they stood; of the rest, where it is written. */
    private static Rich receipt(JsonNode event, ChangeCard card) {
        JsonNode data = event.path("data");
        if (!data.path("before").isObject() && data.path("evidence").path("raw").isObject()) {
            return ChangeCards.cells(data.path("evidence"));
        }
        return card.receipt().isEmpty() ? new Rich(List.of()) : card.receipt().getFirst();
    }

    /** A row that left all as it was: what it stands for, and the change that this rests on. */
    private List<Cell> same(Import done, JsonNode image, JsonNode last) {
        Rich subject = cards.subject("pending".equals(done.kind()) ? "application" : "agreement", image);
        ChangeCard card = cards.of(last);
        Rich receipt = Rich.of(words.of("last change:") + " " + card.verb());
        return List.of(
                Cell.text(words.of("no number")),
                Cell.text(words.of("As before")),
                new Cell(
                        image.path("provisional").asBoolean()
                                ? subject.and(" ").and(Span.badge(words.of("provisional")))
                                : subject,
                        false),
                new Cell(
                        card.receipt().isEmpty()
                                ? receipt
                                : receipt.and(". ").and(card.receipt().getFirst()),
                        false));
    }

    private @Nullable Part part() {
        String asked = visit.parameter("rows");
        return asked == null
                ? null
                : Arrays.stream(Part.values())
                        .filter(part -> part.code().equals(asked))
                        .findFirst()
                        .orElseThrow(
                                () -> Problem.parameter("rows", "'rows' takes 'new', 'changed', 'beside' or 'same'."));
    }

    private long offset(long all) {
        String asked = visit.parameter("page");
        if (asked == null) {
            return 0;
        }
        long offset = PAGE.matcher(asked).matches() ? (Long.parseLong(asked) - 1) * A_PAGE : -1;
        if (offset < 0 || (offset > 0 && offset >= all)) {
            throw Problem.parameter(
                    "page", "'page' takes a number from 1 to %d.".formatted(Math.max(1, (all + A_PAGE - 1) / A_PAGE)));
        }
        return offset;
    }

    private String here(@Nullable Part part, long page) {
        return visit.href(
                visit.path(),
                Query.EMPTY
                        .with("rows", part == null ? null : part.code())
                        .with("page", page == 1 ? null : Long.toString(page)));
    }
}
