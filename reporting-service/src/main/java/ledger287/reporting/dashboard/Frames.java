package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ledger287.reporting.query.Moment;

/** Makes what stands around a page. */
final class Frames {
    private static final Map<String, String> NAVIGATION = navigation();
    /** Publications that a reader may go back to, at most. */
    private static final int MOST_MOMENTS = 400;

    private Frames() {}

    static Frame of(Visit visit, List<Frame.Notice> more) throws SQLException, IOException {
        Words words = visit.words();
        JsonNode headline = visit.headline();
        List<Frame.Notice> notices = new ArrayList<>();
        if (headline.path("sample").asBoolean()) {
            notices.add(new Frame.Notice(
                    "sample",
                    Rich.of(Span.strong(words.of("Sample data.")))
                            .and(" " + words.of("The agencies are fictional; no figure here is real."))));
        }
        if (!headline.path("complete").asBoolean(true)) {
            Rich text = Rich.of(Span.strong(words.of("These figures are not complete.")));
            for (JsonNode reason : headline.path("incomplete_because")) {
                text = text.and(" ").and(words.said(reason.asText()));
            }
            notices.add(new Frame.Notice("warning", text));
        }
        if (!visit.live()) {
            notices.add(new Frame.Notice("note", past(visit)));
        }
        if (visit.asksOn()) {
            notices.add(new Frame.Notice(
                    "note",
                    Rich.of(words.of(
                            "Shown is what was in force on {0}, not what was listed.",
                            words.day(visit.parameter("on"), "day")))));
        }
        notices.addAll(more);
        JsonNode change = headline.path("last_change");
        return new Frame(
                visit.path(),
                visit.position(),
                visit.live(),
                notices,
                NAVIGATION.entrySet().stream()
                        .map(page -> new Block.Choice(
                                words.of(page.getValue()), visit.href(page.getKey()), here(visit, page.getKey())))
                        .toList(),
                List.of(
                        new Frame.Language("English", "en", visit.inLanguage("en"), words.english()),
                        new Frame.Language("Español", "es", visit.inLanguage("es"), !words.english())),
                visit.known(),
                moments(visit),
                visit.query().without(java.util.Set.of("as_of", "position")).parameters().entrySet().stream()
                        .map(pair -> new Block.Hidden(pair.getKey(), pair.getValue()))
                        .toList(),
                words.publication(headline.path("latest_publication").path("participating")),
                words.publication(headline.path("latest_publication").path("pending")),
                change.isObject() ? words.time(change.path("time").asText()) : null,
                change.path("time").asText(""),
                visit.href("/changes"),
                visit.href("/"));
    }

    private static Rich past(Visit visit) {
        Words words = visit.words();
        String shown = visit.headline().path("as_of").isTextual() ? visit.known() : words.of("the beginning");
        Query newest = visit.query().without(Visit.MOMENT).with("on", visit.parameter("on"));
        Span back = Span.plain(words.of("See what is known now.")).to(visit.here(newest));
        return visit.parameter("position") == null
                ? words.rich("This is what was known on {0}. {1}", Span.strong(shown), back)
                : words.rich(
                        "This page stands still: it shows what was known on {0}, as the ledger stood at {1}. {2}",
                        Span.strong(shown), Span.code(visit.position()), back);
    }

    private static boolean here(Visit visit, String page) {
        return "/".equals(page) ? "/".equals(visit.path()) : visit.path().startsWith(page);
    }

    /** The days of publication, from all that is known now, so that a reader who went back can come forward. */
    private static List<Block.Choice> moments(Visit visit) throws SQLException, IOException {
        Words words = visit.words();
        String chosen = visit.headline().path("as_of").asText();
        Map<String, Block.Choice> days = new LinkedHashMap<>();
        for (JsonNode sheet : Figures.items(visit.api().sources(Query.EMPTY))) {
            if ("imported".equals(sheet.path("status").asText())) {
                String day = Instant.parse(sheet.path("published_at").asText())
                        .atZone(Moment.NEW_YORK)
                        .toLocalDate()
                        .toString();
                days.put(day, new Block.Choice(words.asOf(day), day, false));
            }
        }
        List<Block.Choice> moments = new ArrayList<>(days.values());
        moments = moments.subList(Math.max(0, moments.size() - MOST_MOMENTS), moments.size());
        // The newest publication that the shown day had seen.
        int at = -1;
        for (int i = 0; i < moments.size(); i++) {
            at = moments.get(i).href().compareTo(chosen) <= 0 ? i : at;
        }
        List<Block.Choice> marked = new ArrayList<>();
        for (int i = 0; i < moments.size(); i++) {
            marked.add(new Block.Choice(moments.get(i).label(), moments.get(i).href(), i == at));
        }
        return marked;
    }

    private static Map<String, String> navigation() {
        Map<String, String> pages = new LinkedHashMap<>();
        pages.put("/", "Overview");
        pages.put("/states", "States");
        pages.put("/agencies", "Agencies");
        pages.put("/agreements", "Agreements");
        pages.put("/pending", "Pending");
        pages.put("/operations", "Operations");
        pages.put("/changes", "Changes");
        pages.put("/corrections", "Corrections");
        pages.put("/imports", "Workbooks");
        pages.put("/methods", "Methods");
        return pages;
    }
}
