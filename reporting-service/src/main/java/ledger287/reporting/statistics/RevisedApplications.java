package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Reading;

/** Applications that the pending workbook of a day holds otherwise, as known later, than it did when it came. */
final class RevisedApplications {
    private RevisedApplications() {}

    static Compared<Measures.Row> of(Reading then, Reading now, Filters filters, Compared.Window window)
            throws SQLException {
        return Compared.read(
                now.connection(),
                sql(then, now, filters, window),
                window,
                Measures.Row::read,
                RevisedApplications::item);
    }

    private static ObjectNode item(ResultSet row) throws SQLException {
        boolean counted = row.getBoolean("then_counts");
        boolean counts = row.getBoolean("now_counts");
        ObjectNode item =
                Compared.item("application", row, counts ? Compared.NOW : Compared.THEN, Compared.ROSTER_FACTS);
        Compared.putChange(item, row);
        Compared.putChanged(item, row, counted && counts ? Compared.ROSTER_FACTS : List.of());
        return item;
    }

    private static Sql sql(Reading then, Reading now, Filters filters, Compared.Window window) {
        return Compared.sql(
                Pending.applications(then, filters).add("select * from pending"),
                Pending.applications(now, filters).add("select * from pending"),
                from -> Measures.applications(from, "'whole'"),
                """
                select coalesce(n.application_id, t.application_id) as application_id,
                       coalesce(t.counts, false) as then_counts,
                       coalesce(n.counts, false) as now_counts%s
                  from t
                  full join n on n.application_id = t.application_id
                 where coalesce(t.counts, false) is distinct from coalesce(n.counts, false)
                    or (t.counts and n.counts and %s)
                """.formatted(Compared.columns(Compared.ROSTER_FACTS), Compared.differ(Compared.ROSTER_FACTS)),
                "then_counts = now_counts, coalesce(now_state, then_state) nulls last,"
                        + " coalesce(now_agency_name, then_agency_name), application_id",
                window);
    }
}
