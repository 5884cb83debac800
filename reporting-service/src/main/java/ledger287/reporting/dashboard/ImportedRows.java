package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.QueryStore;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * What became of the rows of a workbook. A row that brought something, or changed it, has an event with its place in the
 * file. One that left all as it was has none: it is known by what it stands for, which was listed once the import was
 * applied and which no row of the import had touched.
 */
@Singleton
final class ImportedRows {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Of what each row of a participating workbook, and of a pending one, makes at most one event. */
    private static final Kind AGREEMENTS = new Kind(
            "agreement",
            "signed",
            List.of("renamed", "relabelled", "date-changed", "state-changed", "attribute-changed", "relisted"));

    private static final Kind APPLICATIONS =
            new Kind("application", "filed", List.of("renamed", "attribute-changed", "relisted"));

    /** What the report of a workbook calls the changes that single rows make. */
    static List<String> changesInReports(boolean pending) {
        String kind = pending ? "application_" : "";
        return (pending ? APPLICATIONS : AGREEMENTS)
                .changes().stream()
                        .map(change -> kind + change.replace('-', '_'))
                        .toList();
    }

    private final QueryStore store;

    ImportedRows(QueryStore store) {
        this.store = store;
    }

    /** The lists that a report consists of. */
    enum Part {
        NEW("new", "New"),
        CHANGED("changed", "Changed"),
        /** What no row shows, such as departures, and what follows from rows, such as grants and questions. */
        BESIDE("beside", "Beside the rows"),
        SAME("same", "As they were before");

        private final String code;
        private final String title;

        Part(String code, String title) {
            this.code = code;
            this.title = title;
        }

        /** As an address names it. */
        String code() {
            return code;
        }

        /** In English, the key of the words. */
        String title() {
            return title;
        }
    }

    /** What a workbook lists, and the events that its rows make. */
    private record Kind(String thing, String brings, List<String> changes) {
        private String type(String change) {
            return "org.ledger287." + thing + "." + change + ".v1";
        }

        Set<String> types(Part part) {
            Set<String> types = new TreeSet<>();
            if (part == Part.NEW) {
                types.add(type(brings));
            } else {
                changes.forEach(change -> types.add(type(change)));
            }
            return types;
        }

        Set<String> ofRows() {
            Set<String> types = types(Part.NEW);
            types.addAll(types(Part.CHANGED));
            return types;
        }

        /** What is told elsewhere: by the rows, by other changes, or by the page as a whole. */
        Set<String> notBeside() {
            Set<String> types = ofRows();
            types.addAll(ChangeWords.ECHOES);
            types.addAll(ChangeWords.SHEETS);
            return types;
        }
    }

    /**
     * An import.
     *
     * @param kind {@code participating} or {@code pending}
     * @param at the ledger as the import left it, everything known
     */
    record Import(String kind, Moment at) {
        private Kind rows() {
            return "pending".equals(kind) ? APPLICATIONS : AGREEMENTS;
        }
    }

    /** How many there are of each part. */
    record Tally(Map<Part, Long> counts) {
        Tally {
            counts = Map.copyOf(counts);
        }

        long of(Part part) {
            return counts.getOrDefault(part, 0L);
        }

        /** Of everything that rows stand for. */
        long listed() {
            return of(Part.NEW) + of(Part.CHANGED) + of(Part.SAME);
        }

        /** Lines of the whole report. */
        long lines() {
            return listed() + of(Part.BESIDE);
        }
    }

    /**
     * One line of the report.
     *
     * @param event the change; of a row that changed nothing, the one that it still rests on
     * @param image of a row that changed nothing, what it stands for; null otherwise
     */
    record Line(JsonNode event, @Nullable JsonNode image) {}

    Tally tally(Import done) throws SQLException, IOException {
        Kind kind = done.rows();
        return store.read(done.at(), reading -> {
            long after = before(reading);
            Map<Part, Long> counts = new EnumMap<>(Part.class);
            Sql sql = new Sql("select c.type, count(*)\n")
                    .add(append(reading, after))
                    .add("\n group by c.type");
            try (PreparedStatement select = sql.prepare(reading.connection());
                    ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    Part part = part(kind, row.getString(1));
                    if (part != null) {
                        counts.merge(part, row.getLong(2), Long::sum);
                    }
                }
            }
            Sql same = touched(reading, kind, after).add("select count(*)\n").add(untouched(reading, kind));
            try (PreparedStatement select = same.prepare(reading.connection());
                    ResultSet row = select.executeQuery()) {
                row.next();
                counts.put(Part.SAME, row.getLong(1));
            }
            return new Tally(counts);
        });
    }

    private static @Nullable Part part(Kind kind, String type) {
        for (Part part : List.of(Part.NEW, Part.CHANGED)) {
            if (kind.types(part).contains(type)) {
                return part;
            }
        }
        return kind.notBeside().contains(type) ? null : Part.BESIDE;
    }

    /**
     * A page of the report: rows that brought or changed something, in the workbook's order; what is told beside the rows;
     * the other rows, by state and agency.
     *
     * @param only null: all parts, one after the other
     */
    List<Line> lines(Import done, Tally tally, @Nullable Part only, long offset, int limit)
            throws SQLException, IOException {
        Kind kind = done.rows();
        return store.read(done.at(), reading -> {
            long after = before(reading);
            List<Line> lines = new ArrayList<>();
            long skipped = 0;
            for (Segment segment : segments(kind, tally, only)) {
                long from = Math.max(0, offset - skipped);
                int wanted = limit - lines.size();
                if (from < segment.size() && wanted > 0) {
                    lines.addAll(segment.lines().page(reading, after, from, wanted));
                }
                skipped += segment.size();
            }
            return lines;
        });
    }

    private interface Lines {
        List<Line> page(Reading reading, long after, long offset, int limit) throws SQLException, IOException;
    }

    private record Segment(long size, Lines lines) {}

    private static List<Segment> segments(Kind kind, Tally tally, @Nullable Part only) {
        Lines beside = (reading, after, offset, limit) -> lines(
                reading,
                new Sql("select c.event, null\n")
                        .add(append(reading, after))
                        .add("\n   and c.type <> all (?)\n order by c.sequence", kind.notBeside()),
                offset,
                limit);
        Lines same = (reading, after, offset, limit) -> same(reading, kind, after, offset, limit);
        if (only == null) {
            return List.of(
                    new Segment(tally.of(Part.NEW) + tally.of(Part.CHANGED), shown(kind.ofRows())),
                    new Segment(tally.of(Part.BESIDE), beside),
                    new Segment(tally.of(Part.SAME), same));
        }
        Lines lines =
                switch (only) {
                    case NEW, CHANGED -> shown(kind.types(only));
                    case BESIDE -> beside;
                    case SAME -> same;
                };
        return List.of(new Segment(tally.of(only), lines));
    }

    /** Events of these types in the order of the rows that show them. */
    private static Lines shown(Set<String> types) {
        return (reading, after, offset, limit) -> lines(
                reading,
                new Sql("select c.event, null\n").add(append(reading, after)).add("""

                           and c.type = any (?)
                         order by c.event #>> '{data,evidence,tab}',
                                  cast(c.event #>> '{data,evidence,row}' as bigint),
                                  c.sequence""", types),
                offset,
                limit);
    }

    private static List<Line> same(Reading reading, Kind kind, long after, long offset, int limit)
            throws SQLException, IOException {
        Sql sql = touched(reading, kind, after)
                .add("""
                        , page as materialized (
                        select row_number() over () as place, f.id
                          from (
                        select v.%1$s_id as id
                        """.formatted(kind.thing()))
                .add(untouched(reading, kind))
                .add("""

                         order by v.state, v.agency_name, v.support_type, v.%1$s_id
                         limit ? offset ?) f)
                        select c.event, i.image
                          from page p
                          join %1$s_version i on i.%1$s_id = p.id and\s""".formatted(kind.thing()), limit, offset)
                .add(reading.visible().of("i"))
                .add("\n  join change c on c.sequence = i.change_sequence\n order by p.place");
        return read(reading, sql);
    }

    /** The sequence before the import's first change. */
    private static long before(Reading reading) throws SQLException {
        long end = end(reading);
        Sql sql = new Sql("""
                select coalesce((select p.sequence
                                   from change p
                                  where p.sequence < ? and p.append_end <> ?
                                  order by p.sequence desc
                                  limit 1), 0)""", end, end);
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            row.next();
            return row.getLong(1);
        }
    }

    private static long end(Reading reading) {
        return reading.moment().cursor().sequence();
    }

    private static Sql append(Reading reading, long after) {
        return new Sql("  from change c\n where c.sequence > ?\n   and c.sequence <= ?", after, end(reading));
    }

    /** What rows of the import brought or changed, as {@code touched}. */
    private static Sql touched(Reading reading, Kind kind, long after) {
        return new Sql("with touched as materialized (\nselect c.subject\n")
                .add(append(reading, after))
                .add("\n   and c.type = any (?))\n", kind.ofRows());
    }

    /** What was listed once the import was applied, and is not among the {@code touched}. */
    private static Sql untouched(Reading reading, Kind kind) {
        return new Sql("  from %s_version v\n where ".formatted(kind.thing()))
                .add(reading.visible().of("v"))
                .add("""

                           and v.listed
                           and not exists (select from touched t where t.subject = '%1$s-' || v.%1$s_id)""".formatted(kind.thing()));
    }

    private static List<Line> lines(Reading reading, Sql sql, long offset, int limit) throws SQLException, IOException {
        return read(reading, sql.add("\n limit ? offset ?", limit, offset));
    }

    private static List<Line> read(Reading reading, Sql sql) throws SQLException, IOException {
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            List<Line> lines = new ArrayList<>();
            while (row.next()) {
                String image = row.getString(2);
                lines.add(new Line(JSON.readTree(row.getString(1)), image == null ? null : JSON.readTree(image)));
            }
            return lines;
        }
    }
}
