package ledger287.operations.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.sql.SQLException;
import java.util.function.Function;
import ledger287.operations.ledger.Ledger;
import ledger287.operations.ledger.Work;
import ledger287.service.command.Answer;
import ledger287.service.command.CommandRequest;
import ledger287.service.command.CommandRequests;
import ledger287.service.command.JsonBody;
import ledger287.service.publication.Json;
import org.jspecify.annotations.Nullable;

/** From an HTTP request to a command and back. */
@Singleton
final class Requests {
    /** Far more than any operation has; a file of many is sent to {@code /v1/operations/bulk}. */
    private static final int LONGEST_BODY = 1_000_000;

    private final Ledger ledger;
    private final CommandRequests commandRequests;

    Requests(Ledger ledger, CommandRequests commandRequests) {
        this.ledger = ledger;
        this.commandRequests = commandRequests;
    }

    /** @param what names the command and what it is about, so that its key is not taken for that of another */
    Response carryOut(
            InputStream body,
            SecurityContext caller,
            @Nullable String idempotencyKey,
            @Nullable String ifMatch,
            String what,
            Function<Commands.Command, Work> work)
            throws IOException, SQLException {
        JsonBody sent = JsonBody.read(body, LONGEST_BODY);
        CommandRequest request = commandRequests.of(caller.getUserPrincipal(), idempotencyKey, what, sent.text());
        Answer answer =
                ledger.command(request, work.apply(new Commands.Command(request.caller(), sent.json(), ifMatch)));
        JsonNode json = Json.parse(answer.json());
        Response.ResponseBuilder response = Response.status(answer.status()).entity(json);
        if (answer.status() == 201) {
            response.location(
                    json.has("claim_id")
                            ? URI.create("/v1/claims/" + json.path("claim_id").asText())
                            : URI.create("/v1/operations/"
                                    + json.path("operation_id").asText()));
        }
        return tagged(response, (ObjectNode) json);
    }

    static Response tagged(Response.ResponseBuilder response, ObjectNode json) {
        return response.tag(new EntityTag(json.path("version").asText())).build();
    }
}
