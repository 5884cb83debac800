package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ledger287.reporting.dashboard.Block.Cell;
import ledger287.reporting.dashboard.Block.Column;
import ledger287.reporting.dashboard.Block.Fact;

/** The pages of one agency, one agreement, one application, one operation. */
final class Subjects {
    private final Visit visit;
    private final Words words;
    private final Names names;
    private final ChangeCards cards;

    Subjects(Visit visit) {
        this.visit = visit;
        this.words = visit.words();
        this.names = new Names(visit);
        this.cards = new ChangeCards(visit);
    }

    /** @param reviews about the agency and what it holds, newest first */
    PageModel agency(String id, List<JsonNode> reviews) throws SQLException, IOException {
        JsonNode agency = visit.api().one("agencies", id, visit.momentKnown());
        Query of = Query.EMPTY.with("agency_id", id);
        List<Block> blocks = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        facts.add(fact("State", stateLink(agency)));
        facts.add(fact("County", foreignOrUnknown(agency.path("county"))));
        facts.add(fact(
                "Type of agency",
                Rich.of(names.agencyType(agency.path("agency_type").asText()))));
        if (agency.path("merged_into").isTextual()) {
            facts.add(fact(
                    "Merged into",
                    Rich.of(Span.plain(words.of("another agency"))
                            .to(visit.href(
                                    "/agencies/" + agency.path("merged_into").asText())))));
        }
        for (JsonNode related : agency.path("related")) {
            facts.add(fact(
                    "relabelled_from".equals(related.path("relation").asText()) ? "Relabelled from" : "Relabelled to",
                    Rich.of(Span.plain(words.of("another agency"))
                            .to(visit.href(
                                    "/agencies/" + related.path("agency_id").asText())))));
        }
        blocks.add(new Block.Facts(facts));
        blocks.add(new Block.Heading(words.of("Names over time"), "names"));
        List<List<Cell>> aliases = new ArrayList<>();
        for (JsonNode alias : agency.path("aliases")) {
            aliases.add(List.of(
                    Cell.of(Span.foreign(alias.path("name").asText())),
                    Cell.text(names.state(alias.path("state"))),
                    Cell.text(words.dayOf(alias.path("first_seen_at").asText()))));
        }
        blocks.add(new Block.Table(
                "names-table",
                words.of("Names under which ICE has listed it"),
                List.of(
                        new Column(words.of("Name"), false),
                        new Column(words.of("State"), false),
                        new Column(words.of("First seen"), false)),
                aliases,
                words.of("None.")));
        JsonNode agreements = visit.api()
                .list(
                        "agreements",
                        visit.momentKnown().with(of).with("listed", "any").with("limit", "1000"));
        blocks.add(new Block.Heading(words.of("Agreements and documents"), "agreements"));
        blocks.add(new Lists(visit).agreements(agreements));
        JsonNode applications = visit.api()
                .list(
                        "applications",
                        visit.momentKnown().with(of).with("listed", "any").with("limit", "1000"));
        if (applications.path("count").asLong() > 0) {
            blocks.add(new Block.Heading(words.of("Applications"), "applications"));
            blocks.add(new Lists(visit).applications(applications));
        }
        if (!reviews.isEmpty()) {
            blocks.add(new Block.Heading(words.of("Questions for a person"), "reviews"));
            blocks.add(new Block.Feed("reviews-feed", cards.of(reviews), "", false, ""));
        }
        blocks.add(new Block.Heading(words.of("Timeline, with receipts"), "timeline"));
        List<JsonNode> events =
                new ArrayList<>(Figures.items(visit.api().history("agencies", id, visit.momentKnown())));
        for (JsonNode agreement : agreements.path("items")) {
            events.addAll(Figures.items(visit.api()
                    .history("agreements", agreement.path("agreement_id").asText(), visit.momentKnown())));
        }
        for (JsonNode application : applications.path("items")) {
            events.addAll(Figures.items(visit.api()
                    .history("applications", application.path("application_id").asText(), visit.momentKnown())));
        }
        blocks.add(timeline(events));
        cite(blocks, "/agencies/" + id, agency.path("name").asText());
        return new PageModel(
                words.of("Agency"), Rich.of(Span.foreign(agency.path("name").asText())), blocks);
    }

    PageModel agreement(String id) throws SQLException, IOException {
        JsonNode agreement = visit.api().one("agreements", id, visit.momentKnown());
        Lists lists = new Lists(visit);
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(
                "Agency",
                Rich.of(Span.foreign(agreement.path("agency_name").asText())
                        .to(visit.href(
                                "/agencies/" + agreement.path("agency_id").asText())))));
        facts.add(fact("State", stateLink(agreement)));
        facts.add(fact("County", foreignOrUnknown(agreement.path("county"))));
        facts.add(fact("Model", Rich.of(names.model(agreement.path("support_type")))));
        facts.add(fact("Signed", lists.signed(agreement).text()));
        facts.add(fact("Status", lists.status(agreement).text()));
        facts.add(fact(
                "Agreement's document", lists.document(agreement.path("moa")).text()));
        facts.add(fact("Addendum", lists.document(agreement.path("addendum")).text()));
        facts.add(fact("First listed", Rich.of(time(agreement.path("first_listed_at")))));
        if (agreement.path("first_absent_at").isTextual()) {
            facts.add(fact("Last listed", Rich.of(time(agreement.path("last_listed_at")))));
            facts.add(fact("First absent", Rich.of(time(agreement.path("first_absent_at")))));
        }
        JsonNode ended = agreement.path("ended");
        if (ended.isObject()) {
            facts.add(fact(
                    "Ended",
                    Rich.of(names.ended(ended))
                            .and(" ")
                            .and(Span.plain(words.of("source"))
                                    .to(Names.safe(ended.path("source_url").asText())))));
        }
        for (JsonNode duplicate : agreement.path("possible_duplicate_of")) {
            facts.add(fact(
                    "Possible duplicate of",
                    Rich.of(Span.plain(words.of("another agreement"))
                            .to(visit.href("/agreements/" + duplicate.asText())))));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Facts(facts));
        blocks.add(new Block.Heading(words.of("Timeline, with receipts"), "timeline"));
        blocks.add(timeline(Figures.items(visit.api().history("agreements", id, visit.momentKnown()))));
        cite(blocks, "/agreements/" + id, agreement.path("agency_name").asText());
        return new PageModel(
                words.of("Agreement"),
                Rich.of(Span.foreign(agreement.path("agency_name").asText()))
                        .and(" · " + names.model(agreement.path("support_type"))),
                blocks);
    }

    PageModel application(String id) throws SQLException, IOException {
        JsonNode application = visit.api().one("applications", id, visit.momentKnown());
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(
                "Agency",
                Rich.of(Span.foreign(application.path("agency_name").asText())
                        .to(visit.href(
                                "/agencies/" + application.path("agency_id").asText())))));
        facts.add(fact("State", stateLink(application)));
        facts.add(fact("Model", Rich.of(names.model(application.path("support_type")))));
        facts.add(fact("Status", Rich.of(names.status(application.path("status").asText()))));
        facts.add(fact("First listed", Rich.of(time(application.path("first_listed_at")))));
        if (application.path("first_absent_at").isTextual()) {
            facts.add(fact("First absent", Rich.of(time(application.path("first_absent_at")))));
        }
        if (application.path("days_to_sign_low").isNumber()) {
            facts.add(fact(
                    "Days from listing to signature",
                    Rich.of(certain(application.path("days_to_sign_low"), application.path("days_to_sign_high")))));
        }
        if (application.path("agreement_id").isTextual()) {
            facts.add(fact(
                    "Agreement",
                    Rich.of(Span.plain(words.of("the agreement that answers it"))
                            .to(visit.href("/agreements/"
                                    + application.path("agreement_id").asText())))));
        }
        List<Block> blocks = new ArrayList<>();
        blocks.add(new Block.Facts(facts));
        blocks.add(new Block.Heading(words.of("Timeline, with receipts"), "timeline"));
        blocks.add(timeline(Figures.items(visit.api().history("applications", id, visit.momentKnown()))));
        return new PageModel(
                words.of("Application"),
                Rich.of(Span.foreign(application.path("agency_name").asText()))
                        .and(" · " + names.model(application.path("support_type"))),
                blocks);
    }

    PageModel operation(String id) throws SQLException, IOException {
        JsonNode operation = visit.api().one("operations", id, visit.momentKnown());
        List<Block> blocks = new ArrayList<>();
        List<Fact> facts = new ArrayList<>();
        facts.add(fact("Begun", Rich.of(when(operation.path("start")))));
        facts.add(fact("Ended", Rich.of(when(operation.path("end")))));
        List<Rich> places = new ArrayList<>();
        for (JsonNode place : operation.path("places")) {
            Rich text = Rich.of(Span.plain(names.state(place.path("state")))
                    .to(visit.href("/states/" + place.path("state").asText())));
            for (String field : List.of("county", "description")) {
                if (place.path(field).isTextual()) {
                    String told = place.path(field).asText();
                    text = text.and(", ").and("county".equals(field) ? Span.foreign(told) : Span.quoted(told));
                }
            }
            places.add(text);
        }
        facts.add(new Fact(words.of("Places"), places));
        if ("retracted".equals(operation.path("status").asText())) {
            facts.add(fact(
                    "Record withdrawn by this ledger",
                    Rich.of(Span.quoted(operation.path("reason").asText()))));
        }
        facts.add(fact(
                "In the sum of all operations",
                Rich.of(words.of(operation.path("counts").asBoolean() ? "yes" : "no"))
                        .and(
                                operation.path("left_out_because").isTextual()
                                        ? " ("
                                                + names.leftOut(operation
                                                        .path("left_out_because")
                                                        .asText()) + ")"
                                        : "")));
        List<Rich> sources = new ArrayList<>();
        for (JsonNode source : operation.path("sources")) {
            String url = source.path("url").asText();
            String title =
                    source.path("title").isTextual() ? source.path("title").asText() : url;
            sources.add(Rich.of(Span.quoted(title).to(Names.safe(url)))
                    .and(
                            source.path("publisher").isTextual()
                                    ? ", " + source.path("publisher").asText()
                                    : ""));
        }
        if (!sources.isEmpty()) {
            facts.add(new Fact(words.of("Sources"), sources));
        }
        blocks.add(new Block.Facts(facts));
        blocks.add(new Block.Heading(words.of("What is claimed, side by side"), "claims"));
        blocks.add(
                new Block.Prose(
                        "note",
                        Rich.of(
                                words.of(
                                        "A figure about an operation is a claim: who says it, when, and how sure. Rival figures stand beside each other; the marked one stands for the operation."))));
        blocks.add(claims(operation));
        if (!operation.path("partners").isEmpty()) {
            blocks.add(new Block.Heading(words.of("Partners"), "partners"));
            blocks.add(partners(operation));
        }
        blocks.add(new Block.Heading(words.of("Timeline, with receipts"), "timeline"));
        blocks.add(timeline(Figures.items(visit.api().history("operations", id, visit.momentKnown()))));
        cite(blocks, "/operations/" + id, operation.path("name").asText());
        return new PageModel(
                words.of("Operation"),
                Rich.of(Span.quoted(operation.path("name").asText())),
                blocks);
    }

    private Block claims(JsonNode operation) {
        List<List<Cell>> rows = new ArrayList<>();
        for (Map.Entry<String, JsonNode> metric : operation.path("figures").properties()) {
            String chosen = metric.getValue().path("claim_id").asText();
            for (JsonNode claim : metric.getValue().path("claims")) {
                Rich figure = Rich.of(Span.strong(names.figure(claim.path("figure"))));
                boolean rivals = metric.getValue().path("claims").size() > 1;
                if (rivals && claim.path("claim_id").asText().equals(chosen)) {
                    figure = figure.and(" ").and(Span.badge(words.of("stands for the operation")));
                }
                JsonNode low = claim.path("figure").path("low");
                JsonNode high = claim.path("figure").path("high");
                String source = claim.path("source_url").asText();
                rows.add(List.of(
                        Cell.text(names.metric(metric.getKey())),
                        new Cell(figure, false),
                        new Cell(Rich.of(certain(low, high)), true),
                        new Cell(
                                Rich.of(Span.foreign(names.speaker(claim.path("speaker"))))
                                        .and(
                                                claim.path("speaker")
                                                                .path("official")
                                                                .asBoolean()
                                                        ? " (" + words.of("official") + ")"
                                                        : ""),
                                false),
                        Cell.text(
                                claim.path("published_on").isTextual()
                                        ? words.day(claim.path("published_on").asText(), "day")
                                        : words.of("date not known")),
                        Cell.of(Span.plain(words.of("source")).to(Names.safe(source)))));
            }
        }
        return new Block.Table(
                "claims-table",
                words.of("Claims"),
                List.of(
                        new Column(words.of("About"), false),
                        new Column(words.of("Figure"), false),
                        new Column(words.of("Certain"), true),
                        new Column(words.of("Speaker"), false),
                        new Column(words.of("Published"), false),
                        new Column(words.of("Source"), false)),
                rows,
                words.of("Nobody has claimed a figure."));
    }

    private String certain(JsonNode low, JsonNode high) {
        if (low.isNumber() && high.isNumber()) {
            return low.equals(high) ? words.number(low) : words.of("{0} to {1}", words.number(low), words.number(high));
        }
        return low.isNumber()
                ? words.of("{0} or more", words.number(low))
                : high.isNumber() ? words.of("{0} or fewer", words.number(high)) : words.of("nothing");
    }

    private Block partners(JsonNode operation) {
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode partner : operation.path("partners")) {
            JsonNode match = partner.path("match");
            rows.add(List.of(
                    Cell.of(Span.foreign(partner.path("name").asText())),
                    match.isObject()
                            ? Cell.of(Span.foreign(match.path("name").asText())
                                    .to(visit.href("/agencies/"
                                            + match.path("agency_id").asText())))
                            : Cell.text(words.of("no agency of this name is known")),
                    Cell.text(
                            match.isObject() ? words.of(match.path("confidence").asText()) : "–"),
                    Cell.text(held(partner.path("task_force_agreement")))));
        }
        return new Block.Table(
                "partners-table",
                words.of("Partner agencies, as the source names them"),
                List.of(
                        new Column(words.of("As named"), false),
                        new Column(words.of("Agency"), false),
                        new Column(words.of("Confidence of the match"), false),
                        new Column(words.of("Task-force agreement on that day"), false)),
                rows,
                words.of("None."));
    }

    private String held(JsonNode held) {
        JsonNode days = held.path("signed_days_before");
        return switch (held.path("held").asText()) {
            case "yes" ->
                days.isNumber() && days.asLong() > 0
                        ? words.of("held, signed {0} {0|day|days} before", words.number(days))
                        : words.of(days.isNumber() ? "held, signed on that day" : "held");
            case "no" -> words.of("not held");
            default -> words.of("not determinable");
        };
    }

    private Block timeline(List<JsonNode> events) {
        List<JsonNode> newestFirst = new ArrayList<>(events);
        newestFirst.sort(java.util.Comparator.comparingLong((JsonNode event) -> -sequence(event)));
        return new Block.Feed("timeline-feed", cards.of(newestFirst), Absences.suchChanges(visit), false, "");
    }

    private static long sequence(JsonNode event) {
        String cursor = event.path("cursor").asText();
        return Long.parseLong(cursor.substring(cursor.lastIndexOf('-') + 1));
    }

    private void cite(List<Block> blocks, String path, String what) {
        String frozen = visit.frozen(path, Query.EMPTY);
        blocks.add(new Block.Citation(Citations.of(visit, what, frozen), frozen));
    }

    /** A date in our words; in the source's where only those tell it. */
    private Span when(JsonNode date) {
        String told = names.when(date);
        return date.path("on").isTextual() || !date.path("text").isTextual() ? Span.plain(told) : Span.quoted(told);
    }

    private String time(JsonNode instant) {
        return instant.isTextual() ? words.time(instant.asText()) : words.of("not known");
    }

    private Rich stateLink(JsonNode thing) {
        String code = thing.path("state").asText();
        return Rich.of(Span.plain(names.state(code))
                .to(thing.path("state").isTextual() ? visit.href("/states/" + code) : null));
    }

    private Rich foreignOrUnknown(JsonNode value) {
        return value.isTextual() ? Rich.of(Span.foreign(value.asText())) : Rich.of(words.of("not known"));
    }

    private Fact fact(String english, Rich value) {
        return new Fact(words.of(english), List.of(value));
    }
}
