package ledger287.service.command;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import ledger287.eventstore.CommandReceipts;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What commands were answered, kept in their own transactions, so that one sent twice happens once. */
@Singleton
public final class Receipts {
    private final CommandReceipts receipts;

    Receipts(CommandReceipts receipts) {
        this.receipts = receipts;
    }

    /**
     * The answer that this very command was given before, or null when it is new. First in a transaction: a twin of the
     * command waits here for its end.
     */
    public @Nullable Answer answerGiven(Connection transaction, CommandRequest request) throws SQLException {
        if (request.idempotencyKey() == null) {
            return null;
        }
        return switch (receipts.claim(transaction, request.caller(), request.idempotencyKey(), request.fingerprint())) {
            case CommandReceipts.Claim.Fresh() -> null;
            case CommandReceipts.Claim.Answered(CommandReceipts.Receipt receipt) ->
                new Answer(receipt.status(), receipt.body());
            case CommandReceipts.Claim.TakenByAnother taken ->
                throw Problem.of(
                                ProblemType.IDEMPOTENCY_KEY_REUSED,
                                "You have sent another request with this key before. Use a new key for a new request.")
                        .about("Idempotency-Key", null)
                        .asException();
        };
    }

    /** @param position the head of the log after the command */
    public void remember(Connection transaction, CommandRequest request, Answer answer, long position, Instant now)
            throws SQLException {
        if (request.idempotencyKey() != null) {
            receipts.store(
                    transaction,
                    request.caller(),
                    request.idempotencyKey(),
                    new CommandReceipts.Receipt(
                            request.fingerprint(), answer.status(), "application/json", answer.json(), position),
                    now);
        }
    }
}
