package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ledger287.reporting.dashboard.Block.Counter;
import ledger287.reporting.geography.State;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** The front page, and the same for one state. */
@Singleton
final class Overview {
    private static final int NEWEST_CHANGES = 10;

    private final Figures figures;
    private final RecentChanges changes;

    Overview(Figures figures, RecentChanges changes) {
        this.figures = figures;
        this.changes = changes;
    }

    PageModel whole(Visit visit) throws SQLException, IOException {
        Words words = visit.words();
        JsonNode headline = visit.headline();
        List<Block> blocks = new ArrayList<>();
        blocks.add(sentence(visit, headline, Query.EMPTY));
        blocks.add(counters(visit, headline, operations(visit, headline, Query.EMPTY), Query.EMPTY));
        for (String name : List.of("growth", "map")) {
            blocks.add(figures.figure(name, visit, visit.own()));
        }
        blocks.add(new Block.Heading(words.of("What changed"), "changes"));
        blocks.add(feed(visit, null));
        blocks.add(everyChange(visit, Query.EMPTY));
        blocks.add(figures.figure("pulse", visit, Query.EMPTY));
        for (String name : List.of("states", "pending", "waits", "operations")) {
            blocks.add(figures.figure(name, visit, Query.EMPTY));
        }
        blocks.add(attributed(visit, headline));
        String frozen = visit.frozen("/", Query.EMPTY);
        if (headline.path("agreements").isNumber()) {
            String cited = words.of("{0} 287(g) {0|agreement|agreements}", words.number(headline.path("agreements")));
            blocks.add(new Block.Citation(Citations.inForce(visit, cited, frozen), frozen));
        }
        return new PageModel(
                words.of("Agreements between ICE and state and local law enforcement"),
                Rich.of(words.of("287(g) agreements")),
                blocks);
    }

    /** Where there are agreements, and where there are none. */
    PageModel states(Visit visit) throws SQLException, IOException {
        Words words = visit.words();
        List<Block> blocks = new ArrayList<>();
        List<JsonNode> with = new ArrayList<>();
        List<JsonNode> without = new ArrayList<>();
        Query filters = visit.own().only(Figures.FILTERS);
        for (JsonNode row : Figures.items(visit.api().states(visit.moment().with(filters)))) {
            boolean place = !"unknown".equals(row.path("state").asText());
            if (place && row.path("agreements").isNumber()) {
                (row.path("agreements").asLong() > 0 ? with : without).add(row);
            }
        }
        with.sort(java.util.Comparator.comparingLong(
                (JsonNode row) -> -row.path("agreements").asLong()));
        boolean known = visit.headline().path("agreements").isNumber();
        Lists lists = new Lists(visit);
        blocks.add(figures.figure("map", visit, visit.own()));
        for (List<JsonNode> rows : List.of(with, without)) {
            boolean some = rows == with;
            blocks.add(lists.states(
                    some ? "with-table" : "without-table",
                    words.of(
                            some
                                    ? "States and territories with an agreement: {0}"
                                    : "States and territories without one: {0}",
                            known ? words.number(rows.size()) : words.of("not known")),
                    rows,
                    known ? words.of("None.") : Absences.participating(visit),
                    known ? (long) rows.size() : null));
        }
        return new PageModel(null, Rich.of(words.of("States and territories")), blocks);
    }

    PageModel state(Visit visit, String code) throws SQLException, IOException {
        Words words = visit.words();
        State state = State.of(code)
                .orElseThrow(() ->
                        new Problem(ProblemType.NOT_FOUND, "There is no state or territory '%s'.".formatted(code)));
        Query in = Query.EMPTY.with("state", state.code());
        JsonNode headline = visit.api().headline(visit.moment().with(in));
        List<Block> blocks = new ArrayList<>();
        blocks.add(sentence(visit, headline, in));
        blocks.add(counters(visit, headline, operations(visit, headline, in), in));
        blocks.add(figures.figure("growth", visit, visit.own().with(in)));
        JsonNode agencies = visit.api().list("agencies", visit.moment().with(in).with("limit", "1000"));
        blocks.add(new Block.Heading(words.of("Agencies with an agreement"), "agencies"));
        blocks.add(new Lists(visit).agencies(agencies));
        JsonNode pending =
                visit.api().list("applications", visit.momentKnown().with(in).with("limit", "1000"));
        blocks.add(new Block.Heading(words.of("Pending applications"), "pending"));
        blocks.add(new Lists(visit).applications(pending));
        JsonNode gone = visit.api()
                .list(
                        "agreements",
                        visit.momentKnown()
                                .with(in)
                                .with("status", "unlisted,under_review,ended")
                                .with("limit", "1000"));
        if (gone.path("count").asLong() > 0) {
            blocks.add(new Block.Heading(words.of("No longer listed, or under review"), "gone"));
            blocks.add(new Lists(visit).agreements(gone));
        }
        JsonNode operations =
                visit.api().list("operations", visit.momentKnown().with(in).with("limit", "50"));
        if (operations.path("count").asLong() > 0) {
            blocks.add(figures.figure("operations", visit, in));
        }
        blocks.add(new Block.Heading(words.of("What changed"), "changes"));
        blocks.add(feed(visit, state.code()));
        blocks.add(everyChange(visit, in));
        String frozen = visit.frozen("/states/" + state.code(), Query.EMPTY);
        String name = new Names(visit).state(state.code());
        if (headline.path("agreements").isNumber()) {
            String cited = words.of(
                    "{0} 287(g) {0|agreement|agreements} in {1}", words.number(headline.path("agreements")), name);
            blocks.add(new Block.Citation(Citations.inForce(visit, cited, frozen), frozen));
        }
        return new PageModel(words.of("State"), Rich.of(name), blocks);
    }

    private static Block sentence(Visit visit, JsonNode headline, Query in) {
        Words words = visit.words();
        if (!headline.path("agreements").isNumber()) {
            return new Block.Prose("lede", Rich.of(Absences.participating(visit)));
        }
        String since = headline.path("since").asText();
        String on = visit.parameter("on");
        String state = in.get("state");
        Span[] values = {
            Span.strong(words.number(headline.path("agreements"))).to(visit.href("/agreements", in)),
            Span.strong(words.number(headline.path("agencies"))).to(visit.href("/agencies", in)),
            state == null
                    ? Span.strong(words.number(headline.path("states"))).to(visit.href("/states"))
                    : Span.plain(new Names(visit).state(state)),
            Span.plain(
                    on == null
                            ? words.dayOf(headline.path("latest_publication")
                                    .path("participating")
                                    .path("published_at")
                                    .asText())
                            : words.day(on, "day")),
            Span.plain(words.number(headline.path("agreements_before_since")))
                    .to(visit.href("/agreements", Lists.signed(in, "lt", since))),
            Span.plain(words.day(since, "day")),
            Span.plain(words.number(headline.path("new_agreements")))
                    .to(visit.href("/agreements", Lists.signed(in, "gte", since))),
        };
        Rich sentence = words.rich(
                on == null
                        ? state == null
                                ? "On {3}, ICE listed {0} {0|agreement|agreements} with {1} {1|agency|agencies} in {2} {2|state or territory|states and territories}: {4} signed before {5}, and {6} since."
                                : "On {3}, ICE listed {0} {0|agreement|agreements} with {1} {1|agency|agencies} in {2}: {4} signed before {5}, and {6} since."
                        : state == null
                                ? "In force on {3}, as far as is known: {0} {0|agreement|agreements} with {1} {1|agency|agencies} in {2} {2|state or territory|states and territories}; {4} signed before {5}, and {6} since."
                                : "In force on {3}, as far as is known: {0} {0|agreement|agreements} with {1} {1|agency|agencies} in {2}; {4} signed before {5}, and {6} since.",
                values);
        // Of a day, the newest pending workbook tells nothing.
        return new Block.Prose("lede", on == null ? sentence.and(" ").and(pending(visit, headline, in)) : sentence);
    }

    private static Rich pending(Visit visit, JsonNode headline, Query in) {
        Words words = visit.words();
        JsonNode workbook = headline.path("latest_publication").path("pending");
        return workbook.isObject() && headline.path("pending_applications").isNumber()
                ? words.rich(
                        in.get("state") == null
                                ? "Its pending workbook of {0} listed {1} {1|application|applications}."
                                : "Its pending workbook of {0} listed {1} {1|application|applications} from {2}.",
                        Span.plain(words.dayOf(workbook.path("published_at").asText())),
                        Span.strong(words.number(headline.path("pending_applications")))
                                .to(visit.href("/applications", in)),
                        Span.plain(new Names(visit).state(String.valueOf(in.get("state")))))
                : Rich.of(Absences.pending(visit));
    }

    /** Operations and what is claimed of them, as the page that lists them has them: it takes no {@code on}. */
    private static JsonNode operations(Visit visit, JsonNode headline, Query in) throws SQLException, IOException {
        JsonNode known = visit.parameter("on") == null
                ? headline
                : visit.api().headline(visit.momentKnown().with(in));
        return known.path("operations");
    }

    private static Block counters(Visit visit, JsonNode headline, JsonNode operations, Query in) {
        Words words = visit.words();
        Names names = new Names(visit);
        List<Counter> counters = new ArrayList<>();
        String since = headline.path("since").asText();
        counters.add(counter(
                visit,
                headline,
                "agreements",
                "Agreements",
                words.of(visit.parameter("on") == null ? "listed by ICE" : "in force, as far as is known"),
                "/agreements",
                in));
        counters.add(counter(
                visit,
                headline,
                "new_agreements",
                "New agreements",
                words.of("signed since {0}", words.day(since, "day")),
                "/agreements",
                Lists.signed(in, "gte", since)));
        counters.add(counter(
                visit, headline, "agencies", "Agencies", words.of("with at least one agreement"), "/agencies", in));
        for (String model : List.of("task_force", "warrant_service_officer", "jail_enforcement")) {
            counters.add(new Counter(
                    model,
                    names.model(model),
                    words.number(headline.path("by_model").path(model)),
                    words.of("agreements of this model"),
                    visit.href("/agreements", in.with("model", model)),
                    visit.href("/methods") + "#by_model"));
        }
        counters.add(new Counter(
                "pending_applications",
                words.of("Pending applications"),
                words.number(headline.path("pending_applications")),
                words.of(
                        visit.parameter("on") == null
                                ? "in ICE's newest pending workbook"
                                : "in ICE's pending workbook of that day"),
                visit.hrefApplications(in),
                visit.href("/methods") + "#pending_applications"));
        counters.add(counter(
                visit,
                headline,
                "under_review",
                "Under review",
                words.of("a person has yet to decide"),
                "/agreements",
                in.with("status", "under_review")));
        counters.add(counter(
                visit,
                headline,
                "unlisted",
                "No longer listed",
                words.of("without a document that says why"),
                "/agreements",
                in.with("status", "unlisted")));
        counters.add(new Counter(
                "operations",
                words.of("Arrests claimed"),
                names.figure(operations.path("arrests")),
                words.of("in {0} recorded {0|operation|operations}", words.number(operations.path("count"))),
                visit.href("/operations", in),
                visit.href("/methods") + "#operations"));
        return new Block.Counters(counters);
    }

    private static Counter counter(
            Visit visit, JsonNode headline, String id, String label, String note, String rows, Query list) {
        Words words = visit.words();
        return new Counter(
                id,
                words.of(label),
                words.number(headline.path(id)),
                note,
                visit.href(rows, list),
                visit.href("/methods") + "#" + id);
    }

    private Block feed(Visit visit, @Nullable String state) throws SQLException, IOException {
        List<JsonNode> newest = changes.newestKnown(
                visit.api().question(visit.moment()).moment(),
                new RecentChanges.Selection(Set.of(), ChangeWords.ASIDES, state, 0, null, NEWEST_CHANGES));
        return new Block.Feed("feed", new ChangeCards(visit).of(newest), Absences.suchChanges(visit), visit.live(), "");
    }

    private static Block everyChange(Visit visit, Query in) {
        Words words = visit.words();
        return new Block.Links(
                words.of("More"),
                List.of(
                        new Block.Choice(
                                words.of("Every change, with details and receipts"), visit.href("/changes", in), false),
                        new Block.Choice(words.of("Only corrections"), visit.href("/corrections", in), false)));
    }

    /** What is claimed of the programme as a whole, which no sum of operations tells. */
    private static Block attributed(Visit visit, JsonNode headline) {
        Words words = visit.words();
        JsonNode attributed = headline.path("operations").path("attributed_arrests");
        return new Block.Prose(
                "note",
                words.rich(
                        "Arrests under 287(g) as a whole: {0}. Operations are only those that somebody has named.",
                        Span.strong(new Names(visit).figure(attributed))));
    }
}
