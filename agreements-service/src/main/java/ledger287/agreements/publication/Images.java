package ledger287.agreements.publication;

import static ledger287.service.publication.Json.code;
import static ledger287.service.publication.Json.object;
import static ledger287.service.publication.Json.text;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ledger287.agreements.roster.Agency;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.Document;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.Precision;
import ledger287.agreements.roster.Review;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import ledger287.service.publication.Fields;
import ledger287.service.publication.Json;

/**
 * The things of the ledger as JSON, field by field as {@code contracts/README.md} describes them. The same form is
 * stored, published and answered, so that there is one name for each thing.
 */
public final class Images {

    private Images() {}

    public static ObjectNode write(Agency agency) {
        ObjectNode json = object();
        json.put("agency_id", text(agency.id()));
        json.put("name", agency.name());
        json.put("state", code(agency.state(), State::code));
        json.put("county", agency.county());
        json.put("agency_type", code(agency.type(), AgencyType::code));
        json.set("aliases", Json.objects(agency.aliases(), Images::alias));
        json.put("merged_into", text(agency.mergedInto()));
        json.set("related", Json.objects(agency.related(), Images::relation));
        return json;
    }

    static Agency agency(Fields json) {
        return new Agency(
                json.id("agency_id"),
                json.codeOrNull("state", State.values(), State::code),
                json.text("name"),
                json.codeOrNull("agency_type", AgencyType.values(), AgencyType::code),
                json.textOrNull("county"),
                json.objects("aliases").stream().map(Images::alias).toList(),
                json.idOrNull("merged_into"),
                json.objects("related").stream().map(Images::relation).toList());
    }

    private static ObjectNode alias(Agency.Alias alias) {
        ObjectNode json = object();
        json.put("name", alias.name());
        json.put("state", code(alias.state(), State::code));
        json.put("first_seen_at", text(alias.firstSeenAt()));
        return json;
    }

    private static Agency.Alias alias(Fields json) {
        return new Agency.Alias(
                json.text("name"),
                json.codeOrNull("state", State.values(), State::code),
                json.instant("first_seen_at"));
    }

    private static ObjectNode relation(Agency.Relation relation) {
        ObjectNode json = object();
        json.put("agency_id", text(relation.agencyId()));
        json.put("relation", relation.kind().code());
        return json;
    }

    private static Agency.Relation relation(Fields json) {
        return new Agency.Relation(
                json.id("agency_id"), json.code("relation", Agency.Relation.Kind.values(), Agency.Relation.Kind::code));
    }

    public static ObjectNode write(Agreement agreement) {
        ObjectNode json = object();
        json.put("agreement_id", text(agreement.id()));
        json.put("agency_id", text(agreement.agencyId()));
        json.put("agency_name", agreement.agencyName());
        json.put("state", code(agreement.state(), State::code));
        json.put("county", agreement.county());
        json.put("agency_type", code(agreement.agencyType(), AgencyType::code));
        json.put("support_type", code(agreement.supportType(), SupportType::code));
        json.put("signed_on", text(agreement.signedOn()));
        json.put("signed_precision", agreement.signedPrecision().code());
        json.put("signed_repaired", agreement.signedRepaired());
        json.set("moa", document(agreement.moa()));
        json.set("addendum", document(agreement.addendum()));
        json.put("status", agreement.status().code());
        json.put("listed", agreement.listed());
        json.put("provisional", agreement.provisional());
        json.set("possible_duplicate_of", Json.texts(agreement.possibleDuplicateOf()));
        json.put("first_listed_at", text(agreement.firstListedAt()));
        json.put("last_listed_at", text(agreement.lastListedAt()));
        json.put("first_absent_at", text(agreement.firstAbsentAt()));
        json.set("ended", Json.orNull(agreement.ended(), Images::ending));
        return json;
    }

    static Agreement agreement(Fields json) {
        Fields ended = json.objectOrNull("ended");
        return new Agreement(
                json.id("agreement_id"),
                json.id("agency_id"),
                json.codeOrNull("state", State.values(), State::code),
                json.text("agency_name"),
                json.codeOrNull("agency_type", AgencyType.values(), AgencyType::code),
                json.textOrNull("county"),
                json.codeOrNull("support_type", SupportType.values(), SupportType::code),
                json.dateOrNull("signed_on"),
                json.code("signed_precision", Precision.values(), Precision::code),
                json.flag("signed_repaired"),
                document(json.object("moa")),
                document(json.object("addendum")),
                json.code("status", Agreement.Status.values(), Agreement.Status::code),
                json.flag("provisional"),
                json.ids("possible_duplicate_of"),
                json.instantOrNull("first_listed_at"),
                json.instantOrNull("last_listed_at"),
                json.instantOrNull("first_absent_at"),
                ended == null ? null : ending(ended));
    }

    private static ObjectNode document(Document document) {
        ObjectNode json = object();
        json.put("status", document.status());
        json.put("url", document.url());
        return json;
    }

    private static Document document(Fields json) {
        return new Document(json.text("status"), json.textOrNull("url"));
    }

    private static ObjectNode ending(Agreement.Ending ending) {
        ObjectNode json = object();
        json.put("on", text(ending.on()));
        json.put("precision", ending.precision().code());
        json.put("not_before", text(ending.notBefore()));
        json.put("not_after", text(ending.notAfter()));
        json.put("by", ending.by().code());
        json.put("source_url", ending.sourceUrl());
        return json;
    }

    private static Agreement.Ending ending(Fields json) {
        return new Agreement.Ending(
                json.dateOrNull("on"),
                json.code("precision", Precision.values(), Precision::code),
                json.dateOrNull("not_before"),
                json.dateOrNull("not_after"),
                json.code("by", Agreement.Ending.By.values(), Agreement.Ending.By::code),
                json.textOrNull("source_url"));
    }

    public static ObjectNode write(Application application) {
        ObjectNode json = object();
        json.put("application_id", text(application.id()));
        json.put("agency_id", text(application.agencyId()));
        json.put("agency_name", application.agencyName());
        json.put("state", code(application.state(), State::code));
        json.put("county", application.county());
        json.put("agency_type", code(application.agencyType(), AgencyType::code));
        json.put("support_type", code(application.supportType(), SupportType::code));
        json.put("status", application.status().code());
        json.put("listed", application.listed());
        json.put("agreement_id", text(application.agreementId()));
        json.set("possible_duplicate_of", Json.texts(application.possibleDuplicateOf()));
        json.put("first_listed_at", text(application.firstListedAt()));
        json.put("absent_before", text(application.absentBefore()));
        json.put("last_listed_at", text(application.lastListedAt()));
        json.put("first_absent_at", text(application.firstAbsentAt()));
        return json;
    }

    static Application application(Fields json) {
        return new Application(
                json.id("application_id"),
                json.id("agency_id"),
                json.codeOrNull("state", State.values(), State::code),
                json.text("agency_name"),
                json.codeOrNull("agency_type", AgencyType.values(), AgencyType::code),
                json.textOrNull("county"),
                json.codeOrNull("support_type", SupportType.values(), SupportType::code),
                json.code("status", Application.Status.values(), Application.Status::code),
                json.flag("listed"),
                json.idOrNull("agreement_id"),
                json.ids("possible_duplicate_of"),
                json.instant("first_listed_at"),
                json.instantOrNull("absent_before"),
                json.instantOrNull("last_listed_at"),
                json.instantOrNull("first_absent_at"));
    }

    public static ObjectNode write(Review review) {
        ObjectNode json = object();
        json.put("review_id", text(review.id()));
        json.put("subject_id", text(review.subjectId()));
        json.put("question", review.question());
        json.set("candidates", Json.objects(review.candidates(), Images::candidate));
        json.put("status", review.status().code());
        json.set("decision", Json.orNull(review.decision(), Images::decision));
        return json;
    }

    static Review review(Fields json) {
        Fields decision = json.objectOrNull("decision");
        return new Review(
                json.id("review_id"),
                json.id("subject_id"),
                json.text("question"),
                json.objects("candidates").stream().map(Images::candidate).toList(),
                json.code("status", Review.Status.values(), Review.Status::code),
                decision == null ? null : decision(decision));
    }

    private static ObjectNode candidate(Review.Candidate candidate) {
        ObjectNode json = object();
        json.put("id", text(candidate.id()));
        json.put("summary", candidate.summary());
        json.set("facts", Json.texts(candidate.facts()));
        return json;
    }

    private static Review.Candidate candidate(Fields json) {
        return new Review.Candidate(json.id("id"), json.text("summary"), json.texts("facts"));
    }

    private static ObjectNode decision(Review.Decision decision) {
        ObjectNode json = object();
        json.put("choice", decision.choice().code());
        json.put("candidate_id", text(decision.candidateId()));
        json.put("by", decision.by());
        json.put("at", text(decision.at()));
        json.put("reason", decision.reason());
        return json;
    }

    private static Review.Decision decision(Fields json) {
        return new Review.Decision(
                json.code("choice", Review.Choice.values(), Review.Choice::code),
                json.idOrNull("candidate_id"),
                json.text("by"),
                json.instant("at"),
                json.text("reason"));
    }

    public static ObjectNode write(ImportedSheet sheet) {
        ObjectNode json = object();
        json.put("sheet_id", text(sheet.id()));
        json.put("kind", sheet.kind().code());
        json.put("file_name", sheet.fileName());
        json.put("sha256", sheet.sha256());
        json.put("published_at", text(sheet.publishedAt()));
        json.put("published_label", sheet.publishedLabel());
        json.put("status", sheet.status().code());
        json.set("rows", rows(sheet.rows()));
        json.set("changes", Json.counts(sheet.changes()));
        json.put("listed_after", sheet.listedAfter());
        json.set("differences", Json.objects(sheet.differences(), Images::difference));
        return json;
    }

    static ImportedSheet sheet(Fields json) {
        return new ImportedSheet(
                json.id("sheet_id"),
                json.code("kind", SheetKind.values(), SheetKind::code),
                json.text("file_name"),
                json.text("sha256"),
                json.instant("published_at"),
                json.text("published_label"),
                json.code("status", ImportedSheet.Status.values(), ImportedSheet.Status::code),
                rows(json.object("rows")),
                json.map("changes", value -> value.asInt()),
                json.integer("listed_after"),
                json.objects("differences").stream().map(Images::difference).toList());
    }

    private static ObjectNode rows(ImportedSheet.RowCounts rows) {
        ObjectNode json = object();
        json.put("data", rows.data());
        json.put("blank", rows.blank());
        json.put("hidden", rows.hidden());
        json.put("repaired", rows.repaired());
        json.put("under_review", rows.underReview());
        return json;
    }

    private static ImportedSheet.RowCounts rows(Fields json) {
        return new ImportedSheet.RowCounts(
                json.integer("data"),
                json.integer("blank"),
                json.integer("hidden"),
                json.integer("repaired"),
                json.integer("under_review"));
    }

    private static ObjectNode difference(ImportedSheet.Difference difference) {
        ObjectNode json = object();
        json.put("kind", difference.kind());
        json.put("count", difference.count());
        json.put("explanation", difference.explanation());
        return json;
    }

    private static ImportedSheet.Difference difference(Fields json) {
        return new ImportedSheet.Difference(json.text("kind"), json.integer("count"), json.text("explanation"));
    }
}
