package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.database.Sql;
import ledger287.reporting.export.Table;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * How what was published of a day differs from what is known of it later: the figures, and behind them every agreement,
 * application and operation, with the events that made the difference.
 *
 * @param day the day of the published figures: what ICE's workbooks told at its end
 * @param until up to when on what became known counts
 * @param cited where the change log ended when the figures were read; null: as it is told at the question's position
 */
record Revisions(LocalDate day, LocalDate until, @Nullable Cursor cited, LocalDate since, Filters filters) {
    static final Set<String> PARAMETERS = parameters();

    private static final ObjectMapper JSON = new ObjectMapper();

    /** Figures of the headline that mean the same of a list and of a day. */
    private static final List<String> COMPARABLE = List.of(
            "agreements",
            "new_agreements",
            "agreements_before_since",
            "signed_unknown",
            "agencies",
            "states",
            "new_states",
            "by_model",
            "agencies_by_model",
            "by_agency_type",
            "pending_applications",
            "uncertain",
            "not_determinable");

    /** What a later event may tell otherwise about an agreement that counts before and after. */
    private static final List<String> FACTS = List.of(
            "agency_id",
            "agency_name",
            "state",
            "county",
            "agency_type",
            "support_type",
            "signed_earliest",
            "signed_latest");

    static Revisions read(Questions questions, Question question) throws SQLException {
        List<LocalDate> days = question.parameters().days("between", 2);
        if (days.isEmpty()) {
            throw Problem.parameter(
                    "between",
                    "'between' takes the day of the figures and, if not now, until when on what became known counts:"
                            + " between=2025-06-06,2025-06-27.");
        }
        LocalDate known = question.moment().knownBy().atZone(Moment.NEW_YORK).toLocalDate();
        LocalDate until = days.size() == 1 ? known : days.getLast();
        if (days.size() > 1 && until.isAfter(known)) {
            until = known;
        }
        if (days.getFirst().isAfter(until)) {
            throw Problem.parameter(
                    "between", "The first day of 'between' is after the second, or after all that is known.");
        }
        Cursor cited = question.parameters()
                .text("cited")
                .map(text -> Cursor.parse(text)
                        .orElseThrow(() -> Problem.parameter(
                                "cited", "'cited' takes a Feed-Position as answers give it, e.g. 1a2b3c4d-4711.")))
                .orElse(null);
        if (cited != null) {
            // Figures are read of whole appends, so a cursor within one cites the whole.
            cited = questions.headAt(cited, "cited").cursor();
            question.parameters().note("cited", cited.toString());
        }
        return new Revisions(
                days.getFirst(), until, cited, Headline.since(question), Filters.read(question.parameters()));
    }

    String inWords() {
        return "Figures of 287(g) agreements of %s, and what was known of that day by %s".formatted(day, until);
    }

    /**
     * Puts figures and items.
     *
     * @return how many items there are in all
     */
    long put(Reading reading, Question.Page page, ObjectNode answer) throws SQLException, IOException {
        Reading then = then(reading);
        Reading now = now(reading);
        answer.put("day", day.toString());
        answer.put("known_until", until.toString());
        answer.put("cited", cited == null ? null : cited.toString());
        answer.put("since", since.toString());
        ArrayNode figures = answer.putArray("figures");
        compare("", figures(then), figures(now), figures);
        List<ObjectNode> all = differences(then, now);
        List<ObjectNode> shown =
                all.subList(Math.min(page.offset(), all.size()), Math.min(page.offset() + page.limit(), all.size()));
        putEvents(now, shown);
        answer.putArray("items").addAll(shown);
        return all.size();
    }

    /** One row for each item. */
    void table(Reading reading, Table table) throws SQLException, IOException {
        Reading now = now(reading);
        List<ObjectNode> all = differences(then(reading), now);
        putEvents(now, all);
        table.header(
                "kind",
                "agreement_id",
                "application_id",
                "operation_id",
                "agency_name",
                "operation_name",
                "state",
                "county",
                "agency_type",
                "support_type",
                "change",
                "changed",
                "event_ids",
                "cursors");
        for (ObjectNode item : all) {
            table.row(
                    item.path("kind").asText(),
                    textOrNull(item, "agreement_id"),
                    textOrNull(item, "application_id"),
                    textOrNull(item, "operation_id"),
                    textOrNull(item, "agency_name"),
                    textOrNull(item, "operation_name"),
                    textOrNull(item, "state"),
                    textOrNull(item, "county"),
                    textOrNull(item, "agency_type"),
                    textOrNull(item, "support_type"),
                    item.path("change").asText(),
                    joined(item.path("changed"), "field"),
                    joined(item.path("events"), "event_id"),
                    joined(item.path("events"), "cursor"));
        }
    }

    private Reading then(Reading reading) {
        Moment moment = reading.moment();
        Head head = moment.head();
        Head citedHead = cited == null || cited.sequence() >= head.cursor().sequence()
                ? head
                : new Head(
                        cited,
                        head.newestKnownAt(),
                        head.sample(),
                        head.incomplete(),
                        head.completenessVersion(),
                        head.positions());
        return reading.at(new Moment(citedHead, true, day.toString(), knownOf(day, moment), null));
    }

    private Reading now(Reading reading) {
        Moment moment = reading.moment();
        return reading.at(new Moment(moment.head(), moment.pinned(), until.toString(), knownOf(until, moment), day));
    }

    /** What was known by the end of a day, as far as the question's own {@code as_of} reaches: it may be an instant of that day. */
    private static Instant knownOf(LocalDate day, Moment moment) {
        Instant end = Moment.endOf(day);
        return end.isAfter(moment.knownBy()) ? moment.knownBy() : end;
    }

    private static Reading withoutDay(Reading reading) {
        Moment moment = reading.moment();
        return reading.at(new Moment(moment.head(), moment.pinned(), moment.asOf(), moment.knownBy(), null));
    }

    private ObjectNode figures(Reading reading) throws SQLException {
        ObjectNode figures = JSON.createObjectNode();
        new Measures(reading, filters, since).putWhole(figures);
        figures.retain(COMPARABLE);
        RevisedOperations.putFigures(withoutDay(reading), filters, day, figures);
        return figures;
    }

    private static void compare(String prefix, JsonNode then, JsonNode now, ArrayNode figures) {
        for (Map.Entry<String, JsonNode> field : now.properties()) {
            JsonNode before = then.path(field.getKey());
            if (field.getValue().isObject()) {
                compare(prefix + field.getKey() + ".", before, field.getValue(), figures);
            } else if (!before.equals(field.getValue())
                    && !(before.isNull() && field.getValue().asLong() == 0)) {
                ObjectNode figure = figures.addObject();
                figure.put("measure", prefix + field.getKey());
                figure.set("published", before.isMissingNode() ? figure.nullNode() : before);
                figure.set("now", field.getValue());
            }
        }
    }

    /** Everything that counts otherwise, or of which other facts are told. */
    private List<ObjectNode> differences(Reading then, Reading now) throws SQLException {
        List<ObjectNode> all = new ArrayList<>(agreements(then, now));
        all.addAll(RevisedApplications.of(then, now, filters));
        all.addAll(RevisedOperations.of(withoutDay(then), withoutDay(now), filters, day));
        return all;
    }

    private List<ObjectNode> agreements(Reading then, Reading now) throws SQLException {
        Sql sql = differencesSql(then, now);
        List<ObjectNode> items = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(now.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ObjectNode item = JSON.createObjectNode();
                boolean counted = row.getBoolean("then_counts");
                boolean counts = row.getBoolean("now_counts");
                String standing = row.getString("standing");
                String source = row.getString("now_agency_id") == null ? "then_" : "now_";
                item.put("kind", "agreement");
                item.put("agreement_id", row.getString("agreement_id"));
                for (String fact :
                        List.of("agency_id", "agency_name", "state", "county", "agency_type", "support_type")) {
                    item.put(fact, row.getString(source + fact));
                }
                item.put(
                        "change",
                        counts
                                ? (counted ? "restated" : "added")
                                : standing == null || standing.equals("in_force") ? "removed" : standing);
                item.put("counted_then", counted);
                item.put("counted_now", counts);
                ArrayNode changed = item.putArray("changed");
                if (counted && row.getString("now_agency_id") != null) {
                    for (String fact : FACTS) {
                        String before = row.getString("then_" + fact);
                        String after = row.getString("now_" + fact);
                        if (!java.util.Objects.equals(before, after)) {
                            changed.addObject()
                                    .put("field", fact)
                                    .put("from", before)
                                    .put("to", after);
                        }
                    }
                }
                item.put("sequence", row.getLong("change_sequence"));
                items.add(item);
            }
        }
        return items;
    }

    Sql differencesSql(Reading then, Reading now) {
        String columns = ", v.agency_name, v.county, v.change_sequence";
        StringBuilder facts = new StringBuilder();
        for (String fact : FACTS) {
            facts.append("t.%1$s as then_%1$s, n.%1$s as now_%1$s,\n       ".formatted(fact));
        }
        return new Sql("select coalesce(n.agreement_id, t.agreement_id) as agreement_id,\n       " + facts + """
                       coalesce(t.counts, false) as then_counts,
                       coalesce(n.counts, false) as now_counts,
                       n.standing,
                       coalesce(n.change_sequence, t.change_sequence) as change_sequence
                  from (
                """)
                .add(Counted.agreements(then.visible(), filters, columns))
                .add("select * from counted) t\n  full join (\n")
                .add(Counted.agreements(now.visible(), filters, columns))
                .add("""
                select * from counted) n on n.agreement_id = t.agreement_id
                 where coalesce(t.counts, false) is distinct from coalesce(n.counts, false)
                    or n.standing in ('uncertain', 'not_determinable')
                    or (t.counts and n.counts
                        and (t.agency_id, t.agency_name, t.state, t.county, t.agency_type, t.support_type,
                             t.signed_earliest, t.signed_latest)
                            is distinct from
                            (n.agency_id, n.agency_name, n.state, n.county, n.agency_type, n.support_type,
                             n.signed_earliest, n.signed_latest))
                 order by coalesce(n.counts, false) = coalesce(t.counts, false), coalesce(n.state, t.state) nulls last,
                       coalesce(n.agency_name, t.agency_name), 1
                """);
    }

    /** The things whose events can have made the difference, as their subjects. */
    private static Map<String, List<ArrayNode>> subjects(Reading now, List<ObjectNode> items) throws SQLException {
        Set<UUID> operations = new TreeSet<>();
        for (ObjectNode item : items) {
            if (item.has("operation_id")) {
                operations.add(UUID.fromString(item.path("operation_id").asText()));
            }
        }
        Map<String, Set<String>> claims = RevisedOperations.claims(now, operations);
        Map<String, List<ArrayNode>> subjects = new HashMap<>();
        for (ObjectNode item : items) {
            ArrayNode events = item.putArray("events");
            String kind = item.path("kind").asText();
            String id = item.path(kind + "_id").asText();
            Set<String> own = new TreeSet<>(claims.getOrDefault(id, Set.of()));
            own.add(kind + "-" + id);
            for (JsonNode changed : item.path("changed")) {
                // An agency was merged into another one: its own event says so.
                if (changed.path("field").asText().equals("agency_id")) {
                    own.add("agency-" + changed.path("from").asText());
                    own.add("agency-" + changed.path("to").asText());
                }
            }
            own.forEach(subject ->
                    subjects.computeIfAbsent(subject, one -> new ArrayList<>()).add(events));
        }
        return subjects;
    }

    private void putEvents(Reading now, List<ObjectNode> items) throws SQLException {
        Map<String, List<ArrayNode>> bySubject = subjects(now, items);
        Cursor from = cited == null ? now.moment().cursor() : cited;
        Sql sql = new Sql(
                """
                select c.subject, c.sequence, c.event_id, c.type, c.known_at, c.recorded_at
                  from change c
                 where c.subject = any (?)
                   and c.sequence <= ?
                   and c.known_at <= ?
                   and (c.known_at > ? or c.sequence > ?)
                 order by c.sequence
                """,
                new TreeSet<>(bySubject.keySet()),
                now.moment().cursor().sequence(),
                now.moment().knownBy(),
                knownOf(day, now.moment()),
                from.sequence());
        putEvents(now, sql, bySubject);
        // What nothing was learned about since is as its last event says.
        Set<Long> silent = new TreeSet<>();
        for (ObjectNode item : items) {
            if (item.path("events").isEmpty() && item.has("sequence")) {
                silent.add(item.path("sequence").asLong());
            }
            item.remove("sequence");
        }
        if (!silent.isEmpty()) {
            Sql one = new Sql("""
                    select c.subject, c.sequence, c.event_id, c.type, c.known_at, c.recorded_at
                      from change c
                     where c.sequence = any (cast(? as bigint[]))
                     order by c.sequence
                    """, silent.stream().map(String::valueOf).toList());
            putEvents(now, one, bySubject);
        }
    }

    private static void putEvents(Reading now, Sql sql, Map<String, List<ArrayNode>> bySubject) throws SQLException {
        try (PreparedStatement select = sql.prepare(now.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                for (ArrayNode events : bySubject.getOrDefault(row.getString(1), List.of())) {
                    ObjectNode event = events.addObject();
                    event.put("event_id", row.getString(3));
                    event.put("cursor", now.moment().cursor().epoch() + "-" + row.getLong(2));
                    event.put("type", row.getString(4));
                    event.put("time", instant(row, 5));
                    event.put("recorded_at", instant(row, 6));
                }
            }
        }
    }

    private static String instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant().toString();
    }

    private static @Nullable String textOrNull(JsonNode item, String field) {
        return item.path(field).isTextual() ? item.path(field).textValue() : null;
    }

    private static String joined(JsonNode array, String field) {
        List<String> parts = new ArrayList<>();
        array.forEach(part -> parts.add(part.path(field).asText()));
        return String.join("; ", parts);
    }

    private static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(Filters.NAMES);
        parameters.addAll(List.of("between", "cited", "since"));
        return Set.copyOf(parameters);
    }
}
