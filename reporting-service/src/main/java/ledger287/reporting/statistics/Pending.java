package ledger287.reporting.statistics;

import java.time.LocalDate;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.Reading;

/** The one place that says which applications are pending at a moment: those in the newest pending workbook, or in that of a day. */
final class Pending {
    private Pending() {}

    /** The common table expression {@code pending}: applications that pass the filters, with {@code counts} (boolean). */
    static Sql applications(Reading reading, Filters filters) {
        LocalDate on = reading.moment().on();
        Sql sql = new Sql("with ")
                .add(on == null ? new Sql("") : stood(reading, on))
                .add("""
                pending as materialized (
                  select v.application_id, v.agency_id, v.agency_name, v.state, v.county, v.agency_type, v.support_type,
                         v.status,\s""");
        if (on == null) {
            sql.add("v.listed as counts\n    from application_version v");
        } else {
            sql.add("""
                    s.application_id is not null and v.status <> 'retracted' as counts
                        from application_version v
                        left join stood s on s.application_id = v.application_id""");
        }
        return sql.add("\n   where ")
                .add(reading.visible().of("v"))
                .add(filters.on("v"))
                .add("\n)\n");
    }

    /**
     * Those that stood in the newest workbook of that day. The version known then tells, since an application that was
     * away for weeks and came back looks now as if it had never left; one retracted since never stood in any.
     */
    private static Sql stood(Reading reading, LocalDate on) {
        return new Sql("""
                newest as (
                  select max(w.published_at) as published_at
                    from sheet_version w
                   where w.kind = 'pending'
                     and w.status = 'imported'
                     and w.published_at <= ?
                     and\s""", Moment.endOf(on))
                .add(reading.visible().of("w"))
                .add("""

                ), stood as materialized (
                  select l.application_id
                    from application_version l
                    join newest n on l.known_from <= n.published_at and l.known_to > n.published_at
                   where l.listed
                     and\s""")
                .add(reading.visible().stretchesOf("l"))
                .add("\n),\n");
    }
}
