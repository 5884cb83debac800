package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Known;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Counts of agreements and applications, for the whole or for each state: the same statement either way, so that states
 * add up to the headline.
 */
final class Measures {
    /** The group of rows whose state ICE's cell did not tell. */
    static final String UNKNOWN = Filters.UNKNOWN;

    private static final String AGREEMENT_COUNTS = """
            count(*) filter (where counts) as agreements,
            count(*) filter (where counts and signed_earliest >= p.since) as new_agreements,
            count(*) filter (where counts and signed_latest < p.since) as agreements_before_since,
            count(*) filter (where counts and signed_earliest < p.since and signed_latest >= p.since) as signed_unknown,
            count(distinct agency_id) filter (where counts) as agencies,
            count(distinct state) filter (where counts) as states,
            count(distinct state) filter (where counts and signed_earliest >= p.since) as new_states,
            count(*) filter (where counts and support_type = 'task_force') as task_force,
            count(*) filter (where counts and support_type = 'warrant_service_officer') as warrant_service_officer,
            count(*) filter (where counts and support_type = 'jail_enforcement') as jail_enforcement,
            count(*) filter (where counts and support_type is null) as model_unknown,
            count(distinct agency_id) filter (where counts and support_type = 'task_force') as a_task_force,
            count(distinct agency_id) filter (where counts and support_type = 'warrant_service_officer') as a_wso,
            count(distinct agency_id) filter (where counts and support_type = 'jail_enforcement') as a_jail,
            count(distinct agency_id) filter (where counts and support_type is null) as a_unknown,
            count(*) filter (where counts and agency_type = 'county') as county,
            count(*) filter (where counts and agency_type = 'municipality') as municipality,
            count(*) filter (where counts and agency_type = 'state_agency') as state_agency,
            count(*) filter (where counts and agency_type is null) as type_unknown,
            count(*) filter (where status = 'unlisted') as unlisted,
            count(*) filter (where status = 'under_review') as under_review,
            count(*) filter (where standing = 'uncertain') as uncertain,
            count(*) filter (where standing = 'not_determinable') as not_determinable
            """;

    private final Reading reading;
    private final Filters filters;
    private final LocalDate since;
    private final Known known;

    Measures(Reading reading, Filters filters, LocalDate since) throws SQLException {
        this.reading = reading;
        this.filters = filters;
        this.since = since;
        this.known = Known.at(reading);
    }

    /** Puts all figures of the whole. */
    void putWhole(ObjectNode answer) throws SQLException {
        Row agreements = agreements("'whole'").get("whole");
        Row applications = applications("'whole'").get("whole");
        put(answer, agreements, applications);
    }

    /** Puts the figures of one group; a group that has no rows has zeros. */
    void put(ObjectNode answer, @Nullable Row agreements, @Nullable Row applications) {
        boolean on = reading.moment().on() != null;
        figure(answer, "agreements", agreements, known.participating());
        figure(answer, "new_agreements", agreements, known.participating());
        figure(answer, "agreements_before_since", agreements, known.participating());
        figure(answer, "signed_unknown", agreements, known.participating());
        figure(answer, "agencies", agreements, known.participating());
        figure(answer, "states", agreements, known.participating());
        figure(answer, "new_states", agreements, known.participating());
        ObjectNode byModel = answer.putObject("by_model");
        for (String model : Filters.MODELS) {
            figure(byModel, model, agreements, known.participating());
        }
        figure(byModel, "unknown", "model_unknown", agreements, known.participating());
        ObjectNode agenciesByModel = answer.putObject("agencies_by_model");
        figure(agenciesByModel, "task_force", "a_task_force", agreements, known.participating());
        figure(agenciesByModel, "warrant_service_officer", "a_wso", agreements, known.participating());
        figure(agenciesByModel, "jail_enforcement", "a_jail", agreements, known.participating());
        figure(agenciesByModel, "unknown", "a_unknown", agreements, known.participating());
        ObjectNode byType = answer.putObject("by_agency_type");
        for (String type : Filters.AGENCY_TYPES) {
            figure(byType, type, agreements, known.participating());
        }
        figure(byType, "unknown", "type_unknown", agreements, known.participating());
        figure(answer, "pending_applications", applications, known.pending());
        figure(answer, "granted_still_listed", applications, known.pending() && !on);
        figure(answer, "unlisted", agreements, known.participating());
        figure(answer, "under_review", agreements, known.participating());
        figure(answer, "uncertain", agreements, known.participating() && on);
        figure(answer, "not_determinable", agreements, known.participating() && on);
    }

    /** @param group an SQL expression over columns of agreements */
    Map<String, Row> agreements(String group) throws SQLException {
        Sql sql = Counted.agreements(reading.visible(), filters, "")
                .add("select " + group + " as which, ")
                .add(AGREEMENT_COUNTS.replace("p.since", "cast('" + since + "' as date)"))
                .add("from counted\ngroup by 1");
        return rows(sql);
    }

    /** @param group an SQL expression over columns of applications */
    Map<String, Row> applications(String group) throws SQLException {
        Sql sql = Pending.applications(reading, filters)
                .add("select " + group + " as which,\n")
                .add("       count(*) filter (where counts) as pending_applications,\n")
                .add("       count(*) filter (where counts and status = 'granted') as granted_still_listed\n")
                .add("  from pending\n group by 1");
        return rows(sql);
    }

    private Map<String, Row> rows(Sql sql) throws SQLException {
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            List<String> names = new java.util.ArrayList<>();
            for (int i = 2; i <= row.getMetaData().getColumnCount(); i++) {
                names.add(row.getMetaData().getColumnLabel(i));
            }
            Map<String, Row> rows = new LinkedHashMap<>();
            while (row.next()) {
                Map<String, Long> figures = new LinkedHashMap<>();
                for (String name : names) {
                    figures.put(name, row.getLong(name));
                }
                rows.put(row.getString(1), new Row(figures));
            }
            return rows;
        }
    }

    private static void figure(ObjectNode answer, String name, @Nullable Row row, boolean known) {
        figure(answer, name, name, row, known);
    }

    private static void figure(ObjectNode answer, String name, String column, @Nullable Row row, boolean known) {
        if (!known) {
            answer.putNull(name);
        } else {
            answer.put(name, row == null ? 0 : row.figures().getOrDefault(column, 0L));
        }
    }

    /** The counts of one group. */
    record Row(Map<String, Long> figures) {}
}
