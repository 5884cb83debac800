package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import ledger287.reporting.dashboard.Block.Cell;
import ledger287.reporting.dashboard.Block.Choice;
import ledger287.reporting.dashboard.Block.Column;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The pages of the workbooks: all of them, each one's report, and where an importer works. */
@Singleton
final class Workbooks {
    /** Counts whose own names are those of single things, which not every language calls alike. */
    private static final Map<String, String> COUNTED = Map.of(
            "repaired", "rows repaired",
            "granted", "applications granted",
            "ended", "agreements ended",
            "returned_to_pending", "agreements returned to pending");

    private final ImportedRows rows;
    private final String agreementsUrl;

    Workbooks(ImportedRows rows, @ConfigProperty(name = "ledger287.reporting.agreements-url") String agreementsUrl) {
        this.rows = rows;
        this.agreementsUrl = agreementsUrl.replaceAll("/+$", "");
    }

    PageModel imports(Visit visit) throws SQLException, IOException {
        Words words = visit.words();
        Names names = new Names(visit);
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode sheet :
                Figures.items(visit.api().sources(visit.momentKnown())).reversed()) {
            rows.add(List.of(
                    Cell.of(Span.plain(words.publication(sheet))
                            .to(visit.href("/imports/" + sheet.path("sheet_id").asText()))),
                    Cell.text(names.workbook(sheet.path("kind").asText())),
                    Cell.of(Span.foreign(sheet.path("file_name").asText())),
                    Cell.text(names.status(sheet.path("status").asText())),
                    Cell.number(
                            words.number(sheet.path("rows").path("data")),
                            visit.href("/imports/" + sheet.path("sheet_id").asText()) + "#rows-table"),
                    Cell.number(words.number(sheet.path("listed_after")), listedAfter(visit, sheet)),
                    Cell.of(Span.code(shortHash(sheet)))));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Block.Prose(
                        "lede",
                        Rich.of(
                                words.of(
                                        "ICE overwrites its two workbooks and keeps no archive. These are the ones this ledger rests on, each known by the hash of its bytes."))));
        blocks.add(new Block.Table(
                "imports-table",
                words.of("Workbooks: {0}", words.number(rows.size())),
                List.of(
                        new Column(words.of("Published"), false),
                        new Column(words.of("Workbook"), false),
                        new Column(words.of("File"), false),
                        new Column(words.of("Status"), false),
                        new Column(words.of("Rows"), true),
                        new Column(words.of("Listed after"), true),
                        new Column("SHA-256", false)),
                rows,
                words.of("No workbook has been imported yet.")));
        blocks.add(new Block.Links(
                words.of("For importers and downloads"),
                List.of(
                        new Choice(words.of("Import a workbook"), visit.href("/importer"), false),
                        new Choice("CSV", visit.data("/v1/sources.csv", Query.EMPTY), false),
                        new Choice("JSON", visit.data("/v1/sources", Query.EMPTY), false))));
        return new PageModel(null, Rich.of(words.of("Workbooks")), blocks);
    }

    PageModel sheet(Visit visit, String id) throws SQLException, IOException {
        Words words = visit.words();
        Names names = new Names(visit);
        JsonNode sheet = visit.api().one("sources", id, visit.momentKnown());
        List<Block> blocks = new ArrayList<>();
        List<Block.Fact> facts = new ArrayList<>();
        facts.add(
                fact(words, "File", Rich.of(Span.foreign(sheet.path("file_name").asText()))));
        facts.add(fact(words, "SHA-256", Rich.of(Span.code(sheet.path("sha256").asText()))));
        facts.add(fact(
                words,
                "Published",
                Rich.of(words.time(sheet.path("published_at").asText()))));
        facts.add(fact(
                words, "Recorded", Rich.of(words.time(sheet.path("recorded_at").asText()))));
        facts.add(
                fact(words, "Status", Rich.of(names.status(sheet.path("status").asText()))));
        facts.add(fact(
                words,
                "Listed after",
                Rich.of(Span.plain(words.number(sheet.path("listed_after"))).to(listedAfter(visit, sheet)))));
        blocks.add(new Block.Facts(facts));
        blocks.add(new Block.Pair(List.of(
                counts(words, "rows-table", "Rows", sheet.path("rows"), "Every row is accounted for; none is dropped."),
                counts(words, "changes-table", changed(sheet), sheet.path("changes"), changedNothing(sheet)))));
        List<List<Cell>> differences = new ArrayList<>();
        for (JsonNode difference : sheet.path("differences")) {
            differences.add(List.of(
                    new Cell(words.said(difference.path("explanation").asText()), false),
                    Cell.number(words.number(difference.path("count")), null)));
        }
        blocks.add(new Block.Table(
                "differences-table",
                words.of("Differences between rows and agreements, explained"),
                List.of(new Column(words.of("Explanation"), false), new Column(words.of("Rows"), true)),
                differences,
                words.of("None: every row is one agreement or application.")));
        List<JsonNode> history = Figures.items(visit.api().history("sources", id, visit.momentKnown()));
        blocks.add(new Block.Heading(words.of("Row by row"), "rows"));
        blocks.addAll(new ImportReport(visit, rows).of(history));
        blocks.add(new Block.Links(
                words.of("Every row with its number and cells"),
                List.of(new Choice(
                        words.of("All rows, as the importing service keeps them (JSON)"),
                        agreementsUrl + "/v1/sheets/" + id + "/rows",
                        false))));
        if (history.size() > 1) {
            blocks.add(new Block.Heading(words.of("Timeline, with receipts"), "timeline"));
            blocks.add(new Block.Feed(
                    "timeline-feed",
                    new ChangeCards(visit).of(history.reversed()),
                    Absences.suchChanges(visit),
                    false,
                    ""));
        }
        return new PageModel(
                words.of("Workbook"),
                Rich.of(names.workbook(sheet.path("kind").asText()) + ", " + words.publication(sheet)),
                blocks);
    }

    /** A workbook that is held or was rejected has changed nothing, whatever its report foresees. */
    private static String changed(JsonNode sheet) {
        return switch (sheet.path("status").asText()) {
            case "held" -> "What it would change; nothing is published";
            case "rejected" -> "What it would have changed; nothing was published";
            case "retracted" -> "What it changed, since taken back";
            default -> "What it changed";
        };
    }

    private static String changedNothing(JsonNode sheet) {
        return switch (sheet.path("status").asText()) {
            case "held" -> "It would change nothing.";
            case "rejected" -> "It would have changed nothing.";
            default -> "It changed nothing.";
        };
    }

    /** The list as the workbook left it; null while it has left none. */
    private static @Nullable String listedAfter(Visit visit, JsonNode sheet) {
        if (!"imported".equals(sheet.path("status").asText())) {
            return null;
        }
        return visit.hrefAsOf(
                "pending".equals(sheet.path("kind").asText()) ? "/applications" : "/agreements",
                Query.EMPTY,
                sheet.path("published_at").asText());
    }

    private static Block.Table counts(Words words, String id, String caption, JsonNode counts, String empty) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> count : counts.properties()) {
            if (count.getValue().asLong() == 0 && !"data".equals(count.getKey())) {
                continue;
            }
            rows.add(List.of(
                    Cell.text(capital(words.of(
                            COUNTED.getOrDefault(count.getKey(), count.getKey().replace('_', ' '))))),
                    Cell.number(words.number(count.getValue()), null)));
        }
        return new Block.Table(
                id,
                words.of(caption),
                List.of(new Column(words.of("Kind"), false), new Column(words.of("Count"), true)),
                rows,
                words.of(empty));
    }

    private static String capital(String text) {
        return text.substring(0, 1).toUpperCase(Locale.ROOT) + text.substring(1);
    }

    /** Where an importer works: the page talks to the service that imports, with a key that it forgets. */
    PageModel importer(Visit visit) {
        return new PageModel(
                null, Rich.of(visit.words().of("Import a workbook")), List.of(new Block.Importer(agreementsUrl)));
    }

    String agreementsUrl() {
        return agreementsUrl;
    }

    private static Block.Fact fact(Words words, String english, Rich value) {
        return new Block.Fact(words.of(english), List.of(value));
    }

    private static String shortHash(JsonNode sheet) {
        String hash = sheet.path("sha256").asText();
        return hash.length() > 12 ? hash.substring(0, 12) + "…" : hash;
    }
}
