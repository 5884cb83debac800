package ledger287.reporting.operations;

import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Visibility;

/** Which of conflicting claims stands for the operation: the preferred one, else the latest official one, else the latest. */
final class Chosen {
    /** Best first, for a query over claim_version c. */
    static final String ORDER = "c.preferred desc, c.official desc, c.claimed_at desc, c.change_sequence desc";

    private Chosen() {}

    /** For each operation the claim that stands for it: one row of claim_version. */
    static Sql claims(Visibility visible, String condition) {
        return new Sql("""
                  select distinct on (c.operation_id) c.*
                    from claim_version c
                   where c.status = 'current'
                     and %s
                     and\s""".formatted(condition)).add(visible.of("c")).add("\n   order by c.operation_id, " + ORDER);
    }

    /** Why it was chosen, for a reader. */
    static String basis(boolean preferred, boolean official) {
        return preferred ? "preferred" : official ? "latest_official" : "latest";
    }
}
