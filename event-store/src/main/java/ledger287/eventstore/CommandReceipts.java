package ledger287.eventstore;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;

/**
 * What commands were answered, by caller and idempotency key, so that a command sent twice happens once. A transaction
 * first looks its key up with {@link #claim}, and stores what it answers with {@link #store}; both commit with the
 * events or not at all.
 */
public final class CommandReceipts {

    /**
     * What a command was answered.
     *
     * @param bodySha256 of the request, hexadecimal: a key must not be used for another request
     * @param status HTTP status
     * @param position the head of the log after the command
     */
    public record Receipt(String bodySha256, int status, String contentType, String body, long position) {}

    /** What is known about a key. */
    public sealed interface Claim {

        /** Never seen: carry the command out, and {@link CommandReceipts#store} the answer in the same transaction. */
        record Fresh() implements Claim {}

        /** The same command was answered before: give the same answer, change nothing. */
        record Answered(Receipt receipt) implements Claim {}

        /** The key belongs to another request of this caller: refuse. */
        record TakenByAnother(String bodySha256) implements Claim {}
    }

    /**
     * Two statements in one round trip. The lock makes the same command, sent twice at once, wait for its twin; the
     * second statement has a snapshot of its own, taken after the wait, and so sees what the twin was answered.
     */
    private static final String CLAIM = """
            select pg_advisory_xact_lock(hashtextextended(? || e'\\n' || ?, 287));
            select body_sha256, status, content_type, body, position
            from command_receipt
            where caller = ? and idempotency_key = ?
            """;

    private static final String STORE = """
            insert into command_receipt (caller, idempotency_key, body_sha256, status, content_type, body, position,
                                         recorded_at)
            values (?, ?, ?, ?, ?, ?, ?, ?)
            """;

    /**
     * Looks a key up, and keeps twins of this command out until the transaction ends. Should be the first statement of
     * the transaction, which must not be in auto-commit mode: the lock would end with the statement.
     *
     * @param caller who asks, for example the name of the API key
     */
    public Claim claim(Connection transaction, String caller, String idempotencyKey, String bodySha256)
            throws SQLException {
        if (transaction.getAutoCommit()) {
            throw new IllegalStateException("A receipt is claimed inside a transaction, not in auto-commit mode.");
        }
        try (PreparedStatement statement = transaction.prepareStatement(CLAIM)) {
            statement.setString(1, caller);
            statement.setString(2, idempotencyKey);
            statement.setString(3, caller);
            statement.setString(4, idempotencyKey);
            statement.execute();
            statement.getMoreResults();
            try (ResultSet rows = statement.getResultSet()) {
                if (!rows.next()) {
                    return new Claim.Fresh();
                }
                Receipt receipt = new Receipt(
                        rows.getString("body_sha256"),
                        rows.getInt("status"),
                        rows.getString("content_type"),
                        rows.getString("body"),
                        rows.getLong("position"));
                return receipt.bodySha256().equals(bodySha256)
                        ? new Claim.Answered(receipt)
                        : new Claim.TakenByAnother(receipt.bodySha256());
            }
        }
    }

    /** Stores what a command is answered, under a key that {@link #claim} found fresh in the same transaction. */
    public void store(Connection transaction, String caller, String idempotencyKey, Receipt receipt, Instant recordedAt)
            throws SQLException {
        try (PreparedStatement statement = transaction.prepareStatement(STORE)) {
            statement.setString(1, caller);
            statement.setString(2, idempotencyKey);
            statement.setString(3, receipt.bodySha256());
            statement.setInt(4, receipt.status());
            statement.setString(5, receipt.contentType());
            statement.setString(6, receipt.body());
            statement.setLong(7, receipt.position());
            statement.setObject(8, recordedAt.atOffset(ZoneOffset.UTC));
            statement.executeUpdate();
        }
    }
}
