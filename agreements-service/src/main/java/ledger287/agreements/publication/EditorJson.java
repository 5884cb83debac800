package ledger287.agreements.publication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import ledger287.agreements.roster.Fact;
import ledger287.service.publication.Fields;
import ledger287.service.publication.Json;

/** Who decided, why, and on which source, as JSON. */
final class EditorJson {

    private EditorJson() {}

    static ObjectNode write(Fact.Editor editor) {
        ObjectNode json = Json.object();
        json.put("by", editor.by());
        json.put("reason", editor.reason());
        json.put("source_url", editor.sourceUrl());
        return json;
    }

    static Fact.Editor read(Fields json) {
        return new Fact.Editor(json.text("by"), json.text("reason"), json.textOrNull("source_url"));
    }
}
