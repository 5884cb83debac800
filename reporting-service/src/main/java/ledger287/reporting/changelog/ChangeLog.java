package ledger287.reporting.changelog;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import ledger287.reporting.database.NewRows;
import org.jspecify.annotations.Nullable;

/** The tables {@code change} and {@code change_head}: writing is for the one projection transaction, reading for all. */
@Singleton
public final class ChangeLog {
    /** The columns of {@code change_head h} that {@link #end} reads. */
    public static final String END = "h.sequence, h.newest_known_at, h.sample, h.newest_recorded_at";

    /**
     * Where the log ends.
     *
     * @param sequence of its last change; 0 while there is none
     * @param newestKnownAt the latest known_at up to it
     * @param sample what the ledger says of itself; null before it has said so
     * @param newestRecordedAt the latest recorded_at up to it
     */
    public record End(
            long sequence,
            @Nullable Instant newestKnownAt,
            @Nullable Boolean sample,
            @Nullable Instant newestRecordedAt) {}

    /**
     * Gives events their places after the end, which the transaction holds until it ends ({@link #lock}), so that changes
     * become visible in their order.
     */
    public List<Change> append(Connection transaction, End end, List<PublicEvent> events) throws SQLException {
        if (events.isEmpty()) {
            return List.of();
        }
        refuseTheOtherKind(events, end.sample());
        List<Change> changes = new ArrayList<>(events.size());
        long sequence = end.sequence();
        for (PublicEvent event : events) {
            changes.add(new Change(++sequence, event));
        }
        insert(transaction, changes, end);
        advance(transaction, changes);
        return changes;
    }

    /** Says that changes {@code first} to {@code last} came together: readers see all of them or none. */
    public void join(Connection transaction, long first, long last) throws SQLException {
        try (PreparedStatement update =
                transaction.prepareStatement("update change set append_end = ? where sequence between ? and ?")) {
            update.setLong(1, last);
            update.setLong(2, first);
            update.setLong(3, last);
            update.executeUpdate();
        }
    }

    /** Where the log ends, held until the transaction ends. */
    public End lock(Connection transaction) throws SQLException {
        try (PreparedStatement select =
                        transaction.prepareStatement("select " + END + " from change_head h for update");
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("change_head is empty");
            }
            return end(row, 1);
        }
    }

    /** @param first the column with the first of {@link #END} */
    public static End end(ResultSet row, int first) throws SQLException {
        return new End(
                row.getLong(first),
                instant(row, first + 1),
                row.getObject(first + 2, Boolean.class),
                instant(row, first + 3));
    }

    /** Tells caches that completeness changed although perhaps no event came. */
    public void completenessChanged(Connection transaction) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(
                "update change_head set completeness_version = completeness_version + 1")) {
            update.executeUpdate();
        }
    }

    /** How far the query stores have come. */
    public Head head(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                        select h.epoch, h.sequence, h.newest_known_at, h.sample, h.completeness_version,
                               array (select c.words from completeness c
                                       where c.to_sequence = 9223372036854775807 order by c.id),
                               array (select l.name || ':' || l.position from log l)
                          from change_head h
                        """);
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                throw new SQLException("change_head is empty");
            }
            Map<String, Long> positions = new HashMap<>();
            for (String log : strings(row, 7)) {
                int colon = log.lastIndexOf(':');
                positions.put(log.substring(0, colon), Long.parseLong(log.substring(colon + 1)));
            }
            return new Head(
                    new Cursor(row.getString(1), row.getLong(2)),
                    instant(row, 3),
                    row.getObject(4, Boolean.class),
                    strings(row, 6),
                    row.getLong(5),
                    positions);
        }
    }

    /**
     * How far the query stores had come when the append was applied that holds this change. Never half an append.
     *
     * @return empty when the log is not that long
     */
    public Optional<Head> headAt(Connection connection, String epoch, long sequence) throws SQLException {
        if (sequence == 0) {
            return Optional.of(new Head(new Cursor(epoch, 0), null, null, List.of(), 0, Map.of()));
        }
        try (PreparedStatement select = connection.prepareStatement("""
                select e.sequence, e.newest_known_at, h.sample,
                       array (select c.words from completeness c
                               where c.from_sequence <= e.sequence and c.to_sequence > e.sequence order by c.id)
                  from change c
                  join change e on e.sequence = c.append_end
                  cross join change_head h
                 where c.sequence = ?
                """)) {
            select.setLong(1, sequence);
            try (ResultSet row = select.executeQuery()) {
                if (!row.next()) {
                    return Optional.empty();
                }
                return Optional.of(new Head(
                        new Cursor(epoch, row.getLong(1)),
                        instant(row, 2),
                        row.getObject(3, Boolean.class),
                        strings(row, 4),
                        0,
                        Map.of()));
            }
        }
    }

    /** A ledger holds sample data or real data: fiction must never stand among facts, whichever log it comes by. */
    private static void refuseTheOtherKind(List<PublicEvent> events, @Nullable Boolean known) {
        Boolean holds = known;
        for (PublicEvent event : events) {
            JsonNode sample = event.data().path("sample");
            if (!sample.isBoolean()) {
                continue;
            }
            if (holds != null && holds != sample.booleanValue()) {
                throw new MalformedEventException(
                        "It is %s data, and this ledger holds %s data; a ledger holds one kind. Empty the log %s and record it anew."
                                .formatted(kind(!holds), kind(holds), event.log()));
            }
            holds = sample.booleanValue();
        }
    }

    private static String kind(boolean sample) {
        return sample ? "sample" : "real";
    }

    private static void insert(Connection transaction, List<Change> changes, End end) throws SQLException {
        long[] ends = appendEnds(changes);
        List<Set<String>> images = ImageKeys.of(transaction, changes);
        Instant newest = end.newestKnownAt();
        Instant newestRecorded = end.newestRecordedAt();
        NewRows rows = new NewRows();
        for (int i = 0; i < changes.size(); i++) {
            Change change = changes.get(i);
            PublicEvent event = change.event();
            newest = later(newest, event.knownAt());
            newestRecorded = later(newestRecorded, event.recordedAt());
            rows.cell(change.sequence())
                    .cell(event.log())
                    .cell(event.position())
                    .cell(ends[i])
                    .cell(event.id())
                    .cell(event.type())
                    .cell(event.subject())
                    .cell(event.knownAt())
                    .cell(event.recordedAt())
                    .cell(newest)
                    .cell(newestRecorded)
                    .cell(NewRows.array(images.get(i)))
                    .cell(event.json());
            rows.endRow();
        }
        rows.into(transaction, """
                change (sequence, log, position, append_end, event_id, type, subject, known_at, recorded_at,
                        newest_known_at, newest_recorded_at, images, event)
                """);
    }

    private static Instant later(@Nullable Instant one, Instant other) {
        return one == null || other.isAfter(one) ? other : one;
    }

    /** For each change, the sequence at which its append ends. */
    private static long[] appendEnds(List<Change> changes) {
        long[] ends = new long[changes.size()];
        for (int i = changes.size() - 1; i >= 0; i--) {
            boolean last = i == changes.size() - 1 || !changes.get(i).sameAppend(changes.get(i + 1));
            ends[i] = last ? changes.get(i).sequence() : ends[i + 1];
        }
        return ends;
    }

    private static void advance(Connection transaction, List<Change> changes) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement("""
                update change_head h
                   set sequence = c.sequence,
                       newest_known_at = c.newest_known_at,
                       newest_recorded_at = c.newest_recorded_at,
                       sample = coalesce(cast(? as boolean), h.sample)
                  from change c
                 where c.sequence = ?
                """)) {
            update.setObject(1, sample(changes), java.sql.Types.BOOLEAN);
            update.setLong(2, changes.getLast().sequence());
            update.executeUpdate();
        }
    }

    private static @Nullable Boolean sample(List<Change> changes) {
        for (Change change : changes) {
            JsonNode sample = change.event().data().path("ledger").path("sample");
            if (change.event().kind().filter("ledger"::equals).isPresent() && sample.isBoolean()) {
                return sample.booleanValue();
            }
        }
        return null;
    }

    private static List<String> strings(ResultSet row, int column) throws SQLException {
        return List.of((String[]) row.getArray(column).getArray());
    }

    private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.withOffsetSameInstant(ZoneOffset.UTC).toInstant();
    }
}
