package ledger287.reporting.operations;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.Reading;
import org.jspecify.annotations.Nullable;

/**
 * Which operations the readers' filters select: by {@code state} and {@code region} those that lie there, by {@code
 * model}, {@code agency_type} and {@code agency_id} those in which such an agency took part, holding such an agreement on
 * the day it began, as far as can be told. It belongs to one question and is used by one thread: what the filters by partner
 * select at a moment is asked once.
 */
final class OperationCondition {
    private final Filters places;
    private final Filters partners;
    private @Nullable Set<UUID> selected;
    private @Nullable Moment selectedAt;

    OperationCondition(Filters filters) {
        this.places = new Filters(filters.states(), filters.regions(), Set.of(), Set.of(), Set.of());
        this.partners = new Filters(Set.of(), Set.of(), filters.models(), filters.agencyTypes(), filters.agencyIds());
    }

    private boolean needsPartners() {
        return !partners.models().isEmpty()
                || !partners.agencyTypes().isEmpty()
                || !partners.agencyIds().isEmpty();
    }

    /** The operations that the filters by partner select; null when there are no such filters. */
    @Nullable
    Set<UUID> selected(Reading reading) throws SQLException {
        if (!needsPartners()) {
            return null;
        }
        if (selected == null || !reading.moment().equals(selectedAt)) {
            selected = select(reading);
            selectedAt = reading.moment();
        }
        return selected;
    }

    private Set<UUID> select(Reading reading) throws SQLException {
        Sql sql = PartnerMatching.of(reading.visible(), null)
                .add("select distinct held.operation_id from partner_agreement held where true")
                .add(held());
        Set<UUID> ids = new HashSet<>();
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                ids.add(row.getObject(1, UUID.class));
            }
        }
        return ids;
    }

    /**
     * Conditions to add to a query, each beginning with {@code and}.
     *
     * @param alias of operation_version
     */
    Sql on(Reading reading, String alias) throws SQLException {
        Sql conditions = inPlaces(alias);
        Set<UUID> ids = selected(reading);
        if (ids != null) {
            conditions.add("\n   and %s.operation_id in (select unnest(cast(? as uuid[])))".formatted(alias), ids);
        }
        return conditions;
    }

    /** The conditions on the places alone. */
    Sql inPlaces(String alias) {
        Sql conditions = new Sql("");
        if (!places.states().isEmpty() || !places.regions().isEmpty()) {
            conditions
                    .add(
                            "\n   and exists (select from unnest(case when %1$s.states = '{}' then array[null] else %1$s.states end) as place (state) where true"
                                    .formatted(alias))
                    .add(places.on("place"))
                    .add(")");
        }
        return conditions;
    }

    private Sql held() {
        return new Sql(partners.models().isEmpty() ? "" : " and held.held <> 'no'").add(partners.on("held"));
    }
}
