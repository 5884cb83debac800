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
import ledger287.reporting.operations.OperationMeasures;
import ledger287.reporting.problem.Problem;
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
        Reading now = now(reading);
        Compared.Window window = new Compared.Window(page.offset(), page.limit());
        Difference difference = difference(then(reading), now, window);
        answer.put("day", day.toString());
        answer.put("known_until", until.toString());
        answer.put("cited", cited == null ? null : cited.toString());
        answer.put("since", since.toString());
        ArrayNode figures = answer.putArray("figures");
        compare("", difference.then(), difference.now(), figures);
        putEvents(now, difference.items());
        answer.putArray("items").addAll(difference.items());
        return window.passed();
    }

    /** One row for each item. */
    void table(Reading reading, Table table) throws SQLException, IOException {
        Reading now = now(reading);
        List<ObjectNode> all =
                difference(then(reading), now, Compared.Window.all()).items();
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

    /**
     * What differs.
     *
     * @param then the figures as published
     * @param now the figures as known later
     * @param items of the window, everything that counts otherwise, or of which other facts are told
     */
    private record Difference(ObjectNode then, ObjectNode now, List<ObjectNode> items) {}

    private Difference difference(Reading then, Reading now, Compared.Window window) throws SQLException {
        Compared<Measures.Row> agreements = RevisedAgreements.of(then, now, filters, since, window);
        Compared<Measures.Row> applications = RevisedApplications.of(then, now, filters, window);
        Compared<OperationMeasures.Row> operations =
                RevisedOperations.of(withoutDay(then), withoutDay(now), filters, day, window);
        List<ObjectNode> items = new ArrayList<>(agreements.items());
        items.addAll(applications.items());
        items.addAll(operations.items());
        return new Difference(
                figures(then, agreements.then(), applications.then(), operations.then()),
                figures(now, agreements.now(), applications.now(), operations.now()),
                items);
    }

    private ObjectNode figures(
            Reading reading, Measures.Row agreements, Measures.Row applications, OperationMeasures.Row operations)
            throws SQLException {
        ObjectNode figures = JSON.createObjectNode();
        new Measures(reading, filters, since).put(figures, agreements, applications);
        figures.retain(COMPARABLE);
        RevisedOperations.putFigures(withoutDay(reading), operations, figures);
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
