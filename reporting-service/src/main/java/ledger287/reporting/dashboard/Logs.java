package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.dashboard.Block.Cell;
import ledger287.reporting.dashboard.Block.Choice;
import ledger287.reporting.dashboard.Block.Column;
import ledger287.reporting.geography.State;
import ledger287.reporting.problem.Problem;
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
        Query within = visit.own().only(Set.of("state", "day"));
        tones.add(new Choice(words.of("All"), visit.href("/changes", within), tone == null));
        for (Map.Entry<String, String> choice : List.of(
                Map.entry("addition", "Additions"),
                Map.entry("correction", "Corrections"),
                Map.entry("departure", "Departures"),
                Map.entry("review", "Reviews"))) {
            tones.add(new Choice(
                    words.of(choice.getValue()),
                    visit.href("/changes", within.with("tone", choice.getKey())),
                    choice.getKey().equals(tone)));
        }
        blocks.add(new Block.Links(words.of("Kinds of change"), tones));
        RecentChanges.Selection wanted = new RecentChanges.Selection(
                only, only.isEmpty() ? ChangeWords.ECHOES : Set.of(), state(visit), above(visit), below(visit), A_PAGE);
        LocalDate day = day(visit);
        wanted = wanted.on(day);
        String after = visit.parameter("after");
        String count = "";
        if (day != null) {
            long then = changes.count(moment(visit), wanted);
            count = Long.toString(then);
            blocks.add(new Block.Prose(
                    "small",
                    words.rich(
                            then > A_PAGE
                                    ? "Changes that came to be known on {1}: {0}; the newest {3} are shown. {2}"
                                    : "Changes that came to be known on {1}: {0}. {2}",
                            Span.strong(words.number(then)),
                            Span.plain(words.day(day)),
                            Span.plain(words.of("All changes")).to(visit.href("/changes")),
                            Span.plain(words.number(A_PAGE)))));
        }
        if (after != null) {
            long since = changes.count(moment(visit), wanted);
            count = Long.toString(since);
            blocks.add(new Block.Prose(
                    "small",
                    words.rich(
                            since > A_PAGE
                                    ? "Changes since position {1}: {0}; the newest {3} are shown. {2}"
                                    : "Changes since position {1}: {0}. {2}",
                            Span.strong(words.number(since)),
                            Span.code(after),
                            Span.plain(words.of("All changes")).to(visit.href("/changes")),
                            Span.plain(words.number(A_PAGE)))));
        }
        List<JsonNode> newest = changes.newest(moment(visit), wanted);
        boolean filtered = !visit.own().parameters().isEmpty();
        blocks.add(new Block.Feed(
                "feed",
                new ChangeCards(visit).of(newest),
                filtered ? Absences.suchChanges(visit) : Absences.changes(visit),
                visit.live() && below(visit) == null,
                count));
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
                        ChangeWords.types("correction"), Set.of(), state(visit), 0, below(visit), A_PAGE));
        blocks.add(new Block.Feed(
                "feed",
                new ChangeCards(visit).of(newest),
                Absences.suchChanges(visit),
                visit.live() && below(visit) == null,
                ""));
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
        Cursor cursor = Cursor.parse(sheet.path("cursor").asText())
                .orElseThrow(() -> new IllegalStateException("A source without a cursor: " + sheet));
        List<JsonNode> events = changes.sameAppend(moment(visit), cursor, MOST_ROWS);
        blocks.add(new Block.Heading(words.of("Row by row: what this workbook changed"), "rows"));
        blocks.add(rowByRow(visit, events));
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

    /** What each row changed, in the workbook's order; then what was absent from it. The links lead to the receipts. */
    private static Block rowByRow(Visit visit, List<JsonNode> events) {
        Words words = visit.words();
        ChangeCards cards = new ChangeCards(visit);
        List<JsonNode> inOrder = new ArrayList<>(events);
        inOrder.removeIf(event -> event.path("type").asText().contains(".sheet."));
        inOrder.sort(Comparator.comparingLong(
                event -> rowNumber(event).isNumber() ? rowNumber(event).asLong() : Long.MAX_VALUE));
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode event : inOrder) {
            ChangeCard card = cards.of(event);
            Rich changed = new Rich(List.of());
            for (ChangeCard.Changed field : card.changed()) {
                changed = (changed.spans().isEmpty() ? changed : changed.and("; "))
                        .and(field.field() + ": ")
                        .and(Span.foreign(field.from()))
                        .and(" → ")
                        .and(Span.foreign(field.to()));
            }
            rows.add(List.of(
                    Cell.text(rowNumber(event).isNumber() ? words.number(rowNumber(event)) : words.of("no row")),
                    Cell.text(card.verb()),
                    new Cell(card.subject(), false),
                    new Cell(changed, false)));
        }
        return new Block.Table(
                "row-by-row-table",
                events.size() == MOST_ROWS
                        ? words.of("Changes: the first {0}", words.number(MOST_ROWS))
                        : words.of("Changes: {0}", words.number(rows.size())),
                List.of(
                        new Column(words.of("Row"), false),
                        new Column(words.of("Change"), false),
                        new Column(words.of("Of"), false),
                        new Column(words.of("Before and after"), false)),
                rows,
                words.of("It changed nothing."));
    }

    private static JsonNode rowNumber(JsonNode event) {
        return event.path("data").path("evidence").path("row");
    }

    private static Block.Table counts(Words words, String id, String caption, JsonNode counts, String empty) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> count : counts.properties()) {
            if (count.getValue().asLong() == 0 && !"data".equals(count.getKey())) {
                continue;
            }
            rows.add(List.of(
                    Cell.text(capital(words.of(count.getKey().replace('_', ' ')))),
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

    private static @Nullable LocalDate day(Visit visit) {
        String day = visit.parameter("day");
        try {
            return day == null ? null : LocalDate.parse(day);
        } catch (DateTimeException e) {
            throw Problem.parameter("day", "'day' takes a date such as 2025-06-06.");
        }
    }

    private static @Nullable Long below(Visit visit) {
        Cursor before = cursor(visit, "before");
        return before == null ? null : before.sequence();
    }

    private static long above(Visit visit) throws SQLException {
        Cursor after = cursor(visit, "after");
        if (after != null && !after.epoch().equals(moment(visit).cursor().epoch())) {
            throw Problem.parameter(
                    "after",
                    "The change log was built anew since '%s'; nothing is counted from there.".formatted(after));
        }
        return after == null ? 0 : after.sequence();
    }

    private static @Nullable Cursor cursor(Visit visit, String parameter) {
        String given = visit.parameter(parameter);
        return given == null
                ? null
                : Cursor.parse(given)
                        .orElseThrow(() -> Problem.parameter(
                                parameter,
                                "'%s' takes a cursor as pages and answers give it (1a2b3c4d-4711)."
                                        .formatted(parameter)));
    }
}
