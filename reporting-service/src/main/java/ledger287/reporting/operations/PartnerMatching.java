package ledger287.reporting.operations;

import java.util.Collection;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Visibility;
import org.jspecify.annotations.Nullable;

/**
 * Which agencies took part in operations, as far as the agencies known at a moment tell: the one place that says so, for
 * lists and figures alike. Nothing of it is stored, so an agency that appears after the operation is found from then on.
 */
final class PartnerMatching {
    private PartnerMatching() {}

    /**
     * Common table expressions.
     *
     * <p>{@code partner_match (operation_id, ordinal, rule, agency_ids, agency_id)}: for each partner, by place in its
     * list, the best rule of {@link PartnerNames} by which agencies are found, and those agencies. One: matched, and
     * {@code agency_id} is it. Several: ambiguous, and it is null, not a condition on how many there are: of that the
     * planner takes one partner in two hundred to be matched, and goes through all agreements for each.
     *
     * <p>Agreements are looked up agency by agency, for which {@code offset 0} stands: an index tells all that is asked of
     * them, and partners are few beside all agreements, which the planner cannot know.
     *
     * <p>{@code partner_agreement (operation_id, ordinal, agency_id, agency_type, agreement_id, support_type, …, held)}:
     * for each matched partner its agreements, at least one row, with whether it held them on the day the operation
     * began: {@code yes}, {@code no}, or {@code not_determinable} where a date is known too vaguely, or where the
     * agreement had left ICE's list before then and no document says why.
     *
     * @param operations which operations; null: all
     */
    static Sql of(Visibility visible, @Nullable Collection<UUID> operations) {
        Sql sql = Counted.survivors(visible)
                .add("""
                , partner_candidate as (
                  select p.operation_id, p.ordinal, p.rank, split_part(p.key, '|', 2) as rule,
                         array_agg(distinct coalesce(s.into_id, n.agency_id)) as agency_ids
                    from operation_partner_key p
                    join agency_name_key n on n.key = p.key
                     and\s""")
                .add(visible.of("n"))
                .add("""

                    left join survivor s on s.agency_id = n.agency_id
                   where\s""")
                .add(visible.of("p"));
        if (operations != null) {
            sql.add("\n     and p.operation_id = any (cast(? as uuid[]))", operations);
        }
        return sql.add("""

                   group by p.operation_id, p.ordinal, p.rank, p.key
                ), partner_match as materialized (
                  select distinct on (operation_id, ordinal) operation_id, ordinal, rule, agency_ids,
                         case when cardinality(agency_ids) = 1 then agency_ids[1] end as agency_id
                    from partner_candidate
                   order by operation_id, ordinal, rank
                ), member (holder_id, agency_id) as materialized (
                  select agency_id, agency_id from partner_match where agency_id is not null
                   union
                  select into_id, agency_id from survivor
                ), held_agreement as (
                  select m.holder_id, g.*
                    from member m
                   cross join lateral (
                         select g.agreement_id, g.support_type, g.status, g.signed_on, g.signed_precision,
                                g.signed_earliest, g.signed_latest, g.ended_latest,
                                case when g.ended_earliest is not null then g.ended_earliest
                                     when g.listed then 'infinity'
                                     else coalesce(g.last_listed_on + 1, '-infinity')
                                end as perhaps_ended
                           from agreement_version g
                          where g.agency_id = m.agency_id
                            and g.status not in ('retracted', 'duplicate_removed')
                            and\s""")
                .add(visible.of("g"))
                .add("""

                         offset 0) g
                ), partner_agreement as materialized (
                  select m.operation_id, m.ordinal, a.agency_id, a.name as agency_name, a.agency_type,
                         g.agreement_id, g.support_type, g.status, g.signed_on, g.signed_precision,
                         case when g.agreement_id is null then 'no'
                              when g.signed_earliest > o.starts_latest then 'no'
                              when g.ended_latest <= o.starts_earliest then 'no'
                              when g.signed_latest <= o.starts_earliest and g.perhaps_ended > o.starts_latest then 'yes'
                              else 'not_determinable'
                         end as held,
                         case when isfinite(o.starts_earliest) and isfinite(g.signed_latest)
                              then o.starts_earliest - g.signed_latest
                         end as days_least,
                         case when isfinite(o.starts_latest) and isfinite(g.signed_earliest)
                              then o.starts_latest - g.signed_earliest
                         end as days_most
                    from partner_match m
                    join operation_version o on o.operation_id = m.operation_id
                     and\s""")
                .add(visible.of("o"))
                .add("""

                    join agency_version a on a.agency_id = m.agency_id
                     and\s""")
                .add(visible.of("a"))
                .add("""

                    left join held_agreement g on g.holder_id = a.agency_id
                   where m.agency_id is not null
                )
                """);
    }
}
