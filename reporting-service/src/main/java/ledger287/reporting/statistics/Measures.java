package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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

    /** What is counted of agreements, by the figure's name: the condition, over columns of {@code counted}. */
    private static final Map<String, String> AGREEMENTS = conditions(
            "agreements",
            "counts",
            "new_agreements",
            "counts and signed_earliest >= p.since",
            "agreements_before_since",
            "counts and signed_latest < p.since",
            "signed_unknown",
            "counts and signed_earliest < p.since and signed_latest >= p.since",
            "task_force",
            "counts and support_type = 'task_force'",
            "warrant_service_officer",
            "counts and support_type = 'warrant_service_officer'",
            "jail_enforcement",
            "counts and support_type = 'jail_enforcement'",
            "model_unknown",
            "counts and support_type is null",
            "county",
            "counts and agency_type = 'county'",
            "municipality",
            "counts and agency_type = 'municipality'",
            "state_agency",
            "counts and agency_type = 'state_agency'",
            "type_unknown",
            "counts and agency_type is null",
            "unlisted",
            "status = 'unlisted'",
            "under_review",
            "status = 'under_review'",
            "uncertain",
            "standing = 'uncertain'",
            "not_determinable",
            "standing = 'not_determinable'");

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

    /**
     * One row for each group. States and agencies are told apart by making a row of each first: to sort all agreements
     * for every figure of them takes longer than all else.
     *
     * @param group an SQL expression over columns of agreements, never null
     */
    Map<String, Row> agreements(String group) throws SQLException {
        return rows(Counted.agreements(reading.visible(), filters, "")
                .add("select * from (" + agreements("counted", group, since) + ") f"));
    }

    /**
     * The query of all that is counted of agreements.
     *
     * @param from a table with the columns of {@code counted}
     * @param group an SQL expression over them, never null
     */
    static String agreements(String from, String group, LocalDate since) {
        return """
                with of_state as (
                  select %2$s as which, state%3$s
                    from %1$s
                   group by 1, 2
                ), of_agency as (
                  select %2$s as which, agency_id,
                         bit_or(case when support_type is null then 8
                                     when support_type = 'task_force' then 1
                                     when support_type = 'warrant_service_officer' then 2
                                     when support_type = 'jail_enforcement' then 4
                                     else 0
                                end) as models
                    from %1$s
                   where counts
                   group by 1, 2
                ), states as (
                  select which, count(state) filter (where agreements > 0) as states,
                         count(state) filter (where new_agreements > 0) as new_states%4$s
                    from of_state
                   group by which
                ), agencies as (
                  select which, count(*) as agencies,
                         count(*) filter (where models & 1 <> 0) as a_task_force,
                         count(*) filter (where models & 2 <> 0) as a_wso,
                         count(*) filter (where models & 4 <> 0) as a_jail,
                         count(*) filter (where models & 8 <> 0) as a_unknown
                    from of_agency
                   group by which
                )
                select * from states left join agencies using (which)
                """.formatted(
                        from,
                        group,
                        each(",\n         count(*) filter (where %2$s) as %1$s")
                                .replace("p.since", "cast('" + since + "' as date)"),
                        each(",\n         cast(sum(%1$s) as bigint) as %1$s"));
    }

    /** A form for each figure: its name, and its condition. */
    private static String each(String form) {
        StringBuilder all = new StringBuilder();
        AGREEMENTS.forEach((name, condition) -> all.append(form.formatted(name, condition)));
        return all.toString();
    }

    private static Map<String, String> conditions(String... namesAndConditions) {
        Map<String, String> conditions = new LinkedHashMap<>();
        for (int i = 0; i < namesAndConditions.length; i += 2) {
            conditions.put(namesAndConditions[i], namesAndConditions[i + 1]);
        }
        return conditions;
    }

    /** @param group an SQL expression over columns of applications */
    Map<String, Row> applications(String group) throws SQLException {
        return rows(Pending.applications(reading, filters).add(applications("pending", group)));
    }

    /**
     * The query of all that is counted of applications.
     *
     * @param from a table with the columns of {@code pending}
     * @param group an SQL expression over them
     */
    static String applications(String from, String group) {
        return """
                select %s as which,
                       count(*) filter (where counts) as pending_applications,
                       count(*) filter (where counts and status = 'granted') as granted_still_listed
                  from %s
                 group by 1
                """.formatted(group, from);
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
    record Row(Map<String, Long> figures) {
        /** Of the row as JSON; of null when there is nothing to be counted. */
        static Row read(@Nullable JsonNode row) {
            Map<String, Long> figures = new LinkedHashMap<>();
            (row == null ? JsonNodeFactory.instance.objectNode() : row)
                    .properties()
                    .forEach(figure ->
                            figures.put(figure.getKey(), figure.getValue().longValue()));
            return new Row(figures);
        }
    }
}
