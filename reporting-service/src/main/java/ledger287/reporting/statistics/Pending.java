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
        Sql sql = new Sql("""
                with newest as (
                  select max(w.published_at) as published_at
                    from sheet_version w
                   where w.kind = 'pending'
                     and w.status = 'imported'
                     and\s""").add(reading.visible().of("w"));
        if (on != null) {
            sql.add("\n     and w.published_at <= ?", Moment.endOf(on));
        }
        return sql.add("""

                ), pending as (
                  select v.application_id, v.agency_id, v.agency_name, v.state, v.county, v.agency_type, v.support_type,
                         v.status,\s""")
                .add(
                        on == null
                                ? "v.listed"
                                : "coalesce(v.first_listed_at <= n.published_at"
                                        + " and (v.listed or v.last_listed_at >= n.published_at), false)")
                .add(" as counts\n    from application_version v cross join newest n\n   where ")
                .add(reading.visible().of("v"))
                .add(filters.on("v"))
                .add("\n)\n");
    }
}
