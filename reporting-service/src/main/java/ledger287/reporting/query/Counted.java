package ledger287.reporting.query;

import java.time.LocalDate;
import ledger287.reporting.database.Sql;

/**
 * The one place that says which agreements count at a moment, for every figure and list.
 *
 * <p>Without {@code on}: those that the newest workbook lists. With {@code on=D}: those in force on D, as far as known:
 * signed by then, not ended by then according to a document, and not gone from the list before then without one. The
 * latter are uncertain. Where a date is known only to a month or year that D falls into, nothing is claimed: not
 * determinable.
 */
public final class Counted {
    private Counted() {}

    /**
     * Common table expressions: {@code survivor (agency_id, into_id)}, agencies that an editor merged into others; and
     * {@code counted}, the agreements that pass the filters with {@code agency_id} (after mergers), {@code counts}
     * (boolean) and {@code standing} ({@code in_force}, {@code uncertain}, {@code not_determinable} or null).
     *
     * @param more columns of {@code agreement_version} to hand on, each beginning with a comma, from alias {@code v}
     */
    public static Sql agreements(Visibility visible, Filters filters, String more) {
        LocalDate on = visible.moment().on();
        return survivors(visible)
                .add("""
                , standing as (
                  select v.agreement_id, v.state, v.agency_type, v.support_type, v.status, v.listed,
                         v.signed_earliest, v.signed_latest,
                         coalesce(s.into_id, v.agency_id) as agency_id,
                """)
                .add(standing(on))
                .add(" as standing" + more + """

                    from agreement_version v
                    left join survivor s on s.agency_id = v.agency_id
                   where\s""")
                .add(visible.of("v"))
                .add("\n), counted as (\n  select *, ")
                .add(on == null ? "listed" : "coalesce(standing = 'in_force', false)")
                .add(" as counts\n    from standing v\n   where true")
                .add(filters.on("v"))
                .add("\n)\n");
    }

    /**
     * The common table expression {@code survivor} alone, for others who follow mergers. It is one row an agency by its
     * nature; being told so, the planner looks mergers up, which are few, instead of the agreements that it joins them to.
     */
    public static Sql survivors(Visibility visible) {
        return new Sql("""
                with recursive merged (agency_id, into_id) as (
                  select a.agency_id, a.merged_into
                    from agency_version a
                   where a.merged_into is not null
                     and\s""").add(visible.of("a")).add("""

                ), chain (agency_id, into_id) as (
                  select agency_id, into_id from merged
                   union
                  select c.agency_id, m.into_id from chain c join merged m on m.agency_id = c.into_id
                ), survivor (agency_id, into_id) as (
                  select distinct on (agency_id) agency_id, into_id from chain where into_id not in (select agency_id from merged)
                )
                """);
    }

    private static Sql standing(@org.jspecify.annotations.Nullable LocalDate on) {
        if (on == null) {
            return new Sql("null::text");
        }
        return new Sql("""
                         case when v.status in ('retracted', 'duplicate_removed') then null
                              when v.signed_earliest > d.day then null
                              when v.ended_latest <= d.day then null
                              when v.signed_latest > d.day then 'not_determinable'
                              when v.ended_earliest > d.day then 'in_force'
                              when v.ended_earliest is not null then 'not_determinable'
                              when v.listed then 'in_force'
                              when v.last_listed_on >= d.day then 'in_force'
                              else 'uncertain'
                         end""".replace("d.day", "cast('" + on + "' as date)"));
    }
}
