package ledger287.operations.publication;

import static ledger287.service.publication.Json.object;
import static ledger287.service.publication.Json.objects;
import static ledger287.service.publication.Json.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ledger287.operations.operation.Claim;
import ledger287.operations.operation.ClaimStatus;
import ledger287.operations.operation.Description;
import ledger287.operations.operation.Figure;
import ledger287.operations.operation.Metric;
import ledger287.operations.operation.Operation;
import ledger287.operations.operation.OperationStatus;
import ledger287.operations.operation.Overlap;
import ledger287.operations.operation.PartialDate;
import ledger287.operations.operation.Partner;
import ledger287.operations.operation.Place;
import ledger287.operations.operation.Precision;
import ledger287.operations.operation.Qualifier;
import ledger287.operations.operation.Relation;
import ledger287.operations.operation.Scope;
import ledger287.operations.operation.Source;
import ledger287.operations.operation.Speaker;
import ledger287.operations.operation.State;
import ledger287.operations.operation.Statement;
import ledger287.service.publication.Fields;
import ledger287.service.publication.Json;
import org.jspecify.annotations.Nullable;

/** The images of operations and claims as JSON: in the log, on the topic and in answers, all alike. */
public final class Images {

    private Images() {}

    public static ObjectNode write(Operation operation) {
        Description description = operation.description();
        ObjectNode json = object();
        json.put("operation_id", text(operation.id()));
        json.put("external_id", operation.externalId());
        json.put("name", description.name());
        json.put("phase", description.phase());
        json.set("start", write(description.start()));
        json.set("end", write(description.end()));
        json.set("places", objects(description.places(), Images::write));
        json.put("lead_office", description.leadOffice());
        json.set("partners", objects(description.partners(), Images::write));
        json.put("legal_basis", description.legalBasis());
        json.set("sources", objects(description.sources(), Images::write));
        json.set("overlaps", objects(operation.overlaps(), Images::write));
        json.put("scope", description.scope().code());
        json.put("status", operation.status().code());
        json.put("reason", operation.reason());
        return json;
    }

    static Operation operation(Fields json) {
        return new Operation(
                json.id("operation_id"),
                json.textOrNull("external_id"),
                new Description(
                        json.text("name"),
                        json.textOrNull("phase"),
                        partialDate(json.object("start")),
                        partialDate(json.object("end")),
                        json.objects("places").stream().map(Images::place).toList(),
                        json.textOrNull("lead_office"),
                        json.objects("partners").stream().map(Images::partner).toList(),
                        json.textOrNull("legal_basis"),
                        json.objects("sources").stream().map(Images::source).toList(),
                        json.code("scope", Scope.values(), Scope::code)),
                json.objects("overlaps").stream().map(Images::overlap).toList(),
                json.code("status", OperationStatus.values(), OperationStatus::code),
                json.textOrNull("reason"));
    }

    public static ObjectNode write(Claim claim) {
        Statement statement = claim.statement();
        ObjectNode json = object();
        json.put("claim_id", text(claim.id()));
        json.put("operation_id", text(claim.operationId()));
        json.put("metric", statement.metric().code());
        json.set("figure", write(statement.figure()));
        json.set("as_of", write(statement.asOf()));
        json.put("published_on", text(statement.publishedOn()));
        json.put("known_at", text(claim.knownAt()));
        json.set("speaker", write(statement.speaker()));
        json.put("quotation", statement.quotation());
        json.put("source_url", statement.sourceUrl());
        json.put("archived_url", statement.archivedUrl());
        json.put("supersedes", text(claim.supersedes()));
        json.put("superseded_by", text(claim.supersededBy()));
        json.put("preferred", claim.preferred());
        json.put("status", claim.status().code());
        json.put("reason", claim.reason());
        return json;
    }

    static Claim claim(Fields json) {
        return new Claim(
                json.id("claim_id"),
                json.id("operation_id"),
                new Statement(
                        json.code("metric", Metric.values(), Metric::code),
                        figure(json.object("figure")),
                        partialDate(json.object("as_of")),
                        json.dateOrNull("published_on"),
                        speaker(json.object("speaker")),
                        json.textOrNull("quotation"),
                        json.text("source_url"),
                        json.textOrNull("archived_url")),
                json.instant("known_at"),
                json.idOrNull("supersedes"),
                json.idOrNull("superseded_by"),
                json.flag("preferred"),
                json.code("status", ClaimStatus.values(), ClaimStatus::code),
                json.textOrNull("reason"));
    }

    static ObjectNode write(Figure figure) {
        ObjectNode json = object();
        json.put("qualifier", figure.qualifier().code());
        json.put("value", figure.value());
        json.put("of", figure.of());
        json.put("low", figure.low());
        json.put("high", figure.high());
        json.put("approximate", figure.approximate());
        json.put("text", figure.text());
        return json;
    }

    /** Bounds and words follow from the qualifier and its number; they are stored for readers only. */
    static Figure figure(Fields json) {
        return switch (json.code("qualifier", Qualifier.values(), Qualifier::code)) {
            case EXACTLY -> Figure.exactly(json.number("value"));
            case AT_LEAST -> Figure.atLeast(json.number("value"));
            case MORE_THAN -> Figure.moreThan(json.number("value"));
            case UP_TO -> Figure.upTo(json.number("value"));
            case FEWER_THAN -> Figure.fewerThan(json.number("value"));
            case MAJORITY_OF -> Figure.majorityOf(json.number("of"));
            case BETWEEN -> Figure.between(json.number("low"), json.number("high"));
            case ABOUT -> Figure.about(json.number("value"));
            case NEARLY -> Figure.nearly(json.number("value"));
            case UNKNOWN -> Figure.UNKNOWN;
        };
    }

    private static ObjectNode write(PartialDate date) {
        ObjectNode json = object();
        json.put("on", text(date.on()));
        json.put("precision", date.precision().code());
        json.put("not_before", text(date.notBefore()));
        json.put("not_after", text(date.notAfter()));
        json.put("text", date.text());
        return json;
    }

    private static PartialDate partialDate(Fields json) {
        return new PartialDate(
                json.dateOrNull("on"),
                json.code("precision", Precision.values(), Precision::code),
                json.dateOrNull("not_before"),
                json.dateOrNull("not_after"),
                json.textOrNull("text"));
    }

    private static ObjectNode write(Place place) {
        ObjectNode json = object();
        json.put("state", Json.code(place.state(), State::code));
        json.put("county", place.county());
        json.put("county_fips", place.countyFips());
        json.put("description", place.description());
        return json;
    }

    private static Place place(Fields json) {
        return new Place(
                state(json), json.textOrNull("county"), json.textOrNull("county_fips"), json.textOrNull("description"));
    }

    private static ObjectNode write(Partner partner) {
        ObjectNode json = object();
        json.put("name", partner.name());
        json.put("state", Json.code(partner.state(), State::code));
        json.put("role", partner.role());
        json.put("note", partner.note());
        return json;
    }

    private static Partner partner(Fields json) {
        return new Partner(json.text("name"), state(json), json.textOrNull("role"), json.textOrNull("note"));
    }

    private static ObjectNode write(Source source) {
        ObjectNode json = object();
        json.put("url", source.url());
        json.put("title", source.title());
        json.put("publisher", source.publisher());
        json.put("published_on", text(source.publishedOn()));
        json.put("archived_url", source.archivedUrl());
        return json;
    }

    private static Source source(Fields json) {
        return new Source(
                json.text("url"),
                json.textOrNull("title"),
                json.textOrNull("publisher"),
                json.dateOrNull("published_on"),
                json.textOrNull("archived_url"));
    }

    private static ObjectNode write(Overlap overlap) {
        ObjectNode json = object();
        json.put("operation_id", text(overlap.operationId()));
        json.put("relation", overlap.relation().code());
        json.put("reason", overlap.reason());
        return json;
    }

    private static Overlap overlap(Fields json) {
        return new Overlap(
                json.id("operation_id"), json.code("relation", Relation.values(), Relation::code), json.text("reason"));
    }

    private static ObjectNode write(Speaker speaker) {
        ObjectNode json = object();
        json.put("name", speaker.name());
        json.put("organization", speaker.organization());
        json.put("official", speaker.official());
        return json;
    }

    private static Speaker speaker(Fields json) {
        return new Speaker(json.textOrNull("name"), json.textOrNull("organization"), json.flag("official"));
    }

    private static @Nullable State state(Fields json) {
        return json.codeOrNull("state", State.values(), State::code);
    }
}
