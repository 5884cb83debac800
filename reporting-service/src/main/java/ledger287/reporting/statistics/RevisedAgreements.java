package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Reading;

/** Agreements that count otherwise of a day, as known later, than they did when it was published, or of which other facts are told. */
final class RevisedAgreements {
    /** What a later event may tell otherwise about an agreement that counts before and after. */
    private static final List<String> FACTS = Stream.concat(
                    Compared.ROSTER_FACTS.stream(), Stream.of("signed_earliest", "signed_latest"))
            .toList();

    private RevisedAgreements() {}

    static Compared<Measures.Row> of(
            Reading then, Reading now, Filters filters, LocalDate since, Compared.Window window) throws SQLException {
        return Compared.read(
                now.connection(),
                sql(then, now, filters, since, window),
                window,
                Measures.Row::read,
                RevisedAgreements::item);
    }

    private static ObjectNode item(ResultSet row) throws SQLException {
        boolean told = row.getString("now_agency_id") != null;
        String standing = row.getString("standing");
        ObjectNode item = Compared.item("agreement", row, told ? Compared.NOW : Compared.THEN, Compared.ROSTER_FACTS);
        Compared.putChange(item, row);
        if (!row.getBoolean("now_counts") && standing != null && !standing.equals("in_force")) {
            item.put("change", standing);
        }
        Compared.putChanged(item, row, told && row.getBoolean("then_counts") ? FACTS : List.of());
        item.put("sequence", row.getLong("change_sequence"));
        return item;
    }

    private static Sql sql(Reading then, Reading now, Filters filters, LocalDate since, Compared.Window window) {
        String columns = ", v.agency_name, v.county, v.change_sequence";
        return Compared.sql(
                Counted.agreements(then.visible(), filters, columns).add("select * from counted"),
                Counted.agreements(now.visible(), filters, columns).add("select * from counted"),
                from -> Measures.agreements(from, "'whole'", since),
                """
                select coalesce(n.agreement_id, t.agreement_id) as agreement_id,
                       coalesce(t.counts, false) as then_counts,
                       coalesce(n.counts, false) as now_counts,
                       n.standing,
                       coalesce(n.change_sequence, t.change_sequence) as change_sequence%s
                  from t
                  full join n on n.agreement_id = t.agreement_id
                 where coalesce(t.counts, false) is distinct from coalesce(n.counts, false)
                    or n.standing in ('uncertain', 'not_determinable')
                    or (t.counts and n.counts and %s)
                """.formatted(Compared.columns(FACTS), Compared.differ(FACTS)),
                "then_counts = now_counts, coalesce(now_state, then_state) nulls last,"
                        + " coalesce(now_agency_name, then_agency_name), agreement_id",
                window);
    }
}
