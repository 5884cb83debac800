package ledger287.agreements.editing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.SecurityContext;
import java.io.UncheckedIOException;
import ledger287.agreements.request.Given;
import ledger287.agreements.roster.Fact;
import ledger287.service.command.Answer;
import ledger287.service.command.CommandRequest;
import ledger287.service.command.CommandRequests;
import ledger287.service.command.IfMatch;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What all editors' requests have in common: who, why, on which source, and the answer's form. */
@Singleton
final class EditorsRequest {
    private final CommandRequests commands;
    private final ObjectMapper mapper;

    EditorsRequest(CommandRequests commands, ObjectMapper mapper) {
        this.commands = commands;
        this.mapper = mapper;
    }

    /** A body that says why. */
    interface Reasoned {
        /** In words, for the readers of the ledger. */
        @Nullable
        String reason();

        /** The document that it rests on. */
        @Nullable
        String sourceUrl();
    }

    /**
     * @param act what is asked for
     * @param subject what it is about, as text; empty for what does not exist yet
     */
    CommandRequest command(
            SecurityContext caller, @Nullable String idempotencyKey, String act, String subject, Object body) {
        return commands.of(caller.getUserPrincipal(), idempotencyKey, act, subject, json(body));
    }

    static Fact.Editor editor(SecurityContext caller, Reasoned body) {
        return new Fact.Editor(
                caller.getUserPrincipal().getName(),
                Given.text("reason", body.reason()),
                Given.address("source_url", body.sourceUrl()));
    }

    static <B> B required(@Nullable B body) {
        if (body == null) {
            throw Problem.of(ProblemType.MALFORMED_BODY, "A JSON body is needed; see /q/openapi.")
                    .asException();
        }
        return body;
    }

    /** The version in the body is the ETag, so that a repeated answer has it too. */
    Response respond(Answer answer) {
        Response.ResponseBuilder response = Response.status(answer.status()).entity(answer.json());
        JsonNode version = parse(answer.json()).path("version");
        return version.isNumber()
                ? response.header(HttpHeaders.ETAG, IfMatch.tag(version.asText()))
                        .build()
                : response.build();
    }

    private JsonNode parse(String json) {
        try {
            return mapper.readTree(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private String json(Object body) {
        try {
            return mapper.writeValueAsString(body);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
