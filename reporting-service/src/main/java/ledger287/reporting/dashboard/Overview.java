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
        blocks.add(counters(visit, headline, Query.EMPTY));
        for (String name : List.of("growth", "map")) {
            blocks.add(figures.figure(name, visit, visit.own()));
        }
        blocks.add(new Block.Heading(words.of("What changed"), "changes"));
        blocks.add(feed(visit, null));
        blocks.add(figures.figure("pulse", visit, Query.EMPTY));
        for (String name : List.of("states", "pending", "waits", "operations")) {
            blocks.add(figures.figure(name, visit, Query.EMPTY));
        }
        blocks.add(attributed(visit, headline));
        String frozen = visit.frozen("/", Query.EMPTY);
        blocks.add(new Block.Citation(
                Citations.of(
                        visit, words.of("{0} 287(g) agreements", words.number(headline.path("agreements"))), frozen),
                frozen));
        return new PageModel(
                words.of("Agreements between ICE and state and local law enforcement"),
                Rich.of(words.of("287(g) agreements")),
                blocks);
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
        blocks.add(counters(visit, headline, in));
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
        String frozen = visit.frozen("/states/" + state.code(), Query.EMPTY);
        String name = new Names(visit).state(state.code());
        blocks.add(new Block.Citation(
                Citations.of(
                        visit,
                        words.of("{0} 287(g) agreements in {1}", words.number(headline.path("agreements")), name),
                        frozen),
                frozen));
        return new PageModel(words.of("State"), Rich.of(name), blocks);
    }

    private static Block sentence(Visit visit, JsonNode headline, Query in) {
        Words words = visit.words();
        if (!headline.path("agreements").isNumber()) {
            return new Block.Prose(
                    "lede",
                    Rich.of(words.of("No participating workbook was known then, so there is no figure to give.")));
        }
        Span[] values = {
            Span.strong(words.number(headline.path("agreements"))).to(visit.href("/agreements", in)),
            Span.strong(words.number(headline.path("agencies"))).to(visit.href("/agencies", in)),
            Span.strong(words.number(headline.path("states"))).to("#map"),
            Span.plain(words.number(headline.path("agreements_before_since"))),
            Span.plain(words.day(headline.path("since").asText(), "day")),
            Span.plain(words.number(headline.path("new_agreements")))
                    .to(visit.href("/agreements", in.with("sort", "-signed_on"))),
            Span.plain(words.number(headline.path("pending_applications"))).to(visit.href("/applications", in)),
        };
        return new Block.Prose(
                "lede",
                in.parameters().isEmpty()
                        ? words.rich(
                                "{0} agreements between U.S. Immigration and Customs Enforcement and {1} agencies in {2} states and territories: {3} from before {4}, {5} since. Pending applications: {6}.",
                                values)
                        : words.rich(
                                "{0} agreements with {1} agencies: {3} from before {4}, {5} since. Pending applications: {6}.",
                                values));
    }

    private static Block counters(Visit visit, JsonNode headline, Query in) {
        Words words = visit.words();
        Names names = new Names(visit);
        List<Counter> counters = new ArrayList<>();
        counters.add(counter(visit, headline, "agreements", "Agreements", "listed by ICE", "/agreements", in));
        counters.add(counter(
                visit,
                headline,
                "new_agreements",
                "New agreements",
                "signed since January 20, 2025",
                "/agreements",
                in.with("sort", "-signed_on")));
        counters.add(counter(visit, headline, "agencies", "Agencies", "with at least one agreement", "/agencies", in));
        for (String model : List.of("task_force", "warrant_service_officer", "jail_enforcement")) {
            counters.add(new Counter(
                    model,
                    names.model(model),
                    words.number(headline.path("by_model").path(model)),
                    words.of("agreements of this model"),
                    visit.href("/agreements", in.with("model", model)),
                    visit.href("/methods") + "#by_model"));
        }
        counters.add(counter(
                visit,
                headline,
                "pending_applications",
                "Pending applications",
                "in ICE's newest pending workbook",
                "/applications",
                in));
        counters.add(counter(
                visit,
                headline,
                "under_review",
                "Under review",
                "a person has yet to decide",
                "/agreements",
                in.with("status", "under_review")));
        counters.add(counter(
                visit,
                headline,
                "unlisted",
                "No longer listed",
                "without a document that says why",
                "/agreements",
                in.with("status", "unlisted")));
        counters.add(new Counter(
                "operations",
                words.of("Arrests claimed"),
                names.figure(headline.path("operations").path("arrests")),
                words.of(
                        "in {0} recorded operations",
                        words.number(headline.path("operations").path("count"))),
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
                words.of(note),
                visit.href(rows, list),
                visit.href("/methods") + "#" + id);
    }

    private Block feed(Visit visit, @Nullable String state) throws SQLException, IOException {
        List<JsonNode> newest = changes.newest(
                visit.api().question(visit.moment()).moment(),
                new RecentChanges.Selection(Set.of(), ChangeWords.ECHOES, state, null, NEWEST_CHANGES));
        return new Block.Feed(
                "feed", new ChangeCards(visit).of(newest), visit.words().of("Nothing has changed yet."), visit.live());
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
