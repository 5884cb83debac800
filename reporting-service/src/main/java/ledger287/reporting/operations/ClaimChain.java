package ledger287.reporting.operations;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Reading;

/** Which claims belong to one story, as subjects of events. */
final class ClaimChain {
    private ClaimChain() {}

    /** All claims about an operation. */
    static Set<String> ofOperation(Reading reading, UUID operation) throws SQLException {
        return subjects(
                reading,
                new Sql("select c.claim_id from claim_version c where c.operation_id = ? and ", operation)
                        .add(reading.visible().of("c")));
    }

    /** The claims that this one replaced, directly or not, and those that replaced it. */
    static Set<String> ofClaim(Reading reading, UUID claim) throws SQLException {
        return subjects(
                reading, new Sql("""
                        with recursive link as (
                          select c.claim_id, c.supersedes
                            from claim_version c
                           where c.operation_id in (select x.operation_id from claim_version x where x.claim_id = ?)
                             and\s""", claim).add(reading.visible().of("c")).add("""

                        ), chain (claim_id) as (
                          select cast(? as uuid)
                           union
                          select case when l.claim_id = h.claim_id then l.supersedes else l.claim_id end
                            from chain h
                            join link l on l.supersedes = h.claim_id or l.claim_id = h.claim_id
                           where l.supersedes is not null
                        )
                        select claim_id from chain
                        """, claim));
    }

    private static Set<String> subjects(Reading reading, Sql sql) throws SQLException {
        Set<String> subjects = new TreeSet<>();
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                subjects.add("claim-" + row.getString(1));
            }
        }
        return subjects;
    }
}
