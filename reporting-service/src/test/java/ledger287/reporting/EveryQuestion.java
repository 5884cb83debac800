package ledger287.reporting;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** A question of every kind that readers can ask, at the newest moment and at earlier ones, as addresses. */
final class EveryQuestion {
    private static final String DAY = "2025-09-01";
    private static final List<String> KINDS =
            List.of("agreements", "agencies", "applications", "operations", "claims", "sources", "sheets");

    private final Set<String> statistics = new LinkedHashSet<>();
    private final Set<String> lists = new LinkedHashSet<>();
    private final Set<String> things = new LinkedHashSet<>();
    private final Set<String> feed = new LinkedHashSet<>();
    private final Set<String> pages = new LinkedHashSet<>();

    private EveryQuestion() {}

    /** @param earlier a sequence at which the ledger was smaller */
    static EveryQuestion of(Reader reader, long earlier) throws IOException, InterruptedException {
        String newest =
                reader.json("/v1/statistics/headline").path("feed_position").asText();
        String position = newest.substring(0, newest.lastIndexOf('-') + 1) + earlier;
        EveryQuestion every = new EveryQuestion();
        List<String> moments =
                List.of("", "&position=" + position, "&as_of=" + DAY, "&as_of=" + DAY + "&position=" + position);
        for (String moment : moments) {
            every.statistics(moment, true);
            every.lists(moment, true);
            for (String kind : KINDS) {
                JsonNode one = reader.json("/v1/" + kind + "?limit=1" + moment)
                        .path("items")
                        .path(0);
                String id = one.path(one.fieldNames().next()).asText();
                every.things.add("/v1/" + kind + "/" + id + "?" + moment);
                every.things.add("/v1/" + kind + "/" + id + "/history?" + moment);
            }
        }
        for (String moment : List.of("&on=" + DAY, "&on=" + DAY + "&position=" + position)) {
            every.statistics(moment, false);
            every.lists(moment, false);
        }
        every.revisions(position);
        every.deepPages(reader);
        for (String moment : List.of("", "&position=" + position, "&as_of=" + DAY)) {
            every.pages(reader, moment);
        }
        every.feed(reader, position);
        return every;
    }

    /** Counts over all versions of a moment. */
    Set<String> statistics() {
        return statistics;
    }

    Set<String> lists() {
        return lists;
    }

    /** Single things and their histories. */
    Set<String> things() {
        return things;
    }

    /** The change log. */
    Set<String> feed() {
        return feed;
    }

    /** Pages that ask more than the answers of the API which they show. */
    Set<String> pages() {
        return pages;
    }

    /** All but the pages. */
    List<String> all() {
        List<String> all = new ArrayList<>(statistics);
        all.addAll(lists);
        all.addAll(things);
        all.addAll(feed);
        return all;
    }

    private void statistics(String moment, boolean anyBasis) {
        String root = "/v1/statistics/";
        for (String filter :
                List.of("", "&state=GA", "&region=southeast", "&model=task_force", "&agency_type=county")) {
            statistics.add(root + "headline?" + filter + moment);
        }
        statistics.add(root + "states?" + moment);
        statistics.add(root + "coverage?" + moment);
        statistics.add(root + "counties?" + moment);
        for (String interval : List.of("day&from=2025-06-01", "month")) {
            statistics.add(root + "series?measure=agreements&by=model&interval=" + interval + moment);
        }
        for (String by : List.of("", "&by=model", "&by=state", "&by=agency_type", "&by=region")) {
            for (String measure : List.of("agreements", "new_agreements", "agencies")) {
                String series = root + "series?interval=week&measure=" + measure + by + moment;
                statistics.add(series + "&basis=signed");
                if (anyBasis) {
                    statistics.add(series + "&basis=listed");
                }
            }
            if (anyBasis) {
                statistics.add(root + "series?interval=week&measure=pending_applications" + by + moment);
                statistics.add(root + "series?interval=week&measure=unlisted" + by + moment);
            }
            if (List.of("", "&by=model", "&by=state").contains(by)) {
                statistics.add(root + "series?interval=week&measure=operations" + by + moment);
                statistics.add(root + "series?interval=week&measure=arrests" + by + moment);
            }
        }
        if (anyBasis) {
            statistics.add(root + "applications?" + moment);
        }
    }

    private void lists(String moment, boolean everyKind) {
        List<String> kinds = everyKind
                ? List.of("agreements", "agencies", "applications", "operations", "claims")
                : List.of("agreements", "agencies");
        for (String kind : kinds) {
            for (String filter : List.of("", "&state=GA", "&q=quillmarsh+1", "&sort=-state")) {
                if (!(kind.equals("claims") && filter.contains("sort"))) {
                    lists.add("/v1/" + kind + "?" + filter + moment);
                }
            }
        }
        lists.add("/v1/agreements?status=unlisted" + moment);
        lists.add("/v1/agreements?listed=any&sort=-signed_on" + moment);
        lists.add("/v1/agencies?listed=any" + moment);
        if (everyKind) {
            lists.add("/v1/operations?model=task_force" + moment);
            lists.add("/v1/operations?metric=arrests&partner=quillmarsh" + moment);
            lists.add("/v1/claims?metric=arrests" + moment);
            lists.add("/v1/sources?" + moment);
            lists.add("/v1/sheets?" + moment);
            lists.add("/v1/agreements?facet=state,support_type" + moment);
            lists.add(
                    "/v1/agreements?signed_on__gte=2025-06-01&support_type__in=task_force,jail_enforcement&fields=state"
                            + moment);
        }
    }

    private void revisions(String position) {
        for (String between : List.of("2025-06-06,2025-06-27", DAY)) {
            statistics.add("/v1/statistics/revisions?between=" + between);
            statistics.add("/v1/statistics/revisions?cited=" + position + "&between=" + between);
        }
    }

    /** The last pages of a thousand that there are. */
    private void deepPages(Reader reader) throws IOException, InterruptedException {
        for (String kind : List.of("agreements", "agencies", "applications", "operations", "claims")) {
            String cursor = "";
            JsonNode next;
            do {
                next = reader.json("/v1/" + kind + "?limit=1000" + cursor).path("next_cursor");
                if (next.isTextual()) {
                    cursor = "&cursor=" + next.asText();
                }
            } while (next.isTextual());
            lists.add("/v1/" + kind + "?limit=100" + cursor);
        }
    }

    private void pages(Reader reader, String moment) throws IOException, InterruptedException {
        pages.add("/agencies/" + first(reader, "/v1/agencies?limit=1" + moment, "agency_id") + "?" + moment);
        for (String kind : List.of("participating", "pending")) {
            String sheet = first(reader, "/v1/sources?sort=-published_at&limit=1&kind=" + kind + moment, "sheet_id");
            for (String rows : List.of("", "rows=new", "rows=changed", "rows=beside", "rows=same")) {
                pages.add("/imports/" + sheet + "?" + rows + moment);
            }
        }
        pages.add("/states/GU?" + moment);
        pages.add("/changes?" + moment);
        pages.add("/changes?state=GU" + moment);
        pages.add("/corrections?" + moment);
        pages.add("/figures/pulse?" + moment);
    }

    private static String first(Reader reader, String list, String id) throws IOException, InterruptedException {
        return reader.json(list).path("items").path(0).path(id).asText();
    }

    private void feed(Reader reader, String position) throws IOException, InterruptedException {
        String agency = reader.json("/v1/agencies?limit=1")
                .path("items")
                .path(0)
                .path("agency_id")
                .asText();
        for (String order : List.of("", "&order=newest")) {
            for (String filter :
                    List.of("", "&state=GU", "&type=agency.*&state=GA", "&type=claim.*", "&agency_id=" + agency)) {
                feed.add("/v1/changes?" + filter + order);
            }
            feed.add("/v1/changes?limit=1000" + order);
            feed.add("/v1/changes?as_of=" + DAY + order);
            feed.add("/v1/changes?since=2026-01-01" + order);
            feed.add("/v1/changes?cursor=" + position + order);
        }
        feed.add("/v1/changes.atom?");
        feed.add("/v1/changes.atom?state=GA");
        feed.add("/v1/changes.ndjson?since=2026-06-01");
        feed.add("/v1/dictionary?");
        feed.add("/v1/reference?");
    }
}
