package ledger287.reporting.statistics;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import ledger287.reporting.database.Sql;
import ledger287.reporting.query.Counted;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Reading;
import ledger287.reporting.reference.Area;
import ledger287.reporting.reference.PlacePolice;

/** Which places' own police hold an agreement that counts: agencies that ICE calls municipal, of the place's name. */
final class MunicipalPolice {
    private MunicipalPolice() {}

    /** Names of agencies, by the place's code. */
    static Map<String, List<String>> of(Reading reading, Filters filters, List<Area> places) throws SQLException {
        Map<String, List<String>> byName = new HashMap<>();
        Set<String> states = new TreeSet<>();
        places.forEach(place -> states.add(place.state()));
        if (states.isEmpty()) {
            return byName;
        }
        Sql sql = Counted.agreements(reading.visible(), filters, ", v.agency_name")
                .add("""
                select distinct c.state, c.agency_name
                  from counted c
                 where c.counts
                   and c.agency_type = 'municipality'
                   and c.state = any (?)
                 order by 1, 2
                """, states);
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                byName.computeIfAbsent(
                                row.getString(1) + "|" + PlacePolice.placeOf(row.getString(2)),
                                name -> new ArrayList<>())
                        .add(row.getString(2));
            }
        }
        Map<String, List<String>> police = new TreeMap<>();
        for (Area place : places) {
            for (String name : PlacePolice.namesOf(place.name())) {
                List<String> agencies = byName.get(place.state() + "|" + name);
                if (agencies != null) {
                    police.computeIfAbsent(place.fips(), fips -> new ArrayList<>())
                            .addAll(agencies);
                }
            }
        }
        return police;
    }
}
