package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import ledger287.reporting.dashboard.Block.Cell;
import ledger287.reporting.dashboard.Block.Column;
import ledger287.reporting.dashboard.Block.Table;
import org.jspecify.annotations.Nullable;

/** Tables of agencies, agreements, applications and operations. */
final class Lists {
    private final Visit visit;
    private final Words words;
    private final Names names;
    /** The page's own filters, which the rows behind its figures share. */
    private final Query filters;

    Lists(Visit visit) {
        this.visit = visit;
        this.words = visit.words();
        this.names = new Names(visit);
        this.filters = visit.own().only(Figures.FILTERS);
    }

    /**
     * @param rows of the statistic by state
     * @param count how many they are; null when that is no figure of its own
     */
    Table states(String id, String caption, List<JsonNode> rows, String empty, @Nullable Long count) {
        String since = visit.headline().path("since").asText();
        return new Table(
                id,
                caption,
                List.of(
                        text("State"),
                        number("Agreements"),
                        number("New agreements"),
                        number("Agencies"),
                        number("Pending applications")),
                rows.stream()
                        .map(row -> {
                            Query in = filters.with("state", row.path("state").asText());
                            return List.of(
                                    state(row),
                                    Cell.number(words.number(row.path("agreements")), visit.href("/agreements", in)),
                                    Cell.number(
                                            words.number(row.path("new_agreements")),
                                            visit.href("/agreements", Lists.signed(in, "gte", since))),
                                    Cell.number(words.number(row.path("agencies")), visit.href("/agencies", in)),
                                    Cell.number(
                                            words.number(row.path("pending_applications")),
                                            visit.hrefApplications(in)));
                        })
                        .toList(),
                empty,
                count);
    }

    Table agencies(JsonNode answer) {
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            rows.add(List.of(
                    Cell.of(Span.foreign(item.path("name").asText())
                            .to(visit.href("/agencies/" + item.path("agency_id").asText()))),
                    state(item),
                    county(item),
                    Cell.text(names.agencyType(item.path("agency_type").asText())),
                    Cell.number(words.number(item.path("agreements")), visit.href("/agreements", of(item))),
                    mark(item, "task_force"),
                    mark(item, "warrant_service_officer"),
                    mark(item, "jail_enforcement")));
        }
        return new Table(
                "agencies-table",
                counted("Agencies: {0}", answer),
                List.of(
                        text("Agency"),
                        text("State"),
                        text("County"),
                        text("Type"),
                        number("Agreements"),
                        number("Task force"),
                        number("Warrant service officer"),
                        number("Jail enforcement")),
                rows,
                none(answer, "participating"),
                count(answer));
    }

    Table agreements(JsonNode answer) {
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            rows.add(List.of(
                    Cell.of(Span.foreign(item.path("agency_name").asText())
                            .to(visit.href(
                                    "/agreements/" + item.path("agreement_id").asText()))),
                    state(item),
                    Cell.text(names.model(item.path("support_type"))),
                    signed(item),
                    status(item),
                    document(item.path("moa"))));
        }
        return new Table(
                "agreements-table",
                counted("Agreements: {0}", answer),
                List.of(text("Agency"), text("State"), text("Model"), text("Signed"), text("Status"), text("Document")),
                rows,
                none(answer, "participating"),
                count(answer));
    }

    Table applications(JsonNode answer) {
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode item : answer.path("items")) {
            rows.add(List.of(
                    Cell.of(Span.foreign(item.path("agency_name").asText())
                            .to(visit.href("/applications/"
                                    + item.path("application_id").asText()))),
                    state(item),
                    Cell.text(names.model(item.path("support_type"))),
                    Cell.text(words.dayOf(item.path("first_listed_at").asText())),
                    applicationStatus(item)));
        }
        return new Table(
                "applications-table",
                counted("Applications: {0}", answer),
                List.of(text("Agency"), text("State"), text("Model"), text("First listed"), text("Status")),
                rows,
                none(answer, "pending"),
                count(answer));
    }

    /** @param comparison {@code lt}, {@code lte} or {@code gte}: of those rows, the ones signed before or after a day */
    static Query signed(Query rows, String comparison, String day) {
        return rows.with("signed_on__" + comparison, day);
    }

    Cell signed(JsonNode item) {
        Rich day = Rich.of(words.day(
                item.path("signed_on").isTextual() ? item.path("signed_on").asText() : null,
                item.path("signed_precision").asText("day")));
        return new Cell(
                item.path("signed_repaired").asBoolean() ? day.and(" ").and(Span.badge(words.of("repaired"))) : day,
                false);
    }

    Cell status(JsonNode item) {
        Rich status = Rich.of(names.status(item.path("status").asText()));
        if (item.path("provisional").asBoolean()) {
            status = status.and(" ").and(Span.badge(words.of("provisional")));
        }
        if (!item.path("possible_duplicate_of").isEmpty()) {
            status = status.and(" ").and(Span.badge(words.of("possible duplicate")));
        }
        if ("uncertain".equals(item.path("standing").asText())) {
            status = status.and(" ").and(Span.badge(words.of("uncertain")));
        }
        return new Cell(status, false);
    }

    private Cell applicationStatus(JsonNode item) {
        Span status = Span.plain(names.status(item.path("status").asText()));
        Rich text = Rich.of(
                item.path("agreement_id").isTextual()
                        ? status.to(visit.href(
                                "/agreements/" + item.path("agreement_id").asText()))
                        : status);
        if (item.path("listed").asBoolean()
                && "granted".equals(item.path("status").asText())) {
            text = text.and(" ").and(Span.badge(words.of("still listed")));
        }
        return new Cell(text, false);
    }

    Cell document(JsonNode document) {
        String url = Names.safe(document.path("url").asText());
        return Cell.of(Span.plain(names.status(document.path("status").asText("missing")))
                .to(url));
    }

    private Cell state(JsonNode item) {
        String code = item.path("state").asText();
        boolean known = item.path("state").isTextual() && !"unknown".equals(code);
        return Cell.of(Span.plain(names.state(code)).to(known ? visit.href("/states/" + code) : null));
    }

    private Cell county(JsonNode item) {
        return item.path("county").isTextual()
                ? Cell.of(Span.foreign(item.path("county").asText()))
                : Cell.text(words.of("not known"));
    }

    private Cell mark(JsonNode agency, String model) {
        JsonNode count = agency.path(model);
        return count.asLong() == 0
                ? Cell.number("–", null)
                : Cell.number(
                        words.number(count),
                        visit.href("/agreements", of(agency).with("model", model)));
    }

    private Query of(JsonNode agency) {
        return filters.with("agency_id", agency.path("agency_id").asText());
    }

    private static @Nullable Long count(JsonNode answer) {
        return answer.path("count").isNumber() ? answer.path("count").asLong() : null;
    }

    private String counted(String english, JsonNode answer) {
        return words.of(english, words.number(answer.path("count")));
    }

    private String none(JsonNode answer, String workbook) {
        if (answer.path("count").isNumber()) {
            return words.of("None.");
        }
        return "pending".equals(workbook) ? Absences.pending(visit) : Absences.participating(visit);
    }

    private Column text(String english) {
        return new Column(words.of(english), false);
    }

    private Column number(String english) {
        return new Column(words.of(english), true);
    }
}
