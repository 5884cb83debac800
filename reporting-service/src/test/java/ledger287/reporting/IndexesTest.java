package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import javax.sql.DataSource;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.QueryStore;
import ledger287.reporting.query.Reading;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every query over a table that grows has an index that is used: shown with 4,000 agreements of ten versions each and
 * 40,000 changes, the planner left as it is.
 */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IndexesTest {
    private static final int AGREEMENTS = 4_000;
    private static final long HEAD = 40_000;
    private static final Instant NEWEST = Instant.parse("2025-10-01T00:00:00Z");
    private static final Filters ALL = new Filters(Set.of(), Set.of(), Set.of(), Set.of(), Set.of());
    private static final Filters FLORIDA = new Filters(Set.of("S7"), Set.of(), Set.of(), Set.of(), Set.of());

    private final DataSource database;
    private final QueryStore store;

    @Inject
    IndexesTest(DataSource database, QueryStore store) {
        this.database = database;
        this.store = store;
    }

    @BeforeAll
    void fill() throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(
                    """
                    insert into agreement_version
                    select gen_id(a), k.known_from, k.known_to, s.from_sequence, s.to_sequence, s.from_sequence,
                           gen_id(a), 'Agency ' || a, 'S' || a %% 50, null, 'county', 'task_force', 'listed', true,
                           date '2025-03-01', 'day', date '2025-03-01', date '2025-03-01', null, null,
                           k.known_from, null, null, '{}'
                      from generate_series(1, %d) a
                     cross join generate_series(0, 9) v
                     cross join lateral (
                       select timestamptz '2025-01-01Z' + v * interval '27 days' as known_from,
                              case when v = 9 then 'infinity'
                                   else timestamptz '2025-01-01Z' + (v + 1) * interval '27 days' end as known_to) k
                     cross join lateral (
                       select 1 + v * 4000 + a %% 4000 as from_sequence, 9223372036854775807 as to_sequence) s
                    """.replace("gen_id(a)", "cast(md5(a::text) as uuid)").formatted(AGREEMENTS));
            statement.execute("""
                    insert into change
                    select s, 'agreements', s, s, cast(md5('e' || s) as uuid), 'org.ledger287.agreement.signed.v1',
                           'agreement-' || cast(md5((s %% 4000)::text) as uuid), timestamptz '2025-01-01Z' + s * interval '9 minutes',
                           now(), timestamptz '2025-01-01Z' + s * interval '9 minutes', '{}'
                      from generate_series(1, %d) s
                    """.formatted(HEAD));
            statement.execute("update change_head set sequence = " + HEAD + ", newest_known_at = '2025-10-01Z'");
            statement.execute("analyze");
        }
    }

    @Test
    void whatIsCurrentComesFromTheIndexOfWhatIsCurrent() throws Exception {
        assertThat(plan(HEAD, NEWEST, FLORIDA)).contains("agreement_version_current");
        assertThat(plan(HEAD, NEWEST, ALL))
                .contains("agreement_version_current")
                .doesNotContain("Seq Scan on agreement");
    }

    @Test
    void anEarlierMomentComesFromTheIndexOfPoints() throws Exception {
        assertThat(plan(4_100, Instant.parse("2025-01-03T00:00:00Z"), ALL)).contains("agreement_version_point");
    }

    @Test
    void oneThingAndItsHistoryAndAPageOfChangesComeByTheirKeys() throws Exception {
        String id = "cast('" + new UUID(1, 2) + "' as uuid)";
        assertThat(plan("select image from agreement_version v where v.agreement_id = " + id
                        + " and v.to_sequence = 9223372036854775807 and v.known_to = 'infinity'"))
                .contains("Index");
        assertThat(plan("select event from change c where c.subject = 'agreement-x' and c.sequence <= 40000"
                        + " order by c.sequence"))
                .contains("change_subject");
        assertThat(plan("select event from change c where c.sequence > 20000 and c.sequence <= 40000 order by"
                        + " c.sequence limit 100"))
                .contains("change_pkey");
        assertThat(plan("select sequence from change c where c.known_at <= '2025-03-01Z' and c.sequence <= 40000"
                        + " order by c.known_at desc, c.sequence desc limit 1"))
                .contains("change_known");
    }

    private String plan(long sequence, Instant knownBy, Filters filters) throws SQLException, IOException {
        Cursor cursor = new Cursor("e", sequence);
        Moment moment = new Moment(new Head(cursor, NEWEST, false, List.of(), 0, Map.of()), true, null, knownBy, null);
        return store.read(
                moment,
                reading -> explain(
                        reading,
                        new Sql("explain ")
                                .add(Counted.agreements(reading.visible(), filters, ""))
                                .add("select state, count(*) from counted where counts group by 1")));
    }

    private String plan(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                PreparedStatement explain = connection.prepareStatement("explain " + sql)) {
            return text(explain);
        }
    }

    private static String explain(Reading reading, Sql sql) throws SQLException {
        try (PreparedStatement explain = sql.prepare(reading.connection())) {
            return text(explain);
        }
    }

    private static String text(PreparedStatement explain) throws SQLException {
        StringBuilder plan = new StringBuilder();
        try (ResultSet row = explain.executeQuery()) {
            while (row.next()) {
                plan.append(row.getString(1)).append('\n');
            }
        }
        return plan.toString();
    }
}
