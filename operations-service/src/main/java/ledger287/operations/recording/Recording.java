package ledger287.operations.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Supplier;
import ledger287.operations.operation.Act;
import ledger287.operations.operation.Decision;
import ledger287.operations.operation.Description;
import ledger287.operations.operation.OperationDecider;
import ledger287.operations.operation.OperationDecider.FirstClaim;
import ledger287.operations.operation.Statement;
import org.jspecify.annotations.Nullable;

/**
 * An operation to be recorded, with what is claimed about it; or a claim to be made about one. What people send one by
 * one and what comes in bulk is read here alike.
 */
public sealed interface Recording {

    /** An operation with its first claims. */
    record NewOperation(@Nullable String externalId, Description description, List<Statement> claims)
            implements Recording {
        public NewOperation {
            claims = List.copyOf(claims);
        }

        /** What becomes of it, under an id of its own. */
        public Decision decide(UUID id, Supplier<UUID> ids, Act act) {
            List<FirstClaim> first = claims.stream()
                    .map(statement -> new FirstClaim(ids.get(), statement))
                    .toList();
            return OperationDecider.record(id, externalId, description, first, act);
        }
    }

    /**
     * A claim. Which operation it is about is in the address, or in one of the two ids.
     *
     * @param supersedes the claim that it replaces, where the recorder says so
     */
    record NewClaim(
            @Nullable UUID operationId,
            @Nullable String operationExternalId,
            Statement statement,
            @Nullable UUID supersedes)
            implements Recording {}

    /** Reads an operation. */
    static NewOperation operation(JsonNode json, LocalDate today) {
        int mostClaims = 100;
        Input input = Input.of(json);
        Set<String> fields = new TreeSet<>(Reading.DESCRIPTION);
        fields.addAll(List.of("external_id", "claims"));
        input.hasOnly(fields);
        Reading reading = new Reading(today);
        Description description = reading.description(input, null);
        List<Statement> claims = new ArrayList<>();
        for (Input claim : input.objects("claims", mostClaims)) {
            claim.hasOnly(Reading.STATEMENT);
            claims.add(reading.statement(claim, null));
        }
        return new NewOperation(input.name("external_id"), description, claims);
    }

    /** Reads a claim. */
    static NewClaim claim(JsonNode json, LocalDate today) {
        Input input = Input.of(json);
        Set<String> fields = new TreeSet<>(Reading.STATEMENT);
        fields.addAll(List.of("operation_id", "operation_external_id", "supersedes"));
        input.hasOnly(fields);
        return new NewClaim(
                input.id("operation_id"),
                input.name("operation_external_id"),
                new Reading(today).statement(input, null),
                input.id("supersedes"));
    }
}
