package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.dashboard.Block.Cell;
import ledger287.reporting.dashboard.Block.Choice;
import ledger287.reporting.dashboard.Block.Column;
import ledger287.reporting.geography.State;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.query.Moment;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** The pages of changes, of corrections, and of the workbooks that brought them. */
@Singleton
final class Logs {
    private static final int A_PAGE = 50;
    private static final int MOST_ROWS = 2_000;

    private final RecentChanges changes;
    private final String agreementsUrl;

    Logs(RecentChanges changes, @ConfigProperty(name = "ledger287.reporting.agreements-url") String agreementsUrl) {
        this.changes = changes;
        this.agreementsUrl = agreementsUrl.replaceAll("/+$", "");
    }

    PageModel changes(Visit visit) throws SQLException, IOException {
        Words words = visit.words();
        String tone = visit.parameter("tone");
        Set<String> only = tone == null ? Set.of() : ChangeWords.types(tone);
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Block.Prose(
                        "lede",
                        Rich.of(
                                words.of(
                                        "Every change that the ledger knows, newest first, with what it was before and where it is written."))));
        List<Choice> tones = new ArrayList<>();
        tones.add(new Choice(words.of("All"), visit.href("/changes"), tone == null));
        for (Map.Entry<String, String> choice : List.of(
                Map.entry("addition", "Additions"),
                Map.entry("correction", "Corrections"),
                Map.entry("departure", "Departures"),
                Map.entry("review", "Reviews"))) {
            tones.add(new Choice(
                    words.of(choice.getValue()),
                    visit.href("/changes", Query.EMPTY.with("tone", choice.getKey())),
                    choice.getKey().equals(tone)));
        }
        blocks.add(new Block.Links(words.of("Kinds of change"), tones));
        List<JsonNode> newest = changes.newest(
                moment(visit),
                new RecentChanges.Selection(
                        only, only.isEmpty() ? ChangeWords.ECHOES : Set.of(), state(visit), below(visit), A_PAGE));
        blocks.add(new Block.Feed(
                "feed",
                new ChangeCards(visit).of(newest),
                words.of("Nothing has changed yet."),
                visit.live() && below(visit) == null));
        older(visit, "/changes", newest, blocks);
        blocks.add(new Block.Links(
                words.of("Subscribe and download"),
                List.of(
                        new Choice("JSON", "/v1/changes", false),
                        new Choice("CSV", "/v1/changes.csv", false),
                        new Choice("Atom", "/v1/changes.atom", false),
                        new Choice(words.of("Event stream"), "/v1/stream", false))));
        return new PageModel(null, Rich.of(words.of("Changes")), blocks);
    }

    PageModel corrections(Visit visit) throws SQLException, IOException {
        Words words = visit.words();
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Block.Prose(
                        "lede",
                        Rich.of(
                                words.of(
                                        "What was said before and is said otherwise now: by ICE in a later workbook, by a source in a later claim, or by an editor of this ledger. Nothing is overwritten; every earlier figure can still be asked for."))));
        List<JsonNode> newest = changes.newest(
                moment(visit),
                new RecentChanges.Selection(
                        ChangeWords.types("correction"), Set.of(), state(visit), below(visit), A_PAGE));
        blocks.add(new Block.Feed(
                "feed",
                new ChangeCards(visit).of(newest),
                words.of("Nothing has been corrected yet."),
                visit.live() && below(visit) == null));
        older(visit, "/corrections", newest, blocks);
        return new PageModel(null, Rich.of(words.of("Corrections")), blocks);
    }

    private static void older(Visit visit, String path, List<JsonNode> shown, List<Block> blocks) {
        String oldest = RecentChanges.oldest(shown);
        if (oldest != null && shown.size() == A_PAGE) {
            blocks.add(new Block.Links(
                    visit.words().of("More"),
                    List.of(new Choice(
                            visit.words().of("Older changes"),
                            visit.href(path, visit.own().with("before", oldest)),
                            false))));
        }
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
                    Cell.number(words.number(sheet.path("rows").path("data")), null),
                    Cell.number(words.number(sheet.path("listed_after")), null),
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
        JsonNode sheet = Figures.items(visit.api().sources(visit.momentKnown())).stream()
                .filter(one -> one.path("sheet_id").asText().equals(id))
                .findFirst()
                .orElseThrow(() ->
                        new Problem(ProblemType.NOT_FOUND, "No workbook %s is known at this moment.".formatted(id)));
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
        facts.add(fact(words, "Listed after", Rich.of(words.number(sheet.path("listed_after")))));
        blocks.add(new Block.Facts(facts));
        blocks.add(counts(
                words, "rows-table", "Rows", sheet.path("rows"), "Every row is accounted for; none is dropped."));
        blocks.add(counts(words, "changes-table", "What it changed", sheet.path("changes"), "It changed nothing."));
        List<List<Cell>> differences = new ArrayList<>();
        for (JsonNode difference : sheet.path("differences")) {
            differences.add(List.of(
                    Cell.of(Span.foreign(difference.path("explanation").asText())),
                    Cell.number(words.number(difference.path("count")), null)));
        }
        blocks.add(new Block.Table(
                "differences-table",
                words.of("Differences between rows and agreements, explained"),
                List.of(new Column(words.of("Explanation"), false), new Column(words.of("Rows"), true)),
                differences,
                words.of("None: every row is one agreement or application.")));
        Cursor cursor = Cursor.parse(sheet.path("cursor").asText())
                .orElseThrow(() -> new IllegalStateException("A source without a cursor: " + sheet));
        List<JsonNode> events = changes.sameAppend(moment(visit), cursor, MOST_ROWS);
        blocks.add(new Block.Heading(words.of("Row by row: what this workbook changed"), "rows"));
        blocks.add(
                new Block.Feed("rows-feed", new ChangeCards(visit).of(events), words.of("It changed nothing."), false));
        blocks.add(new Block.Links(
                words.of("Every row, changed or not"),
                List.of(new Choice(
                        words.of("All rows, as the importing service keeps them (JSON)"),
                        agreementsUrl + "/v1/sheets/" + id + "/rows",
                        false))));
        return new PageModel(
                words.of("Workbook"),
                Rich.of(names.workbook(sheet.path("kind").asText()) + ", " + words.publication(sheet)),
                blocks);
    }

    private static Block counts(Words words, String id, String caption, JsonNode counts, String empty) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> count : counts.properties()) {
            rows.add(List.of(
                    Cell.text(words.of(count.getKey().replace('_', ' '))),
                    Cell.number(words.number(count.getValue()), null)));
        }
        return new Block.Table(
                id,
                words.of(caption),
                List.of(new Column(words.of("Kind"), false), new Column(words.of("Count"), true)),
                rows,
                words.of(empty));
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

    private static Moment moment(Visit visit) throws SQLException {
        return visit.api().question(visit.moment()).moment();
    }

    private static @Nullable String state(Visit visit) {
        String code = visit.parameter("state");
        if (code != null && State.of(code).isEmpty()) {
            throw Problem.parameter("state", "There is no state or territory '%s'.".formatted(code));
        }
        return code;
    }

    private static @Nullable Long below(Visit visit) {
        String before = visit.parameter("before");
        return before == null
                ? null
                : Cursor.parse(before)
                        .orElseThrow(() -> Problem.parameter(
                                "before", "'before' takes a cursor as pages and answers give it (1a2b3c4d-4711)."))
                        .sequence();
    }
}
