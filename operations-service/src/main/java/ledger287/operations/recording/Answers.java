package ledger287.operations.recording;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.UUID;
import ledger287.operations.ledger.Held;
import ledger287.operations.operation.Claim;
import ledger287.operations.publication.Images;
import ledger287.service.command.Answer;
import ledger287.service.publication.Json;

/** Operations and claims as they are answered: their images, and beside them what a caller needs to go on. */
final class Answers {

    private Answers() {}

    /** The operation with all its claims; {@code version} is what If-Match takes. */
    static ObjectNode of(Held operation) {
        ObjectNode json = Images.write(operation.dossier().operation());
        json.set("claims", Json.objects(operation.dossier().claims(), Images::write));
        json.put("version", operation.tag());
        return json;
    }

    static ObjectNode of(Held operation, UUID claimId) {
        Claim claim = operation.dossier().claim(claimId).orElseThrow();
        ObjectNode json = Images.write(claim);
        json.put("version", operation.claimTag(claimId));
        return json;
    }

    /** With the place in the log that an answer of reporting must reflect to show it. */
    static Answer at(int status, ObjectNode json, long position) {
        json.put("position", "operations:" + position);
        return new Answer(status, Json.write(json));
    }
}
