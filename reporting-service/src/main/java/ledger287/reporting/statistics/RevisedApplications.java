package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Reading;

/** Applications that the pending workbook of a day holds otherwise, as known later, than it did when it came. */
final class RevisedApplications {
    private static final ObjectMapper JSON = new ObjectMapper();

    private static final List<String> FACTS =
            List.of("agency_id", "agency_name", "state", "county", "agency_type", "support_type");

    private RevisedApplications() {}

    static List<ObjectNode> of(Reading then, Reading now, Filters filters) throws SQLException {
        List<ObjectNode> items = new ArrayList<>();
        try (PreparedStatement select = sql(then, now, filters).prepare(now.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                boolean counted = row.getBoolean("then_counts");
                boolean counts = row.getBoolean("now_counts");
                ObjectNode item = JSON.createObjectNode();
                item.put("kind", "application");
                item.put("application_id", row.getString("application_id"));
                for (String fact : FACTS) {
                    item.put(fact, row.getString((counts ? "now_" : "then_") + fact));
                }
                item.put("change", counts ? counted ? "restated" : "added" : "removed");
                item.put("counted_then", counted);
                item.put("counted_now", counts);
                var changed = item.putArray("changed");
                for (String fact : counted && counts ? FACTS : List.<String>of()) {
                    String before = row.getString("then_" + fact);
                    String after = row.getString("now_" + fact);
                    if (!Objects.equals(before, after)) {
                        changed.addObject()
                                .put("field", fact)
                                .put("from", before)
                                .put("to", after);
                    }
                }
                items.add(item);
            }
        }
        return items;
    }

    private static Sql sql(Reading then, Reading now, Filters filters) {
        StringBuilder facts = new StringBuilder();
        StringBuilder told = new StringBuilder();
        for (String fact : FACTS) {
            facts.append(",\n       t.%1$s as then_%1$s, n.%1$s as now_%1$s".formatted(fact));
            told.append(told.isEmpty() ? "" : ", ").append("%1$s." + fact);
        }
        return new Sql("""
                select coalesce(n.application_id, t.application_id) as application_id,
                       coalesce(t.counts, false) as then_counts,
                       coalesce(n.counts, false) as now_counts""" + facts + "\n  from (\n")
                .add(Pending.applications(then, filters))
                .add("select * from pending) t\n  full join (\n")
                .add(Pending.applications(now, filters))
                .add("""
                        select * from pending) n on n.application_id = t.application_id
                         where coalesce(t.counts, false) is distinct from coalesce(n.counts, false)
                            or (t.counts and n.counts and (%s) is distinct from (%s))
                         order by coalesce(n.counts, false) = coalesce(t.counts, false), coalesce(n.state, t.state) nulls last,
                               coalesce(n.agency_name, t.agency_name), 1
                        """.formatted(
                                told.toString().formatted("t"), told.toString().formatted("n")));
    }
}
