package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.dashboard.Block.Choice;
import ledger287.reporting.geography.State;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.query.Moment;
import org.jspecify.annotations.Nullable;

/** The pages of changes and of corrections. */
@Singleton
final class Logs {
    private static final int A_PAGE = 50;

    private final RecentChanges changes;

    Logs(RecentChanges changes) {
        this.changes = changes;
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
