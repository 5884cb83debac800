package ledger287.agreements.publication;

import static ledger287.service.publication.Json.object;
import static ledger287.service.publication.Json.text;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.roster.Evidence;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.service.publication.Fields;
import ledger287.service.publication.Json;
import org.jspecify.annotations.Nullable;

/**
 * Why we say so, as JSON: workbook, row and reasons in one flat object, which reads better than our nesting. The receipt
 * under {@code last_seen} is as complete as a row of its own, so that it can be read back whole.
 */
final class EvidenceJson {

    private EvidenceJson() {}

    static ObjectNode write(Evidence evidence) {
        ObjectNode json = receipt(evidence.source(), evidence.row());
        json.put("tier", evidence.tier());
        json.put("confidence", evidence.confidence().code());
        json.set("facts", Json.texts(evidence.facts()));
        json.set("last_seen", Json.orNull(evidence.lastSeen(), receipt -> receipt(receipt.source(), receipt.row())));
        return json;
    }

    static Evidence read(Fields json) {
        Fields lastSeen = json.objectOrNull("last_seen");
        return new Evidence(
                json.textOrNull("sheet_id") == null ? null : source(json),
                json.textOrNull("row") == null ? null : row(json),
                lastSeen == null ? null : new Evidence.Receipt(source(lastSeen), row(lastSeen)),
                json.text("tier"),
                json.code("confidence", Confidence.values(), Confidence::code),
                json.texts("facts"));
    }

    private static ObjectNode receipt(Evidence.@Nullable Source source, Evidence.@Nullable Row row) {
        ObjectNode json = object();
        json.put("sheet_id", source == null ? null : text(source.sheetId()));
        json.put("kind", source == null ? null : source.kind().code());
        json.put("published_at", source == null ? null : text(source.publishedAt()));
        json.put("file_name", source == null ? null : source.fileName());
        json.put("sha256", source == null ? null : source.sha256());
        json.put("tab", row == null ? null : row.tab());
        json.put("row", row == null ? null : row.number());
        json.put("hidden", row == null ? null : row.hidden());
        json.set("raw", row == null ? null : Json.texts(row.raw()));
        json.set("links", Json.texts(row == null ? Map.of() : row.links()));
        json.set("repairs", Json.objects(row == null ? List.of() : row.repairs(), EvidenceJson::repair));
        return json;
    }

    private static Evidence.Source source(Fields json) {
        return new Evidence.Source(
                json.id("sheet_id"),
                json.code("kind", SheetKind.values(), SheetKind::code),
                json.instant("published_at"),
                json.text("file_name"),
                json.text("sha256"));
    }

    private static Evidence.Row row(Fields json) {
        return new Evidence.Row(
                json.text("tab"),
                json.integer("row"),
                json.flag("hidden"),
                json.map("raw", JsonNode::asText),
                json.map("links", JsonNode::asText),
                json.objects("repairs").stream().map(EvidenceJson::repair).toList());
    }

    private static ObjectNode repair(Evidence.Repair repair) {
        ObjectNode json = object();
        json.put("column", repair.column());
        json.put("from", repair.from());
        json.put("to", repair.to());
        json.put("rule", repair.rule());
        json.put("flagged", repair.flagged());
        return json;
    }

    private static Evidence.Repair repair(Fields json) {
        return new Evidence.Repair(
                json.text("column"), json.text("from"), json.text("to"), json.text("rule"), json.flag("flagged"));
    }
}
