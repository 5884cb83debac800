package ledger287.reporting.statistics;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Reading;
import ledger287.reporting.reference.Area;
import ledger287.reporting.reference.Counties;
import ledger287.reporting.reference.Counties.Found;
import ledger287.reporting.reference.Counties.NotFound;
import ledger287.reporting.reference.EditorsCounty;
import org.jspecify.annotations.Nullable;

/**
 * The agreements of county agencies, by the county that their cell names. Where the cell leads nowhere, an editor's
 * correction of the agency's county settles it ({@code POST /v1/agencies/{id}/correction}: an event of the ledger, with
 * a reason and a source); what nobody has settled is listed.
 *
 * @param byFips counties that have at least one
 * @param unmatched agreements whose county is not known
 * @param settled agreements whose county an editor told
 */
record CountyAgreements(SortedMap<String, County> byFips, List<Cell> unmatched, List<Cell> settled) {

    /**
     * A county with agreements.
     *
     * @param vintage of the file that has it
     * @param byModel how many, under {@code unknown} those whose model ICE's cell did not tell
     */
    record County(Area area, int vintage, Map<String, Long> byModel) {
        long agreements() {
            return byModel.values().stream().mapToLong(Long::longValue).sum();
        }
    }

    /**
     * An agreement whose county cell leads nowhere.
     *
     * @param found where the editor's county leads; null when there is none or it leads nowhere too
     */
    record Cell(
            String agreementId,
            String agencyId,
            String agencyName,
            @Nullable String state,
            @Nullable String cell,
            @Nullable String supportType,
            NotFound why,
            @Nullable String editorsCounty,
            @Nullable Found found) {}

    /** @param counties the newest vintage first */
    static CountyAgreements read(Reading reading, Filters filters, List<Counties> counties) throws SQLException {
        SortedMap<String, County> byFips = new TreeMap<>();
        Map<StateAndCell, NotFound> lost = new HashMap<>();
        Sql sql = counted(reading, filters).add("""
                select c.state, c.county, coalesce(c.support_type, 'unknown'), count(*)
                  from counted c
                 where c.counts
                   and c.agency_type = 'county'
                 group by 1, 2, 3
                """);
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                StateAndCell cell = new StateAndCell(row.getString(1), row.getString(2));
                switch (find(counties, cell)) {
                    case Found found -> add(byFips, found, row.getString(3), row.getLong(4));
                    case NotFound why -> lost.put(cell, why);
                }
            }
        }
        List<Cell> unmatched = new ArrayList<>();
        List<Cell> settled = new ArrayList<>();
        for (Cell cell : lost(reading, filters, counties, lost)) {
            Found found = cell.found();
            if (found == null) {
                unmatched.add(cell);
            } else {
                settled.add(cell);
                add(byFips, found, Objects.requireNonNullElse(cell.supportType(), Filters.UNKNOWN), 1);
            }
        }
        return new CountyAgreements(byFips, unmatched, settled);
    }

    private record StateAndCell(
            @Nullable String state, @Nullable String cell) {}

    private static Counties.Match find(List<Counties> counties, StateAndCell cell) {
        return Counties.find(counties, cell.state(), cell.cell());
    }

    private static void add(Map<String, County> byFips, Found found, String model, long agreements) {
        byFips.computeIfAbsent(
                        found.county().fips(), fips -> new County(found.county(), found.vintage(), new TreeMap<>()))
                .byModel()
                .merge(model, agreements, Long::sum);
    }

    private static List<Cell> lost(
            Reading reading, Filters filters, List<Counties> counties, Map<StateAndCell, NotFound> lost)
            throws SQLException {
        List<Cell> cells = new ArrayList<>();
        if (lost.isEmpty()) {
            return cells;
        }
        TreeSet<String> keys = new TreeSet<>();
        lost.keySet().forEach(cell -> keys.add(cell.state() + "|" + cell.cell()));
        Sql sql = counted(reading, filters)
                .add("""
                select c.agreement_id, c.agency_id, c.agency_name, c.state, c.county, c.support_type, a.county
                  from counted c
                  left join agency_version a
                    on a.agency_id = c.agency_id
                   and\s""")
                .add(reading.visible().of("a"))
                .add("\n   and ")
                .add(EditorsCounty.told(reading, "a"))
                .add("""

                 where c.counts
                   and c.agency_type = 'county'
                   and coalesce(c.state, 'null') || '|' || coalesce(c.county, 'null') = any (?)
                 order by c.state nulls last, c.agency_name, c.support_type, c.agreement_id
                """, keys);
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                StateAndCell cell = new StateAndCell(row.getString(4), row.getString(5));
                NotFound why = lost.get(cell);
                if (why == null) {
                    continue;
                }
                String editors = row.getString(7);
                Counties.Match match = find(counties, new StateAndCell(cell.state(), editors));
                cells.add(new Cell(
                        row.getString(1),
                        row.getString(2),
                        row.getString(3),
                        cell.state(),
                        cell.cell(),
                        row.getString(6),
                        why,
                        editors,
                        match instanceof Found found ? found : null));
            }
        }
        return cells;
    }

    private static Sql counted(Reading reading, Filters filters) {
        return Counted.agreements(reading.visible(), filters, ", v.county, v.agency_name");
    }
}
