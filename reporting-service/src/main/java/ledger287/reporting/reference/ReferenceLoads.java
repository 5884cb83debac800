package ledger287.reporting.reference;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import ledger287.reporting.changelog.ChangeLog;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.database.NewRows;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.query.Question;
import org.jspecify.annotations.Nullable;

/** The reference files that were loaded, and which of them an answer uses. */
@Singleton
public final class ReferenceLoads {
    /** The parameter that names loads. */
    public static final String PARAMETER = Question.REFERENCE;

    private final DataSource database;
    private final DataSource reading;
    private final ChangeLog changeLog;
    private final CurrentHead currentHead;
    private final Clock clock;
    private final Cache<String, List<Area>> areas =
            Caffeine.newBuilder().maximumSize(12).build();
    private final Cache<String, Counties> counties =
            Caffeine.newBuilder().maximumSize(12).build();

    ReferenceLoads(
            DataSource database,
            @io.quarkus.agroal.DataSource("reading") DataSource reading,
            ChangeLog changeLog,
            CurrentHead currentHead,
            Clock clock) {
        this.database = database;
        this.reading = reading;
        this.changeLog = changeLog;
        this.currentHead = currentHead;
        this.clock = clock;
    }

    /**
     * The files that an answer uses.
     *
     * @param points counties, the newest vintage first; older ones know counties that are no more
     * @param population null when none is loaded
     * @param places null when none is loaded
     */
    public record InForce(
            List<Load> points,
            @Nullable Load population,
            @Nullable Load places) {}

    /** @param already whether the same bytes were loaded before */
    record Outcome(Load load, boolean already) {}

    /** Loads a file, whole or not at all. */
    Outcome load(byte[] bytes, String fileName, ReferenceFile file, String by) throws SQLException {
        String sha256 = sha256(bytes);
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            try {
                // Holds the head, so that what the load is noted to come after is what answers showed.
                changeLog.completenessChanged(transaction);
                Optional<Load> known = all(transaction).stream()
                        .filter(load -> load.sha256().equals(sha256))
                        .findFirst();
                if (known.isPresent()) {
                    transaction.rollback();
                    return new Outcome(known.get(), true);
                }
                Load load = new Load(
                        sha256.substring(0, 12),
                        file.kind(),
                        file.vintage(),
                        fileName,
                        sha256,
                        file.areas().size(),
                        clock.instant().truncatedTo(ChronoUnit.MILLIS),
                        changeLog.head(transaction).cursor());
                insert(transaction, load, by);
                insert(transaction, load, file.areas());
                transaction.commit();
                currentHead.refresh();
                return new Outcome(load, false);
            } catch (SQLException | RuntimeException e) {
                transaction.rollback();
                throw e;
            }
        }
    }

    /** Every load, the oldest first. */
    public List<Load> all() throws SQLException {
        try (Connection connection = reading.getConnection()) {
            return all(connection);
        }
    }

    /**
     * Which files answer the question, noted in it. A pinned answer stays what it was: it does not see what was loaded
     * after its position, except that the first file of a kind stands in where there was none. Others take the newest.
     */
    public InForce inForce(Question question) throws SQLException {
        List<Load> all = all();
        Set<String> named = question.parameters()
                .words(PARAMETER, all.stream().map(Load::id).toList());
        List<Load> seen = new ArrayList<>();
        for (Kind kind : Kind.values()) {
            List<Load> ofKind = all.stream().filter(load -> load.kind() == kind).toList();
            if (named.isEmpty()) {
                seen.addAll(seen(ofKind, question));
            } else {
                ofKind.stream().filter(load -> named.contains(load.id())).forEach(seen::add);
            }
        }
        seen.sort(Comparator.comparingInt(Load::vintage)
                .thenComparing(Load::loadedAt)
                .reversed());
        InForce inForce = new InForce(
                seen.stream().filter(load -> load.kind() == Kind.COUNTY_POINTS).toList(),
                newest(seen, Kind.COUNTY_POPULATION),
                newest(seen, Kind.PLACE_POPULATION));
        note(question, inForce);
        return inForce;
    }

    /**
     * Which counties an answer uses that can do without, the newest vintage first, noted in it. A pinned answer does not see
     * what was loaded after its position: there is no stand-in, since it was answered without.
     */
    public List<Load> countiesIfAny(Question question) throws SQLException {
        List<Load> all = all();
        Set<String> named = question.parameters()
                .words(PARAMETER, all.stream().map(Load::id).toList());
        List<Load> used = all.stream()
                .filter(load -> load.kind() == Kind.COUNTY_POINTS)
                .filter(load -> named.isEmpty()
                        ? !question.moment().pinned() || isBefore(load, question)
                        : named.contains(load.id()))
                .sorted(Comparator.comparingInt(Load::vintage)
                        .thenComparing(Load::loadedAt)
                        .reversed())
                .toList();
        if (named.isEmpty() && !used.isEmpty()) {
            question.parameters()
                    .note(PARAMETER, used.stream().map(Load::id).sorted().collect(Collectors.joining(",")));
        }
        return used;
    }

    /** A refusal that says what to load. */
    public static Problem needed(Kind kind) {
        return new Problem(
                        ProblemType.REFERENCE_NEEDED,
                        "This answer needs %s of the U.S. Census Bureau. Download it and load it: ./ledger reference FILE."
                                        .formatted(kind.words())
                                + " docs/operations.md names the addresses.")
                .with("missing", kind.code());
    }

    /** The counties of a load, ready to be searched. */
    public Counties counties(Connection connection, Load load) throws SQLException {
        Counties known = counties.getIfPresent(load.id());
        if (known == null) {
            known = new Counties(load.vintage(), areas(connection, load));
            counties.put(load.id(), known);
        }
        return known;
    }

    /** What a load says. */
    public List<Area> areas(Connection connection, Load load) throws SQLException {
        List<Area> known = areas.getIfPresent(load.id());
        if (known != null) {
            return known;
        }
        List<Area> read = new ArrayList<>(load.rows());
        try (PreparedStatement select = connection.prepareStatement("""
                select fips, state, name, latitude, longitude, population
                  from reference_area
                 where load_id = ?
                 order by fips
                """)) {
            select.setString(1, load.id());
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    read.add(new Area(
                            row.getString(1),
                            row.getString(2),
                            row.getString(3),
                            row.getObject(4, Double.class),
                            row.getObject(5, Double.class),
                            row.getObject(6, Long.class)));
                }
            }
        }
        List<Area> all = List.copyOf(read);
        areas.put(load.id(), all);
        return all;
    }

    private static List<Load> seen(List<Load> ofKind, Question question) {
        if (!question.moment().pinned()) {
            return ofKind;
        }
        List<Load> before =
                ofKind.stream().filter(load -> isBefore(load, question)).toList();
        return before.isEmpty() && !ofKind.isEmpty() ? List.of(ofKind.getFirst()) : before;
    }

    private static boolean isBefore(Load load, Question question) {
        Cursor pinned = question.moment().cursor();
        return !load.at().epoch().equals(pinned.epoch()) || load.at().sequence() < pinned.sequence();
    }

    private static @Nullable Load newest(List<Load> newestFirst, Kind kind) {
        return newestFirst.stream()
                .filter(load -> load.kind() == kind)
                .findFirst()
                .orElse(null);
    }

    private static void note(Question question, InForce inForce) {
        Set<String> ids = new TreeSet<>();
        inForce.points().forEach(load -> ids.add(load.id()));
        for (Load load : new @Nullable Load[] {inForce.population(), inForce.places()}) {
            if (load != null) {
                ids.add(load.id());
            }
        }
        if (!ids.isEmpty()) {
            question.parameters().note(PARAMETER, String.join(",", ids));
        }
    }

    private static List<Load> all(Connection connection) throws SQLException {
        List<Load> loads = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                        select load_id, kind, vintage, file_name, sha256, rows, loaded_at, at_epoch, at_sequence
                          from reference_load
                         order by loaded_at, load_id
                        """);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                loads.add(new Load(
                        row.getString(1),
                        Kind.of(row.getString(2)),
                        row.getInt(3),
                        row.getString(4),
                        row.getString(5),
                        row.getInt(6),
                        instant(row, 7),
                        new Cursor(row.getString(8), row.getLong(9))));
            }
        }
        return loads;
    }

    private static void insert(Connection transaction, Load load, String by) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                insert into reference_load
                       (load_id, kind, vintage, file_name, sha256, rows, loaded_by, loaded_at, at_epoch, at_sequence)
                values (?, ?, ?, ?, ?, ?, ?, cast(? as timestamptz), ?, ?)
                """)) {
            insert.setString(1, load.id());
            insert.setString(2, load.kind().code());
            insert.setInt(3, load.vintage());
            insert.setString(4, load.fileName());
            insert.setString(5, load.sha256());
            insert.setInt(6, load.rows());
            insert.setString(7, by);
            insert.setString(8, load.loadedAt().toString());
            insert.setString(9, load.at().epoch());
            insert.setLong(10, load.at().sequence());
            insert.executeUpdate();
        }
    }

    private static void insert(Connection transaction, Load load, List<Area> areas) throws SQLException {
        NewRows rows = new NewRows();
        for (Area area : areas) {
            rows.cell(load.id())
                    .cell(area.fips())
                    .cell(area.state())
                    .cell(area.name())
                    .cell(area.latitude())
                    .cell(area.longitude())
                    .cell(area.population())
                    .endRow();
        }
        rows.into(transaction, "reference_area (load_id, fips, state, name, latitude, longitude, population)");
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        return row.getObject(column, OffsetDateTime.class).toInstant();
    }

    private static String sha256(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
