package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.reporting.database.Sql;
import ledger287.reporting.drawing.Pulse;
import ledger287.reporting.feed.ChangeReader;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.QueryStore;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/** The change log, newest first. */
@Singleton
final class RecentChanges {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Days with changes that the pulse shows, and how far back it looks for them. */
    private static final int DAYS = 60;

    private static final int DAYS_BACK = 400;
    private static final int MOST_REVIEWS = 100;

    private final QueryStore store;

    RecentChanges(QueryStore store) {
        this.store = store;
    }

    /**
     * Which changes.
     *
     * @param only types; empty: all but those left out. Where it has {@link ChangeWords#SIGNED}, past agreements are left out
     * @param state a state that the change touches, before or after; null: any
     * @param above only changes after this sequence; 0: all
     * @param below only changes before this sequence; null: from the newest
     * @param day only what came to be known on that day, in New York; null: any
     */
    record Selection(
            Set<String> only,
            Set<String> leftOut,
            @Nullable String state,
            long above,
            @Nullable Long below,
            int limit,
            @Nullable LocalDate day) {
        Selection(
                Set<String> only,
                Set<String> leftOut,
                @Nullable String state,
                long above,
                @Nullable Long below,
                int limit) {
            this(only, leftOut, state, above, below, limit, null);
        }

        Selection on(@Nullable LocalDate other) {
            return new Selection(only, leftOut, state, above, below, limit, other);
        }

        private Selection upTo(long sequence) {
            return new Selection(only, leftOut, state, above, sequence + 1, limit, day);
        }

        private long upTo(Moment moment) {
            long head = moment.cursor().sequence();
            return below == null ? head : Math.min(below - 1, head);
        }
    }

    List<JsonNode> newest(Moment moment, Selection wanted) throws SQLException, IOException {
        return store.read(moment, reading -> {
            long last = ChangeReader.lastKnown(reading.connection(), wanted.upTo(moment), moment.knownBy());
            return events(
                    reading,
                    new Sql("select c.sequence, c.event\n")
                            .add(selected(moment, wanted.upTo(last)))
                            .add("\n order by c.sequence desc\n limit ?", wanted.limit()));
        });
    }

    /** The same by when the public could know, which an import of older workbooks or claims leaves as it was. */
    List<JsonNode> newestKnown(Moment moment, Selection wanted) throws SQLException, IOException {
        Sql sql = new Sql("select c.sequence, c.event\n").add(selected(moment, wanted));
        sql.add("\n order by c.known_at desc, c.sequence desc\n limit ?", wanted.limit());
        return store.read(moment, reading -> events(reading, sql));
    }

    /** Questions about an agency and what it holds, and what became of them, newest first; at most a hundred. */
    List<JsonNode> reviews(Moment moment, String agencyId) throws SQLException, IOException {
        Sql sql = new Sql("select c.sequence, c.event\n")
                .add(selected(moment, new Selection(ChangeWords.REVIEWS, Set.of(), null, 0, null, MOST_REVIEWS)))
                .add(shown(4, agencyId))
                .add("\n order by c.sequence desc\n limit ?", MOST_REVIEWS);
        return store.read(moment, reading -> events(reading, sql));
    }

    /** How many there are, whatever the limit. */
    long count(Moment moment, Selection wanted) throws SQLException, IOException {
        Sql sql = new Sql("select count(*)\n").add(selected(moment, wanted));
        return store.read(moment, reading -> {
            try (PreparedStatement select = sql.prepare(reading.connection());
                    ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        });
    }

    private static Sql selected(Moment moment, Selection wanted) {
        Sql sql = new Sql("""
                  from change c
                 where c.sequence > ?
                   and c.sequence <= ?
                   and c.known_at <= ?""", wanted.above(), wanted.upTo(moment), moment.knownBy());
        LocalDate day = wanted.day();
        if (day != null) {
            sql.add(
                    "\n   and c.known_at >= ? and c.known_at < ?",
                    day.atStartOfDay(Moment.NEW_YORK).toInstant(),
                    day.plusDays(1).atStartOfDay(Moment.NEW_YORK).toInstant());
        }
        if (!wanted.only().isEmpty()) {
            sql.add("\n   and c.type = any (?)", wanted.only());
        }
        if (wanted.only().contains(ChangeWords.SIGNED)) {
            sql.add("\n   and not " + ChangeWords.PAST_AGREEMENT_SQL);
        }
        if (!wanted.leftOut().isEmpty()) {
            sql.add("\n   and c.type <> all (?)", wanted.leftOut());
        }
        String state = wanted.state();
        return state == null ? sql : sql.add(shown(1, state));
    }

    /** What an image shows, before or after, at a place of its key; the change's keys lead to it. */
    private static Sql shown(int place, String value) {
        return new Sql(
                "\n   and c.keys && ?\n   and exists (select from unnest(c.images) image where split_part(image, '|', %d) = ?)"
                        .formatted(place),
                List.of(value),
                value);
    }

    /**
     * How many changes of which kind came to be known on each of the newest days that had any, oldest first. Counted from
     * an index: which agreements are of the past only is asked of their versions, not of the events.
     */
    List<Pulse.Day> pulse(Moment moment) throws SQLException, IOException {
        Instant newest = moment.head().newestKnownAt();
        Instant end = newest == null || moment.knownBy().isBefore(newest) ? moment.knownBy() : newest;
        Sql sql = new Sql(
                """
                select (t.known_at at time zone 'America/New_York')::date as day, t.type, sum(t.changes)
                  from (select c.known_at, c.type, count(*) as changes
                          from change c
                         where c.known_at <= ?
                           and c.known_at > cast(? as timestamptz) - interval '%d days'
                           and c.sequence <= ?
                           and c.type <> all (?)
                           and (c.type <> ?
                                or c.sequence not in (select v.change_sequence
                                                        from agreement_version v
                                                       where v.status = 'ended' or v.first_listed_at is null))
                         group by c.known_at, c.type) t
                 group by 1, 2
                 order by 1
                """.formatted(DAYS_BACK),
                moment.knownBy(),
                end,
                moment.cursor().sequence(),
                ChangeWords.ECHOES,
                ChangeWords.SIGNED);
        return store.read(moment, reading -> {
            Map<String, long[]> days = new LinkedHashMap<>();
            try (PreparedStatement select = sql.prepare(reading.connection());
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    int place =
                            switch (ChangeWords.tone(row.getString(2))) {
                                case "addition" -> 0;
                                case "correction" -> 1;
                                case "departure" -> 2;
                                default -> -1;
                            };
                    if (place >= 0) {
                        days.computeIfAbsent(row.getString(1), day -> new long[3])[place] += row.getLong(3);
                    }
                }
            }
            List<Pulse.Day> pulse = new ArrayList<>();
            days.forEach((day, n) -> pulse.add(new Pulse.Day(day, n[0], n[1], n[2])));
            return pulse.subList(Math.max(0, pulse.size() - DAYS), pulse.size());
        });
    }

    private static List<JsonNode> events(Reading reading, Sql sql) throws SQLException, IOException {
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            List<JsonNode> events = new ArrayList<>();
            while (row.next()) {
                ObjectNode event = (ObjectNode) JSON.readTree(row.getString(2));
                event.put("cursor", reading.moment().cursor().epoch() + "-" + row.getLong(1));
                events.add(event);
            }
            return events;
        }
    }

    /** Where an older page of the same selection begins. */
    static @Nullable String oldest(Collection<JsonNode> events) {
        String oldest = null;
        for (JsonNode event : events) {
            oldest = event.path("cursor").asText();
        }
        return oldest;
    }
}
