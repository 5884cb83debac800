package ledger287.reporting.feed;

import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.sql.DataSource;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.database.Sql;
import org.jspecify.annotations.Nullable;

/** Reads the change log from PostgreSQL: for whoever is too far behind for what is held in memory. */
@Singleton
public final class ChangeReader {
    /** How many changes a filtered reader looks through in its first statement, which is mostly enough for a page. */
    private static final int FIRST = 500;

    /** And in each that follows. */
    private static final int THEN = 20_000;

    private static final String BUILT_ANEW = "The change log was built anew while it was read";

    private final DataSource database;

    ChangeReader(DataSource database) {
        this.database = database;
    }

    /**
     * Changes in order, and how far the log was read for them.
     *
     * @param scannedTo everything up to here that the filter takes is among the changes, or came before
     */
    public record Batch(List<FeedChange> changes, long scannedTo) {}

    /**
     * A part of the log.
     *
     * @param after exclusive
     * @param upTo inclusive; must not be beyond the head
     * @param knownBy only what the public could know by then; null for all
     */
    public record Stretch(Cursor after, long upTo, @Nullable Instant knownBy) {
        private Sql condition() {
            Sql sql = new Sql("c.sequence > ? and c.sequence <= ?", after.sequence(), upTo);
            return knownBy == null ? sql : sql.add(" and c.known_at <= ?", knownBy);
        }

        private Stretch from(long sequence, long most) {
            return new Stretch(new Cursor(after.epoch(), sequence), Math.min(upTo, sequence + most), knownBy);
        }
    }

    /**
     * How much to read at once.
     *
     * @param changes at most so many
     * @param characters stop after the change that brings it to so many
     * @param scanned look through at most so many
     */
    public record Limits(int changes, int characters, long scanned) {}

    /**
     * The next changes that the filter takes.
     *
     * @throws SQLException also when the change log was built anew, whose numbers mean other changes
     */
    public Batch after(Stretch stretch, ChangeFilter filter, Limits limits) throws SQLException {
        try (Connection connection = database.getConnection()) {
            Batch batch = after(connection, stretch, filter, limits);
            if (!filter.equals(ChangeFilter.EVERYTHING) || batch.changes().isEmpty()) {
                // Asked afterwards: an epoch that is gone does not come back.
                requireEpoch(connection, stretch.after().epoch());
            }
            return batch;
        }
    }

    /** The same within a transaction. */
    public Batch after(Connection connection, Stretch whole, ChangeFilter filter, Limits limits) throws SQLException {
        Stretch stretch = whole.from(whole.after().sequence(), limits.scanned());
        if (filter.equals(ChangeFilter.EVERYTHING)) {
            return read(connection, stretch, limits);
        }
        long scanned = stretch.after().sequence();
        List<Long> wanted = new ArrayList<>();
        for (int rows = FIRST; scanned < stretch.upTo() && wanted.size() < limits.changes(); rows = THEN) {
            Stretch rest = stretch.from(scanned, stretch.upTo() - scanned);
            scanned = look(connection, new Look(rest, false, rows), filter, limits.changes(), wanted);
        }
        if (wanted.isEmpty()) {
            return new Batch(List.of(), scanned);
        }
        List<FeedChange> changes = fetch(connection, stretch.after().epoch(), wanted, limits.characters());
        boolean all = changes.size() == wanted.size();
        return new Batch(changes, all ? scanned : changes.getLast().cursor().sequence());
    }

    /** The newest changes of a stretch that the filter takes, newest first. */
    public List<FeedChange> newest(Connection connection, Stretch stretch, ChangeFilter filter, int most)
            throws SQLException {
        List<Long> wanted = new ArrayList<>();
        long end = lastKnown(connection, stretch.upTo(), stretch.knownBy());
        for (int rows = FIRST; end > stretch.after().sequence() && wanted.size() < most; rows = THEN) {
            Stretch rest = new Stretch(stretch.after(), end, stretch.knownBy());
            end = look(connection, new Look(rest, true, rows), filter, most, wanted) - 1;
        }
        return fetch(connection, stretch.after().epoch(), wanted, Integer.MAX_VALUE)
                .reversed();
    }

    /**
     * The last change up to a sequence that was known by an instant, so that whoever comes from the newest does not walk
     * through all that became known since. Changes that became known in order are found by the latest known_at up to them;
     * those that were backdated have an index of their own.
     *
     * @param knownBy null: all are
     * @return 0 when there is none
     */
    public static long lastKnown(Connection connection, long upTo, @Nullable Instant knownBy) throws SQLException {
        if (knownBy == null) {
            return upTo;
        }
        Sql sql = new Sql("""
                select greatest(
                         (select c.sequence
                            from change c
                           where c.newest_known_at <= ?
                           order by c.newest_known_at desc, c.sequence desc
                           limit 1),
                         (select c.sequence
                            from change c
                           where c.known_at < c.newest_known_at
                             and c.known_at <= ?
                             and c.sequence <= ?
                           order by c.sequence desc
                           limit 1),
                         0)
                """, knownBy, knownBy, upTo);
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            row.next();
            return Math.min(row.getLong(1), upTo);
        }
    }

    /** One change, by its event's id; empty when there is none up to the head. */
    public Optional<FeedChange> event(UUID id, Cursor head) throws SQLException {
        Sql sql = new Sql("""
                select c.sequence, c.type, c.images, c.event
                  from change c
                 where c.event_id = ?
                   and c.sequence <= ?
                """, id, head.sequence());
        try (Connection connection = database.getConnection();
                PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Optional.of(change(row, head.epoch())) : Optional.empty();
        }
    }

    /** The sequence after which everything comes that was recorded at an instant or later. */
    public long before(Instant recordedFrom, long head) throws SQLException {
        Sql sql = new Sql("""
                select c.sequence
                  from change c
                 where c.newest_recorded_at >= ?
                 order by c.newest_recorded_at, c.sequence
                 limit 1
                """, recordedFrom);
        try (Connection connection = database.getConnection();
                PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            return row.next() ? Math.min(head, row.getLong(1) - 1) : head;
        }
    }

    private static void requireEpoch(Connection connection, String epoch) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("select epoch from change_head");
                ResultSet row = select.executeQuery()) {
            if (!row.next() || !row.getString(1).equals(epoch)) {
                throw new SQLException(BUILT_ANEW);
            }
        }
    }

    private static Batch read(Connection connection, Stretch stretch, Limits limits) throws SQLException {
        Sql sql = new Sql("""
                select c.sequence, c.type, c.images, c.event, h.epoch
                  from change c
                 cross join change_head h
                 where\s""").add(stretch.condition()).add("\n order by c.sequence\n limit ?", limits.changes());
        List<FeedChange> changes = new ArrayList<>();
        int characters = 0;
        boolean cut = false;
        try (PreparedStatement select = sql.prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (characters >= limits.characters()) {
                    cut = true;
                    break;
                }
                String epoch = stretch.after().epoch();
                if (!row.getString(5).equals(epoch)) {
                    throw new SQLException(BUILT_ANEW);
                }
                changes.add(change(row, epoch));
                characters += changes.getLast().json().length();
            }
        }
        boolean more = cut || changes.size() == limits.changes();
        return new Batch(changes, more ? changes.getLast().cursor().sequence() : stretch.upTo());
    }

    /**
     * A look through a stretch of the log.
     *
     * @param rows at most so many, of those that may be what the filter takes
     */
    private record Look(Stretch stretch, boolean newestFirst, int rows) {
        private Sql sql(ChangeFilter filter) {
            Sql sql = new Sql("""
                    select c.sequence, c.type, c.images
                      from change c
                     where\s""").add(stretch.condition());
            filter.keys().forEach(keys -> sql.add(" and c.keys && ?", keys));
            return sql.add("\n order by c.sequence" + (newestFirst ? " desc" : "") + "\n limit ?", rows);
        }

        private long end() {
            return newestFirst ? stretch.after().sequence() + 1 : stretch.upTo();
        }
    }

    /** Adds the sequences that the filter takes; answers the last one that it looked at. */
    private static long look(Connection connection, Look look, ChangeFilter filter, int most, List<Long> wanted)
            throws SQLException {
        long last = look.end();
        int seen = 0;
        try (PreparedStatement select = look.sql(filter).prepare(connection);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                seen++;
                last = row.getLong(1);
                if (filter.takes(row.getString(2), strings(row, 3))) {
                    wanted.add(last);
                    if (wanted.size() == most) {
                        return last;
                    }
                }
            }
        }
        return seen < look.rows() ? look.end() : last;
    }

    private static List<FeedChange> fetch(Connection connection, String epoch, List<Long> sequences, int characters)
            throws SQLException {
        Map<Long, FeedChange> found = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select c.sequence, c.type, c.images, c.event
                  from change c
                 where c.sequence = any (?)
                """)) {
            select.setArray(1, connection.createArrayOf("bigint", sequences.toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    found.put(row.getLong(1), change(row, epoch));
                }
            }
        }
        List<FeedChange> changes = new ArrayList<>();
        int sum = 0;
        for (long sequence : sequences.stream().sorted().toList()) {
            FeedChange change = found.get(sequence);
            if (change == null) {
                throw new SQLException("The change log has no sequence " + sequence + " below its head");
            }
            if (sum >= characters) {
                break;
            }
            changes.add(change);
            sum += change.json().length();
        }
        return changes;
    }

    private static FeedChange change(ResultSet row, String epoch) throws SQLException {
        return FeedChange.of(new Cursor(epoch, row.getLong(1)), row.getString(2), strings(row, 3), row.getString(4));
    }

    private static List<String> strings(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }
}
