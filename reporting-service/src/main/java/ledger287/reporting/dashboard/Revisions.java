package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.reporting.problem.Problem;

/**
 * Whether what a page that stands still shows is said otherwise now, of the same day: whoever quotes it should know. Asked is
 * what the page asked, with its filters: what changed elsewhere is no revision of it.
 */
@Singleton
final class Revisions {
    private static final Map<String, String> MEASURES = measures();
    private static final Pattern SUBJECT = Pattern.compile("/(agencies|agreements|applications|operations)/(.+)");
    private static final Pattern LIST = Pattern.compile("/(agencies|agreements|applications)");
    private static final Pattern STATE = Pattern.compile("/states/(.+)");
    private static final Pattern FIGURE = Pattern.compile("/(?:figures|embed)/([a-z]+)");
    /** States whose figures are told; of the others, how many they are. */
    private static final int MOST_STATES = 5;

    private static final List<String> OF_AGREEMENTS = List.of(
            "agency_name", "state", "county", "support_type", "signed_on", "signed_precision", "status", "ended");
    /** What the page of one thing tells of it. */
    private static final Map<String, List<String>> FACTS = Map.of(
            "agencies", List.of("name", "state", "county", "agency_type", "merged_into"),
            "agreements", OF_AGREEMENTS,
            "applications",
                    List.of(
                            "agency_name",
                            "state",
                            "support_type",
                            "status",
                            "agreement_id",
                            "days_to_sign_low",
                            "days_to_sign_high"),
            "operations", List.of("name", "status", "start", "end", "places", "counts", "figures"));

    /** The same question at the page's position, and as what is known now tells the same day. */
    private record Twice(Visit visit, String asOf) {
        private Query then(Query asked) {
            return visit.momentKnown().with(asked);
        }

        private Query now(Query asked) {
            return asked.with("as_of", asOf);
        }

        /** With the day that the page asks by, for what takes one. */
        private Query on(Query asked) {
            return asked.with("on", visit.parameter("on"));
        }
    }

    private interface Ask {
        JsonNode of(Query query) throws SQLException, IOException;
    }

    /** A warning for each revised figure; none for pages that are of now. */
    List<Frame.Notice> since(Visit visit) throws SQLException, IOException {
        JsonNode asOf = visit.headline().path("as_of");
        if (visit.parameter("position") == null || !asOf.isTextual()) {
            return List.of();
        }
        Words words = visit.words();
        Set<String> revised = new LinkedHashSet<>();
        compare(new Twice(visit, asOf.asText()), revised);
        if (revised.isEmpty()) {
            return List.of();
        }
        return List.of(new Frame.Notice(
                "warning",
                Rich.of(Span.strong(words.of("Revised since.")))
                        .and(" " + words.of("What is known now of the same day differs:") + " "
                                + String.join("; ", revised) + ". ")
                        .and(Span.plain(words.of("What was corrected")).to("/corrections"))));
    }

    private static void compare(Twice twice, Set<String> revised) throws SQLException, IOException {
        Visit visit = twice.visit();
        String path = visit.path();
        Query filters = visit.own().only(Figures.FILTERS);
        Matcher subject = SUBJECT.matcher(path);
        Matcher list = LIST.matcher(path);
        Matcher state = STATE.matcher(path);
        Matcher figure = FIGURE.matcher(path);
        if (subject.matches()) {
            subject(twice, subject.group(1), subject.group(2), revised);
        } else if (list.matches()) {
            rows(twice, list.group(1), revised);
        } else if (state.matches()) {
            headline(twice, filters.with("state", state.group(1)), MEASURES.keySet(), revised);
            arrests(twice, filters.with("state", state.group(1)), revised);
        } else if (figure.matches()) {
            figure(twice, figure.group(1), filters, revised);
        } else {
            switch (path) {
                case "/" -> {
                    headline(twice, Query.EMPTY, MEASURES.keySet(), revised);
                    arrests(twice, Query.EMPTY, revised);
                    states(twice, Query.EMPTY, "agreements", revised);
                }
                case "/states" -> figure(twice, "map", filters, revised);
                case "/pending" -> figure(twice, "pending", filters, revised);
                case "/operations" -> figure(twice, "operations", filters, revised);
                default -> {
                    // Logs and methods show no figure that could be told otherwise.
                }
            }
        }
    }

    private static void figure(Twice twice, String name, Query filters, Set<String> revised)
            throws SQLException, IOException {
        Visit visit = twice.visit();
        switch (name) {
            case "growth" -> {
                headline(twice, filters, Set.of("agreements"), revised);
                Query curve = filters.with("by", "model")
                        .with("basis", "listed".equals(visit.parameter("basis")) ? "listed" : "signed");
                differs(twice, visit.api()::series, twice.on(curve), "items", "The curve", revised);
            }
            case "map" -> {
                String measure = visit.parameter("measure");
                states(
                        twice,
                        filters,
                        measure != null && MEASURES.containsKey(measure) ? measure : "agreements",
                        revised);
            }
            case "states" -> states(twice, filters, "agreements", revised);
            case "pending", "waits" -> {
                pending(twice, filters, revised);
                for (String part : List.of("granted", "awaiting_outcome", "lapsed", "days_to_sign")) {
                    differs(twice, visit.api()::applications, filters, part, "What became of applications", revised);
                }
            }
            case "operations" -> arrests(twice, filters, revised);
            default -> {
                // How much changed on each day is the log's own story.
            }
        }
    }

    private static void headline(Twice twice, Query filters, Set<String> measures, Set<String> revised)
            throws SQLException, IOException {
        Visit visit = twice.visit();
        JsonNode then = visit.api().headline(twice.then(twice.on(filters)));
        JsonNode now = visit.api().headline(twice.now(twice.on(filters)));
        MEASURES.forEach((measure, name) -> {
            if (measures.contains(measure)) {
                told(visit.words(), name, then.path(measure), now.path(measure), revised);
            }
        });
        if (!then.path("by_model").equals(now.path("by_model")) && revised.isEmpty()) {
            revised.add(visit.words().of("Agreements by model"));
        }
    }

    /** Of what is pending, without {@code on}, as the page shows it. */
    private static void pending(Twice twice, Query filters, Set<String> revised) throws SQLException, IOException {
        Visit visit = twice.visit();
        String measure = "pending_applications";
        told(
                visit.words(),
                "Pending applications",
                visit.api().headline(twice.then(filters)).path(measure),
                visit.api().headline(twice.now(filters)).path(measure),
                revised);
    }

    private static void arrests(Twice twice, Query filters, Set<String> revised) throws SQLException, IOException {
        Visit visit = twice.visit();
        Words words = visit.words();
        Names names = new Names(visit);
        String then = names.figure(
                visit.api().headline(twice.then(filters)).path("operations").path("arrests"));
        String now = names.figure(
                visit.api().headline(twice.now(filters)).path("operations").path("arrests"));
        if (!then.equals(now)) {
            revised.add(words.of("{0}: {1} then, {2} now", words.of("Arrests claimed"), then, now));
        }
    }

    private static void states(Twice twice, Query filters, String measure, Set<String> revised)
            throws SQLException, IOException {
        Visit visit = twice.visit();
        Names names = new Names(visit);
        Map<String, JsonNode> then = new LinkedHashMap<>();
        for (JsonNode row : Figures.items(visit.api().states(twice.then(twice.on(filters))))) {
            then.put(row.path("state").asText(), row.path(measure));
        }
        Set<String> all = new LinkedHashSet<>();
        for (JsonNode row : Figures.items(visit.api().states(twice.now(twice.on(filters))))) {
            String state = row.path("state").asText();
            JsonNode before = then.get(state);
            told(visit.words(), names.state(state), before == null ? row.path("none") : before, row.path(measure), all);
        }
        List<String> told = new ArrayList<>(all);
        revised.addAll(told.subList(0, Math.min(MOST_STATES, told.size())));
        if (told.size() > MOST_STATES) {
            revised.add(visit.words()
                    .of("other states and territories: {0}", visit.words().number(told.size() - MOST_STATES)));
        }
    }

    /** How many rows there are of what a list was asked for. */
    private static void rows(Twice twice, String kind, Set<String> revised) throws SQLException, IOException {
        Visit visit = twice.visit();
        Query asked = visit.own().with("cursor", null).with("limit", "1");
        Query rows = "applications".equals(kind) ? asked : twice.on(asked);
        told(
                visit.words(),
                switch (kind) {
                    case "agencies" -> "Agencies";
                    case "agreements" -> "Agreements";
                    default -> "Applications";
                },
                visit.api().list(kind, twice.then(rows)).path("count"),
                visit.api().list(kind, twice.now(rows)).path("count"),
                revised);
    }

    private static void subject(Twice twice, String kind, String id, Set<String> revised)
            throws SQLException, IOException {
        PublicApi api = twice.visit().api();
        boolean same;
        try {
            same = facts(api.one(kind, id, twice.then(Query.EMPTY)), FACTS.getOrDefault(kind, List.of()))
                    .equals(facts(api.one(kind, id, twice.now(Query.EMPTY)), FACTS.getOrDefault(kind, List.of())));
            if (same && "agencies".equals(kind)) {
                Query held =
                        Query.EMPTY.with("agency_id", id).with("listed", "any").with("limit", "1000");
                same = each(api.list("agreements", twice.then(held)))
                        .equals(each(api.list("agreements", twice.now(held))));
            }
        } catch (Problem gone) {
            // What was there is not there any more.
            same = false;
        }
        if (!same) {
            revised.add(twice.visit().words().of("what this page tells"));
        }
    }

    private static List<List<JsonNode>> each(JsonNode agreements) {
        return Figures.items(agreements).stream()
                .map(agreement -> facts(agreement, OF_AGREEMENTS))
                .toList();
    }

    private static List<JsonNode> facts(JsonNode image, List<String> names) {
        return names.stream().map(name -> image.path(name)).toList();
    }

    private static void differs(Twice twice, Ask ask, Query asked, String part, String english, Set<String> revised)
            throws SQLException, IOException {
        if (!ask.of(twice.then(asked))
                .path(part)
                .equals(ask.of(twice.now(asked)).path(part))) {
            revised.add(twice.visit().words().of(english));
        }
    }

    private static void told(Words words, String english, JsonNode then, JsonNode now, Set<String> revised) {
        if (!then.equals(now)) {
            revised.add(words.of("{0}: {1} then, {2} now", words.of(english), words.number(then), words.number(now)));
        }
    }

    private static Map<String, String> measures() {
        Map<String, String> measures = new LinkedHashMap<>();
        measures.put("agreements", "Agreements");
        measures.put("new_agreements", "New agreements");
        measures.put("agencies", "Agencies");
        measures.put("states", "States");
        measures.put("pending_applications", "Pending applications");
        measures.put("under_review", "Under review");
        measures.put("unlisted", "No longer listed");
        return measures;
    }
}
