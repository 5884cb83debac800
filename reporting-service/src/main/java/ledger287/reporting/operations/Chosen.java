package ledger287.reporting.operations;

import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Visibility;

/** Which of conflicting claims stands for the operation: the preferred one, else the latest official one, else the latest. */
final class Chosen {
    /** Best first, for a query over claim_version c. */
    static final String ORDER = "c.preferred desc, c.official desc, c.claimed_at desc, c.change_sequence desc";

    private Chosen() {}

    /** For each operation the claim that stands for its arrests: {@code (operation_id, claim_id, qualifier, low, high)}. */
    static Sql arrests(Visibility visible) {
        return new Sql("select distinct on (c.operation_id) c.operation_id, c.claim_id, c.qualifier, c.low, c.high\n")
                .add(arrestClaims(visible))
                .add("\n order by c.operation_id, " + ORDER);
    }

    /** The same for the operation {@code o} alone: quicker where there are few. */
    static Sql arrestsOfOne(Visibility visible) {
        return new Sql("select c.claim_id, c.qualifier, c.low, c.high\n")
                .add(arrestClaims(visible))
                .add("\n   and c.operation_id = o.operation_id\n order by " + ORDER + "\n limit 1");
    }

    private static Sql arrestClaims(Visibility visible) {
        return new Sql("  from claim_version c\n where c.status = 'current'\n   and c.metric = 'arrests'\n   and ")
                .add(visible.of("c"));
    }

    /** Why it was chosen, for a reader. */
    static String basis(boolean preferred, boolean official) {
        return preferred ? "preferred" : official ? "latest_official" : "latest";
    }
}
