package ledger287.reporting.operations;

import java.util.Set;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Visibility;

/**
 * Which operations the readers' filters select: by {@code state} and {@code region} those that lie there, by {@code
 * model}, {@code agency_type} and {@code agency_id} those in which such an agency took part, holding such an agreement on
 * the day it began, as far as can be told.
 */
final class OperationCondition {
    private final Filters places;
    private final Filters partners;

    OperationCondition(Filters filters) {
        this.places = new Filters(filters.states(), filters.regions(), Set.of(), Set.of(), Set.of());
        this.partners = new Filters(Set.of(), Set.of(), filters.models(), filters.agencyTypes(), filters.agencyIds());
    }

    /** Whether {@link PartnerMatching}'s tables are needed. */
    boolean needsPartners() {
        return !partners.models().isEmpty()
                || !partners.agencyTypes().isEmpty()
                || !partners.agencyIds().isEmpty();
    }

    /** The tables that {@link #on} refers to, as the beginning of a statement that goes on with a comma. */
    Sql tables(Visibility visible) {
        return needsPartners() ? PartnerMatching.of(visible, null) : new Sql("with nothing as (select)\n");
    }

    /**
     * Conditions to add to a query, each beginning with {@code and}.
     *
     * @param alias of operation_version
     */
    Sql on(String alias) {
        Sql conditions = new Sql("");
        if (!places.states().isEmpty() || !places.regions().isEmpty()) {
            conditions
                    .add(
                            "\n   and exists (select from unnest(case when %1$s.states = '{}' then array[null] else %1$s.states end) as place (state) where true"
                                    .formatted(alias))
                    .add(places.on("place"))
                    .add(")");
        }
        if (needsPartners()) {
            conditions
                    .add("\n   and exists (select from partner_agreement held where held.operation_id = %s.operation_id"
                            .formatted(alias))
                    .add(partners.models().isEmpty() ? "" : " and held.held <> 'no'")
                    .add(partners.on("held"))
                    .add(")");
        }
        return conditions;
    }
}
