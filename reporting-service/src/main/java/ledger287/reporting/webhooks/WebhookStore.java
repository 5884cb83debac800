package ledger287.reporting.webhooks;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.database.Sql;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.webhooks.secret.Sealed;
import org.jspecify.annotations.Nullable;

/**
 * The tables {@code webhook}, {@code webhook_worker} and {@code webhook_delivery}.
 *
 * <p>Whoever changes a webhook holds its row meanwhile, reads it, decides, and writes all of it: an owner's wish and a
 * delivery that ends at the same time both count. Workers' lives are measured by the database's clock, for all of them to
 * agree on it.
 */
@Singleton
final class WebhookStore {
    /** Of the connections that the projector and the like have; they shall never wait for deliveries. */
    private static final int MOST_CONNECTIONS = 4;

    /** What is kept of each webhook's attempts. */
    private static final int MOST_ATTEMPTS = 1_000;

    private static final String COLUMNS = """
            w.webhook_id, w.owner, w.created_at, w.url, w.description, w.filter, w.secret, w.secret_key, w.old_secret,
            w.old_secret_key, w.old_secret_until, w.status, w.reason, w.held, w.verified, w.epoch, w.sequence,
            w.failures, w.failing_since, w.due_at, w.lease""";

    private final DataSource database;
    private final Semaphore connections = new Semaphore(MOST_CONNECTIONS);

    WebhookStore(DataSource database) {
        this.database = database;
    }

    /** What is done in one transaction. */
    private interface Work<T> {
        T in(Connection transaction) throws SQLException;
    }

    /** A webhook that a worker has the right to deliver to. */
    record Leased(Webhook webhook, Lease lease) {}

    /**
     * How often a request was sent.
     *
     * @param key of the request; null when it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // compared by the database
    record Request(@Nullable String key, byte[] sha256) {}

    /**
     * What came of a request to make one.
     *
     * @param made false when the very same request had made it before
     */
    record Made(Webhook webhook, boolean made) {}

    Made create(Webhook webhook, Request request, int mostPerOwner) throws SQLException {
        return transaction(connection -> {
            // One after the other for each owner, so that nobody has more than the most.
            execute(
                    connection,
                    new Sql("select pg_advisory_xact_lock(hashtextextended('webhook ' || ?, 0))", webhook.owner()));
            Optional<Webhook> before = earlier(connection, webhook.owner(), request);
            if (before.isPresent()) {
                return new Made(before.get(), false);
            }
            requireRoom(connection, webhook.owner(), mostPerOwner);
            insert(connection, webhook, request);
            return new Made(webhook, true);
        });
    }

    Optional<Webhook> find(UUID id) throws SQLException {
        return transaction(connection ->
                first(connection, new Sql("select " + COLUMNS + " from webhook w where w.webhook_id = ?", id)));
    }

    /**
     * A page of webhooks, by id.
     *
     * @param owner null for all
     * @param after exclusive; null from the first on
     */
    List<Webhook> list(@Nullable String owner, @Nullable UUID after, int most) throws SQLException {
        Sql sql = new Sql("select " + COLUMNS + " from webhook w where true");
        if (owner != null) {
            sql.add(" and w.owner = ?", owner);
        }
        if (after != null) {
            sql.add(" and w.webhook_id > ?", after);
        }
        sql.add(" order by w.webhook_id limit ?", most);
        return transaction(
                connection -> all(connection, sql).stream().map(Row::webhook).toList());
    }

    int count(@Nullable String owner) throws SQLException {
        Sql sql = new Sql("select count(*) from webhook w");
        if (owner != null) {
            sql.add(" where w.owner = ?", owner);
        }
        return transaction(connection -> number(connection, sql));
    }

    /** Changes one; empty when there is none. */
    Optional<Webhook> change(UUID id, UnaryOperator<Webhook> change) throws SQLException {
        return transaction(connection -> {
            Optional<Webhook> found = first(
                    connection, new Sql("select " + COLUMNS + " from webhook w where w.webhook_id = ? for update", id));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            Webhook changed = change.apply(found.get());
            write(connection, changed);
            return Optional.of(changed);
        });
    }

    /** Whether there was one. */
    boolean delete(UUID id) throws SQLException {
        return transaction(
                connection -> execute(connection, new Sql("delete from webhook where webhook_id = ?", id)) == 1);
    }

    /**
     * Says that a worker is alive.
     *
     * @return whether any webhook is active
     */
    boolean alive(UUID worker, Duration time) throws SQLException {
        return transaction(connection -> number(connection, new Sql("""
                insert into webhook_worker (worker_id, alive_until)
                values (?, clock_timestamp() + ? * interval '1 millisecond')
                on conflict (worker_id) do update set alive_until = excluded.alive_until
                returning cast(exists (select from webhook w where w.status = 'active') as integer)
                """, worker, time.toMillis()))) > 0;
    }

    /** Says that a worker is not: what it has leased is free. Forgets those that did not say so themselves, too. */
    void gone(UUID worker) throws SQLException {
        transaction(connection -> execute(connection, new Sql("""
                delete from webhook_worker
                 where worker_id = ?
                    or alive_until < clock_timestamp() - interval '1 day'
                """, worker)));
    }

    /**
     * Leases webhooks for which there is something to do: those that wait longest first.
     *
     * @param working those that the worker delivers to; any other lease of its own was not given back and is taken anew
     */
    List<Leased> lease(UUID worker, Set<UUID> working, Cursor head, Instant now, int most) throws SQLException {
        Sql sql = new Sql("with due as (\n")
                .add(due(worker, working, head, now, most))
                .add("""
                )
                update webhook w
                   set leased_by = ?,
                       lease = w.lease + 1
                  from due
                 where w.webhook_id = due.webhook_id
                returning\s""", worker)
                .add(COLUMNS);
        return transaction(connection -> all(connection, sql).stream()
                .map(row -> new Leased(row.webhook(), new Lease(row.webhook().id(), worker, row.lease())))
                .toList());
    }

    /** Finds what there is to do, by the indexes that hold only what is not done. */
    static Sql due(UUID worker, Set<UUID> working, Cursor head, Instant now, int most) {
        return new Sql("""
                select w.webhook_id
                  from webhook w
                 where (w.status = 'active' and w.sequence < ?
                        or w.status = 'active' and w.epoch < ?
                        or w.status = 'active' and w.epoch > ?
                        or w.status = 'active' and not w.verified)
                   and w.due_at <= ?
                   and (w.leased_by is null
                        or w.leased_by = ? and not w.webhook_id = any (cast(? as uuid[]))
                        or not exists (select 1 from webhook_worker k
                                        where k.worker_id = w.leased_by and k.alive_until > clock_timestamp()))
                 order by w.due_at
                 limit ?
                   for update of w skip locked
                """, head.sequence(), head.epoch(), head.epoch(), now, worker, List.copyOf(working), most);
    }

    /** Gives a lease back. */
    void release(Lease lease) throws SQLException {
        transaction(connection -> execute(connection, new Sql("""
                update webhook
                   set leased_by = null
                 where webhook_id = ?
                   and leased_by = ?
                   and lease = ?
                """, lease.webhook(), lease.worker(), lease.number())));
    }

    /**
     * Nothing up to a cursor is for these, as they were when they were leased: they stand there now, and are free. One that
     * its owner has set back since, or given another filter, stays leased and is looked at again.
     *
     * @param leased by one worker
     */
    void pass(List<Leased> leased, Cursor to) throws SQLException {
        if (leased.isEmpty()) {
            return;
        }
        Sql sql = new Sql(
                """
                update webhook w
                   set sequence = ?,
                       leased_by = null
                  from unnest(cast(? as uuid[]), cast(? as bigint[]), cast(? as bigint[]), cast(? as text[]))
                       as l (webhook_id, lease, sequence, filter)
                 where w.webhook_id = l.webhook_id
                   and w.lease = l.lease
                   and w.leased_by = ?
                   and w.epoch = ?
                   and w.sequence = l.sequence
                   and w.filter = l.filter
                """,
                to.sequence(),
                leased.stream().map(one -> one.lease().webhook()).toList(),
                leased.stream().map(one -> Long.toString(one.lease().number())).toList(),
                leased.stream()
                        .map(one ->
                                Long.toString(one.webhook().progress().cursor().sequence()))
                        .toList(),
                leased.stream().map(one -> one.webhook().target().filter()).toList(),
                leased.getFirst().lease().worker(),
                to.epoch());
        transaction(connection -> execute(connection, sql));
    }

    /**
     * Ends a step of a delivery: what was tried is logged and its effect is kept, in one transaction.
     *
     * @param attempt null when nothing was sent
     * @param effect applied to the webhook as it is now; its owner may have changed it meanwhile
     * @return the webhook; empty when the lease is lost, and then nothing was kept
     */
    Optional<Webhook> step(Lease lease, @Nullable Attempt attempt, UnaryOperator<Webhook> effect) throws SQLException {
        return transaction(connection -> {
            Optional<Webhook> found = first(
                    connection,
                    new Sql(
                            "select " + COLUMNS + " from webhook w where w.webhook_id = ? and w.leased_by = ?"
                                    + " and w.lease = ? for update",
                            lease.webhook(),
                            lease.worker(),
                            lease.number()));
            if (found.isEmpty()) {
                return Optional.empty();
            }
            if (attempt != null) {
                log(connection, lease.webhook(), attempt);
            }
            Webhook changed = effect.apply(found.get());
            write(connection, changed);
            return Optional.of(changed);
        });
    }

    /** Logs what was tried beside the order of deliveries. */
    void log(UUID webhook, Attempt attempt) throws SQLException {
        transaction(connection -> {
            if (first(
                            connection,
                            new Sql("select " + COLUMNS + " from webhook w where w.webhook_id = ? for share", webhook))
                    .isPresent()) {
                log(connection, webhook, attempt);
            }
            return attempt;
        });
    }

    /**
     * An attempt as it was logged.
     *
     * @param id newer ones have greater ones
     */
    record Logged(long id, Attempt attempt) {}

    /** What was tried, newest first. */
    List<Logged> attempts(UUID webhook, long before, int most) throws SQLException {
        Sql sql = new Sql("""
                select d.delivery_id, d.message_id, d.kind, d.cursor, d.attempt, d.outcome, d.http_status, d.detail,
                       d.response, d.duration_ms, d.attempted_at
                  from webhook_delivery d
                 where d.webhook_id = ?
                   and d.delivery_id < ?
                 order by d.delivery_id desc
                 limit ?
                """, webhook, before, most);
        return transaction(connection -> {
            List<Logged> attempts = new ArrayList<>();
            try (PreparedStatement select = sql.prepare(connection);
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    attempts.add(new Logged(
                            row.getLong(1),
                            new Attempt(
                                    row.getString(2),
                                    Message.Kind.of(row.getString(3)),
                                    row.getString(4),
                                    row.getInt(5),
                                    Attempt.Result.of(row.getString(6)),
                                    row.getObject(7, Integer.class),
                                    row.getString(8),
                                    row.getString(9),
                                    Duration.ofMillis(row.getInt(10)),
                                    row.getObject(11, OffsetDateTime.class).toInstant())));
                }
            }
            return attempts;
        });
    }

    /** Forgets what was tried long ago: all but the newest thousand. */
    void forget(UUID webhook) throws SQLException {
        transaction(connection -> execute(connection, new Sql("""
                delete from webhook_delivery
                 where webhook_id = ?
                   and delivery_id <= (select d.delivery_id from webhook_delivery d
                                        where d.webhook_id = ?
                                        order by d.delivery_id desc
                                       offset ? limit 1)
                """, webhook, webhook, MOST_ATTEMPTS)));
    }

    private static Optional<Webhook> earlier(Connection connection, String owner, Request request) throws SQLException {
        if (request.key() == null) {
            return Optional.empty();
        }
        try (PreparedStatement select = new Sql(
                                "select webhook_id, request_sha256 from webhook where owner = ? and idempotency_key = ?",
                                owner,
                                request.key())
                        .prepare(connection);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                return Optional.empty();
            }
            if (!Arrays.equals(row.getBytes(2), request.sha256())) {
                throw new Problem(
                                ProblemType.IDEMPOTENCY_KEY_REUSED,
                                "You have sent another request with this key before. Use a new key for a new request.")
                        .with("parameter", "Idempotency-Key");
            }
            return first(
                    connection,
                    new Sql(
                            "select " + COLUMNS + " from webhook w where w.webhook_id = ?",
                            row.getObject(1, UUID.class)));
        }
    }

    private static void requireRoom(Connection connection, String owner, int most) throws SQLException {
        if (number(connection, new Sql("select count(*) from webhook where owner = ?", owner)) >= most) {
            throw new Problem(
                    ProblemType.TOO_MANY_WEBHOOKS,
                    "You have %,d webhooks, and nobody has more. Delete one that is not needed.".formatted(most));
        }
    }

    private static void insert(Connection connection, Webhook webhook, Request request) throws SQLException {
        Webhook.Secrets secrets = webhook.secrets();
        Progress progress = webhook.progress();
        execute(
                connection,
                new Sql(
                        """
                        insert into webhook (webhook_id, owner, url, description, filter, status, held, verified, epoch,
                                             sequence, failures, due_at, secret, secret_key, idempotency_key,
                                             request_sha256, created_at)
                        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                        """,
                        webhook.id(),
                        webhook.owner(),
                        webhook.target().url(),
                        webhook.target().description(),
                        webhook.target().filter(),
                        progress.status().word(),
                        progress.held(),
                        progress.verified(),
                        progress.cursor().epoch(),
                        progress.cursor().sequence(),
                        progress.failures(),
                        progress.dueAt(),
                        secrets.current().bytes(),
                        secrets.current().keyId(),
                        request.key(),
                        request.sha256(),
                        webhook.createdAt()));
    }

    private static void write(Connection connection, Webhook webhook) throws SQLException {
        Webhook.Secrets secrets = webhook.secrets();
        Sealed old = secrets.old();
        Progress progress = webhook.progress();
        try (PreparedStatement update = connection.prepareStatement("""
                update webhook
                   set url = ?, description = ?, filter = ?, status = ?, reason = ?, held = ?, verified = ?, epoch = ?,
                       sequence = ?, failures = ?, failing_since = ?, due_at = ?, secret = ?, secret_key = ?,
                       old_secret = ?, old_secret_key = ?, old_secret_until = ?
                 where webhook_id = ?
                """)) {
            update.setString(1, webhook.target().url());
            update.setString(2, webhook.target().description());
            update.setString(3, webhook.target().filter());
            update.setString(4, progress.status().word());
            update.setString(5, progress.reason());
            update.setBoolean(6, progress.held());
            update.setBoolean(7, progress.verified());
            update.setString(8, progress.cursor().epoch());
            update.setLong(9, progress.cursor().sequence());
            update.setInt(10, progress.failures());
            update.setObject(11, utc(progress.failingSince()));
            update.setObject(12, utc(progress.dueAt()));
            update.setBytes(13, secrets.current().bytes());
            update.setString(14, secrets.current().keyId());
            update.setBytes(15, old == null ? null : old.bytes());
            update.setString(16, old == null ? null : old.keyId());
            update.setObject(17, utc(secrets.oldUntil()));
            update.setObject(18, webhook.id());
            update.executeUpdate();
        }
    }

    private static void log(Connection connection, UUID webhook, Attempt attempt) throws SQLException {
        try (PreparedStatement insert = connection.prepareStatement("""
                insert into webhook_delivery (webhook_id, message_id, kind, cursor, attempt, outcome, http_status,
                                              detail, response, duration_ms, attempted_at)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
                """)) {
            insert.setObject(1, webhook);
            insert.setString(2, attempt.messageId());
            insert.setString(3, attempt.kind().word());
            insert.setString(4, attempt.cursor());
            insert.setInt(5, attempt.number());
            insert.setString(6, attempt.result().word());
            insert.setObject(7, attempt.httpStatus(), java.sql.Types.INTEGER);
            insert.setString(8, attempt.detail().replace('\0', '\uFFFD'));
            insert.setString(9, attempt.response());
            insert.setInt(10, (int) attempt.took().toMillis());
            insert.setObject(11, utc(attempt.at()));
            insert.executeUpdate();
        }
    }

    private <T> T transaction(Work<T> work) throws SQLException {
        connections.acquireUninterruptibly();
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(false);
            try {
                T result = work.in(connection);
                connection.commit();
                return result;
            } catch (SQLException | RuntimeException e) {
                connection.rollback();
                throw e;
            }
        } finally {
            connections.release();
        }
    }

    private static int execute(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement statement = sql.prepare(connection)) {
            return statement.execute() ? 0 : statement.getUpdateCount();
        }
    }

    private static int number(Connection connection, Sql sql) throws SQLException {
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    /** @param lease the number of the last one */
    private record Row(Webhook webhook, long lease) {}

    private static Optional<Webhook> first(Connection connection, Sql sql) throws SQLException {
        return all(connection, sql).stream().map(Row::webhook).findFirst();
    }

    private static List<Row> all(Connection connection, Sql sql) throws SQLException {
        List<Row> found = new ArrayList<>();
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                found.add(new Row(webhook(row), row.getLong(21)));
            }
        }
        return found;
    }

    private static Webhook webhook(ResultSet row) throws SQLException {
        byte[] old = row.getBytes(9);
        return new Webhook(
                row.getObject(1, UUID.class),
                row.getString(2),
                row.getObject(3, OffsetDateTime.class).toInstant(),
                new Webhook.Target(row.getString(4), row.getString(5), row.getString(6)),
                new Webhook.Secrets(
                        new Sealed(row.getString(8), row.getBytes(7)),
                        old == null ? null : new Sealed(row.getString(10), old),
                        instant(row, 11)),
                new Progress(
                        Status.of(row.getString(12)),
                        row.getString(13),
                        row.getBoolean(14),
                        row.getBoolean(15),
                        new Cursor(row.getString(16), row.getLong(17)),
                        row.getInt(18),
                        instant(row, 19),
                        row.getObject(20, OffsetDateTime.class).toInstant()));
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    private static @Nullable OffsetDateTime utc(@Nullable Instant instant) {
        return instant == null ? null : instant.atOffset(ZoneOffset.UTC);
    }
}
