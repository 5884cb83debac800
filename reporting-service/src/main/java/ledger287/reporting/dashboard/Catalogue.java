package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.reporting.dashboard.Block.Choice;
import ledger287.reporting.dashboard.Block.Hidden;
import ledger287.reporting.dictionary.Dictionary;
import ledger287.reporting.dictionary.Entry;

/** The pages that list things: agencies, agreements, applications, operations; and what the figures mean. */
@Singleton
final class Catalogue {
    private final Figures figures;

    Catalogue(Figures figures) {
        this.figures = figures;
    }

    /** The rows behind figures: the API's list for the page's own address, as a table. */
    PageModel list(Visit visit, String kind) throws SQLException, IOException {
        Words words = visit.words();
        Query asked = visit.own();
        Query moment = "applications".equals(kind) ? visit.momentKnown() : visit.moment();
        // A cursor knows its position itself.
        JsonNode answer = visit.api().list(kind, moment.with(asked));
        Lists lists = new Lists(visit);
        List<Block> blocks = new ArrayList<>();
        blocks.add(search(visit, "/" + kind));
        switch (kind) {
            case "agencies" -> blocks.add(lists.agencies(answer));
            case "agreements" -> blocks.add(lists.agreements(answer));
            default -> blocks.add(lists.applications(answer));
        }
        if (answer.path("next_cursor").isTextual()) {
            Query next =
                    asked.with("cursor", answer.path("next_cursor").asText()).with("position", visit.position());
            blocks.add(new Block.Links(
                    words.of("More"), List.of(new Choice(words.of("Next page"), visit.href("/" + kind, next), false))));
        }
        Query data = asked.with("cursor", null).with("limit", null);
        blocks.add(new Block.Links(
                words.of("Take these rows along"),
                List.of(
                        new Choice(words.of("CSV, all of them"), visit.data("/v1/" + kind + ".csv", data), false),
                        new Choice("JSON", visit.data("/v1/" + kind, data), false))));
        String title =
                switch (kind) {
                    case "agencies" -> "Agencies";
                    case "agreements" -> "Agreements";
                    default -> "Applications";
                };
        return new PageModel(null, Rich.of(Filtered.title(visit, words.of(title), asked)), blocks);
    }

    private static Block search(Visit visit, String action) {
        List<Hidden> hidden = new ArrayList<>();
        visit.query()
                .without(Set.of("q", "cursor"))
                .parameters()
                .forEach((name, value) -> hidden.add(new Hidden(name, value)));
        String q = visit.parameter("q");
        return new Block.Search(action, visit.words().of("Search for a name"), q == null ? "" : q, hidden);
    }

    PageModel pending(Visit visit) throws SQLException, IOException {
        Words words = visit.words();
        List<Block> blocks = new ArrayList<>();
        blocks.add(figures.figure("pending", visit, visit.own()));
        blocks.add(figures.figure("waits", visit, visit.own()));
        Query filters = visit.own().only(Figures.FILTERS);
        JsonNode applications = visit.api()
                .list("applications", visit.momentKnown().with(filters).with("limit", "1000"));
        blocks.add(
                new Block.Heading(Filtered.title(visit, words.of("In the newest pending workbook"), filters), "rows"));
        blocks.add(new Lists(visit).applications(applications));
        return new PageModel(null, Rich.of(words.of("Pending applications")), blocks);
    }

    PageModel operations(Visit visit) throws SQLException, IOException {
        Words words = visit.words();
        List<Block> blocks = new ArrayList<>();
        blocks.add(
                new Block.Prose(
                        "lede",
                        whole(visit)
                                .and(" ")
                                .and(
                                        words.of(
                                                "Of single operations there are claims, in press releases and news stories. They are kept as claims: with who said it, how sure, and what is certain."))));
        blocks.add(figures.figure("operations", visit, visit.own()));
        JsonNode leftOut = visit.api()
                .headline(visit.momentKnown().with(visit.own().only(Figures.FILTERS)))
                .path("operations")
                .path("left_out");
        List<List<Block.Cell>> rows = new ArrayList<>();
        for (JsonNode one : leftOut) {
            rows.add(List.of(
                    Block.Cell.of(Span.quoted(one.path("name").asText())
                            .to(visit.href(
                                    "/operations/" + one.path("operation_id").asText()))),
                    new Block.Cell(words.said(one.path("explanation").asText()), false)));
        }
        blocks.add(new Block.Table(
                "left-out-table",
                words.of("Not in the sum, and why"),
                List.of(new Block.Column(words.of("Operation"), false), new Block.Column(words.of("Reason"), false)),
                rows,
                words.of("None.")));
        blocks.add(new Block.Links(
                words.of("Take these rows along"),
                List.of(
                        new Choice(words.of("Operations (CSV)"), visit.data("/v1/operations.csv", Query.EMPTY), false),
                        new Choice(words.of("Claims (CSV)"), visit.data("/v1/claims.csv", Query.EMPTY), false))));
        return new PageModel(null, Rich.of(words.of("Operations")), blocks);
    }

    /** What is claimed of the programme as a whole, or that this ledger has no such claim. */
    private static Rich whole(Visit visit) {
        Words words = visit.words();
        JsonNode attributed = visit.headline().path("operations").path("attributed_arrests");
        return "unknown".equals(attributed.path("qualifier").asText("unknown"))
                ? Rich.of(words.of(
                        "How many people were arrested under 287(g) as a whole: no such figure is recorded here."))
                : words.rich(
                        "Arrests under 287(g) as a whole, as claimed: {0}.",
                        Span.strong(new Names(visit).figure(attributed)));
    }

    private static final List<String> METHODS = List.of(
            "ICE publishes two workbooks, of participating and of pending agencies, and overwrites them. It publishes no list of changes, no archive and no identifiers.",
            "The ledger reads each workbook row by row, compares it with what it knows, and records what changed and why it thinks so. Every record names the file, its hash, the tab, the row and the cells as they were.",
            "A name, date or state that ICE corrects is a correction, not a departure and a new agreement. What cannot be told for certain is put under review for a person to decide, and until then the list is shown as ICE gave it.",
            "An agreement that vanishes is first no longer listed. It has ended only when a document says so.",
            "Three dates are never mixed: when something was in force (on), when the public could know it (as_of), and when this ledger recorded it (position).",
            "Before the first workbook nothing is known: the answer is “not known”, never zero.",
            "Figures about operations are claims with bounds. Running totals never add, rival claims are both shown, and the sum of bounds is a floor.");

    PageModel methods(Visit visit) {
        Words words = visit.words();
        List<Block> blocks = new ArrayList<>();
        METHODS.forEach(text -> blocks.add(new Block.Prose("plain", Rich.of(words.of(text)))));
        blocks.add(new Block.Heading(words.of("What each figure means"), "dictionary"));
        List<Block.Fact> facts = new ArrayList<>();
        for (Map.Entry<String, JsonNode> definition :
                visit.headline().path("definitions").properties()) {
            facts.add(new Block.Fact(
                    definition.getKey(),
                    words.of(TITLES.getOrDefault(definition.getKey(), definition.getKey())),
                    List.of(words.said(definition.getValue().asText()))));
        }
        blocks.add(new Block.Facts(facts));
        blocks.add(new Block.Heading(words.of("The words"), "words"));
        List<Block.Fact> terms = new ArrayList<>();
        for (Map.Entry<String, String> term : List.of(
                Map.entry(
                        "287(g)",
                        "Section 287(g) of the Immigration and Nationality Act lets ICE delegate immigration powers to state and local officers, under an agreement with their agency."),
                Map.entry(
                        "Task force",
                        "Officers use the powers during routine policing. ICE ended this model in 2012 and revived it in 2025."),
                Map.entry("Warrant service officer", "Officers serve administrative warrants inside their own jail."),
                Map.entry("Jail enforcement", "Officers identify and process people inside their own jail."),
                Map.entry("Application", "A row of ICE's pending workbook: an agency that has asked for an agreement."),
                Map.entry("Provisional", "Listed by ICE, and perhaps the same as an agreement that is under review."),
                Map.entry(
                        "Position",
                        "A place in the ledger's log. An address with a position gives the same answer for ever."))) {
            terms.add(new Block.Fact(words.of(term.getKey()), List.of(Rich.of(words.of(term.getValue())))));
        }
        blocks.add(new Block.Facts(terms));
        blocks.add(new Block.Heading(words.of("Columns of tables and files"), "columns"));
        blocks.add(columns(words));
        blocks.add(new Block.Links(
                words.of("For those who build on this"),
                List.of(
                        new Choice("OpenAPI", "/q/openapi", false),
                        new Choice(words.of("Dictionary (JSON)"), "/v1/dictionary", false),
                        new Choice(words.of("Workbooks (JSON)"), "/v1/sources", false))));
        return new PageModel(null, Rich.of(words.of("Methods and dictionary")), blocks);
    }

    /** The tables whose columns readers meet on pages and take along as files. */
    private static final List<String> TABLES =
            List.of("agreements", "agencies", "applications", "operations", "claims", "sources", "changes", "states");

    private static Block columns(Words words) {
        List<List<Block.Cell>> rows = new ArrayList<>();
        for (Entry entry : Dictionary.entries()) {
            List<String> tables =
                    TABLES.stream().filter(entry.tables()::contains).toList();
            if (tables.isEmpty()) {
                continue;
            }
            Rich meaning = words.said(entry.definition());
            String caveat = entry.caveat();
            String source = entry.source();
            String unit = entry.unit();
            rows.add(List.of(
                    new Block.Cell(words.said(entry.title()).and(" ").and(Span.code(entry.name())), false),
                    new Block.Cell(caveat == null ? meaning : meaning.and(" ").and(words.said(caveat)), false),
                    Block.Cell.text(unit == null ? "–" : words.of(unit)),
                    new Block.Cell(source == null ? Rich.of(words.of("this ledger")) : words.said(source), false),
                    Block.Cell.of(Span.code(String.join(", ", tables)))));
        }
        return new Block.Table(
                "columns-table",
                words.of("Columns: {0}", words.number(rows.size())),
                List.of(
                        new Block.Column(words.of("Column"), false),
                        new Block.Column(words.of("Meaning"), false),
                        new Block.Column(words.of("Unit"), false),
                        new Block.Column(words.of("Source"), false),
                        new Block.Column(words.of("In"), false)),
                rows,
                words.of("None."));
    }

    /** What the measures are called, as pages have them. */
    private static final Map<String, String> TITLES = Map.ofEntries(
            Map.entry("agreements", "Agreements"),
            Map.entry("new_agreements", "New agreements"),
            Map.entry("agreements_before_since", "Agreements in place before"),
            Map.entry("signed_unknown", "Day of signing not known"),
            Map.entry("agencies", "Agencies"),
            Map.entry("states", "States and territories"),
            Map.entry("new_states", "States and territories with new agreements"),
            Map.entry("by_model", "Agreements by model"),
            Map.entry("agencies_by_model", "Agencies by model"),
            Map.entry("by_agency_type", "Agreements by type of agency"),
            Map.entry("pending_applications", "Pending applications"),
            Map.entry("granted_still_listed", "Granted, still listed"),
            Map.entry("unlisted", "No longer listed"),
            Map.entry("under_review", "Under review"),
            Map.entry("uncertain", "Uncertain"),
            Map.entry("not_determinable", "Not determinable"),
            Map.entry("operations", "Operations and arrests claimed"));
}
