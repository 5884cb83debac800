package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import ledger287.reporting.geography.State;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Known;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;
import ledger287.reporting.reference.Area;
import ledger287.reporting.reference.Counties;
import ledger287.reporting.reference.Kind;
import ledger287.reporting.reference.Load;
import ledger287.reporting.reference.ReferenceLoads;
import org.jspecify.annotations.Nullable;

/** Where the programme reaches: counties with a county-level agreement, and the people who live in them. */
final class Coverage {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int LARGEST = 25;
    private static final int STATE_DIGITS = 2;
    private static final int COUNTY_DIGITS = 5;
    private static final Area NOWHERE = new Area("0".repeat(COUNTY_DIGITS), "", "", null, null, null);

    private final Reading reading;
    private final Filters filters;
    private final ReferenceLoads loads;
    private final ReferenceLoads.InForce inForce;
    private final Load populationLoad;
    private final Set<String> states;

    /** @param inForce with counties and population, see {@link #requireLoaded} */
    Coverage(Reading reading, Filters filters, ReferenceLoads loads, ReferenceLoads.InForce inForce) {
        this.reading = reading;
        this.filters = filters;
        this.loads = loads;
        this.inForce = inForce;
        this.populationLoad = Objects.requireNonNull(inForce.population(), "population");
        this.states = StateTable.asked(filters).stream().map(State::code).collect(Collectors.toUnmodifiableSet());
    }

    /** Refuses, saying what to load, when something is missing. */
    static void requireLoaded(ReferenceLoads.InForce inForce) {
        if (inForce.points().isEmpty()) {
            throw ReferenceLoads.needed(Kind.COUNTY_POINTS);
        }
        if (inForce.population() == null) {
            throw ReferenceLoads.needed(Kind.COUNTY_POPULATION);
        }
    }

    /** Puts the answer. */
    void put(Question question, ObjectNode answer) throws SQLException {
        putFigures(answer);
        Definitions.putCoverage(answer);
        answer.put(
                "citation",
                question.citation(
                        answer.path("counties").isNull()
                                ? "No workbook of 287(g) agreements was known"
                                : "%,d of %,d people (%s %%) in %,d counties with a county-level 287(g) agreement %s; population: U.S. Census Bureau, estimates of %d"
                                        .formatted(
                                                answer.path("population").asLong(),
                                                answer.path("population_total").asLong(),
                                                answer.path("share_percent").asText(),
                                                answer.path("counties").asLong(),
                                                Citation.which(question),
                                                populationLoad.vintage())));
    }

    /** Puts the figures and the lists, without what is said about them. */
    void putFigures(ObjectNode answer) throws SQLException {
        Map<String, Area> people = new HashMap<>();
        for (Area area : loads.areas(reading.connection(), populationLoad)) {
            people.put(area.fips(), area);
        }
        long total = people.values().stream()
                .filter(area -> area.fips().length() == STATE_DIGITS && asked(area.state()))
                .mapToLong(Coverage::population)
                .sum();
        if (!Known.at(reading).participating()) {
            for (String name : List.of("counties", "population", "share", "share_percent")) {
                answer.putNull(name);
            }
            answer.put("population_total", total);
            putSources(answer);
            return;
        }
        CountyAgreements agreements = agreements();
        putReach(answer, agreements.byFips().values(), people, total);
        answer.put("population_total", total);
        ObjectNode byModel = answer.putObject("by_model");
        List<String> models = new ArrayList<>(Filters.MODELS);
        models.add(Filters.UNKNOWN);
        for (String model : models) {
            putReach(
                    byModel.putObject(model),
                    agreements.byFips().values().stream()
                            .filter(county -> county.byModel().containsKey(model))
                            .toList(),
                    people,
                    total);
        }
        putLargestCounties(answer, agreements, people);
        putLargestPlaces(answer);
        ArrayNode unmatched = answer.putArray("unmatched");
        agreements.unmatched().forEach(cell -> put(unmatched.addObject(), cell));
        ArrayNode settled = answer.putArray("settled");
        agreements.settled().forEach(cell -> put(settled.addObject(), cell));
        ArrayNode without = answer.putArray("without_population");
        for (CountyAgreements.County county : agreements.byFips().values()) {
            if (!people.containsKey(county.area().fips())) {
                without.addObject()
                        .put("county_fips", county.area().fips())
                        .put("county_vintage", county.vintage())
                        .put("name", county.area().name())
                        .put("state", county.area().state());
            }
        }
        putSources(answer);
    }

    /** One row for each county with an agreement, or for every county. */
    List<ObjectNode> counties(boolean every) throws SQLException {
        Map<String, Long> people = new HashMap<>();
        for (Area area : loads.areas(reading.connection(), populationLoad)) {
            people.put(area.fips(), population(area));
        }
        Map<String, CountyAgreements.County> shown = new LinkedHashMap<>();
        if (Known.at(reading).participating()) {
            shown.putAll(agreements().byFips());
        }
        if (every) {
            Load newest = inForce.points().getFirst();
            for (Area area : loads.areas(reading.connection(), newest)) {
                if (asked(area.state())) {
                    shown.putIfAbsent(area.fips(), new CountyAgreements.County(area, newest.vintage(), Map.of()));
                }
            }
        }
        return shown.values().stream()
                .sorted(Comparator.comparing(county -> county.area().fips()))
                .map(county -> row(county, people.get(county.area().fips())))
                .toList();
    }

    private static ObjectNode row(CountyAgreements.County county, @Nullable Long people) {
        Area area = county.area();
        ObjectNode row = JSON.createObjectNode();
        row.put("county_fips", area.fips());
        row.put("county_vintage", county.vintage());
        row.put("state", area.state());
        row.put("state_fips", area.fips().substring(0, STATE_DIGITS));
        row.put("name", area.name());
        row.put("latitude", area.latitude());
        row.put("longitude", area.longitude());
        row.put("population", people);
        row.put("agreements", county.agreements());
        ObjectNode byModel = row.putObject("by_model");
        Filters.MODELS.forEach(model -> byModel.put(model, county.byModel().getOrDefault(model, 0L)));
        byModel.put(Filters.UNKNOWN, county.byModel().getOrDefault(Filters.UNKNOWN, 0L));
        return row;
    }

    /** A row as there would be one, for the columns of a table without any. */
    static ObjectNode blankCounty() {
        return row(new CountyAgreements.County(NOWHERE, 0, Map.of()), null);
    }

    private CountyAgreements agreements() throws SQLException {
        List<Counties> vintages = new ArrayList<>();
        for (Load load : inForce.points()) {
            vintages.add(loads.counties(reading.connection(), load));
        }
        return CountyAgreements.read(reading, filters, vintages);
    }

    private static void putReach(
            ObjectNode answer, Iterable<CountyAgreements.County> reached, Map<String, Area> people, long total) {
        long counties = 0;
        long population = 0;
        for (CountyAgreements.County county : reached) {
            counties++;
            Area area = people.get(county.area().fips());
            population += area == null ? 0 : population(area);
        }
        answer.put("counties", counties);
        answer.put("population", population);
        if (total == 0) {
            answer.putNull("share");
            answer.putNull("share_percent");
        } else {
            BigDecimal share = BigDecimal.valueOf(population);
            BigDecimal whole = BigDecimal.valueOf(total);
            answer.put("share", share.divide(whole, 6, RoundingMode.HALF_UP));
            answer.put("share_percent", share.movePointRight(2).divide(whole, 2, RoundingMode.HALF_UP));
        }
    }

    private void putLargestCounties(ObjectNode answer, CountyAgreements agreements, Map<String, Area> people) {
        List<Area> largest = largest(people.values().stream()
                .filter(area -> area.fips().length() == COUNTY_DIGITS)
                .toList());
        ArrayNode rows = answer.putArray("largest_counties");
        int with = 0;
        for (Area area : largest) {
            CountyAgreements.County county = agreements.byFips().get(area.fips());
            ObjectNode row = rows.addObject();
            row.put("rank", rows.size());
            row.put("county_fips", area.fips());
            row.put("name", area.name());
            row.put("state", area.state());
            row.put("population", population(area));
            row.put("agreement", county != null);
            ArrayNode models = row.putArray("models");
            if (county != null) {
                with++;
                county.byModel().keySet().forEach(models::add);
            }
        }
        answer.put("largest_counties_with_agreement", with);
    }

    private void putLargestPlaces(ObjectNode answer) throws SQLException {
        Load places = inForce.places();
        if (places == null) {
            answer.putNull("largest_places");
            answer.putNull("largest_places_with_agreement");
            answer.put(
                    "largest_places_missing",
                    ReferenceLoads.needed(Kind.PLACE_POPULATION).getMessage());
            return;
        }
        List<Area> largest = largest(loads.areas(reading.connection(), places));
        Map<String, List<String>> police = MunicipalPolice.of(reading, filters, largest);
        ArrayNode rows = answer.putArray("largest_places");
        int with = 0;
        for (Area area : largest) {
            List<String> agencies = police.getOrDefault(area.fips(), List.of());
            with += agencies.isEmpty() ? 0 : 1;
            ObjectNode row = rows.addObject();
            row.put("rank", rows.size());
            row.put("place_fips", area.fips());
            row.put("name", area.name());
            row.put("state", area.state());
            row.put("population", population(area));
            row.put("agreement", !agencies.isEmpty());
            agencies.forEach(row.putArray("agencies")::add);
        }
        answer.put("largest_places_with_agreement", with);
    }

    private List<Area> largest(List<Area> areas) {
        return areas.stream()
                .filter(area -> asked(area.state()))
                .sorted(Comparator.comparingLong(Coverage::population)
                        .reversed()
                        .thenComparing(Area::fips))
                .limit(LARGEST)
                .toList();
    }

    private boolean asked(String state) {
        return states.contains(state);
    }

    /** Puts where counties and people come from. */
    void putSources(ObjectNode answer) {
        populationLoad.put(answer.putObject("population_source"));
        ArrayNode counties = answer.putArray("county_sources");
        inForce.points().forEach(load -> load.put(counties.addObject()));
        Load places = inForce.places();
        if (places == null) {
            answer.putNull("place_source");
        } else {
            places.put(answer.putObject("place_source"));
        }
    }

    private static void put(ObjectNode row, CountyAgreements.Cell cell) {
        row.put("agreement_id", cell.agreementId());
        row.put("agency_id", cell.agencyId());
        row.put("agency_name", cell.agencyName());
        row.put("state", cell.state());
        row.put("county", cell.cell());
        row.put("support_type", cell.supportType());
        row.put("reason", cell.why().reason().code());
        ArrayNode candidates = row.putArray("candidates");
        cell.why().candidates().forEach(area -> candidates.add(area.name()));
        row.put("editors_county", cell.editorsCounty());
        Counties.@Nullable Found found = cell.found();
        row.put("county_fips", found == null ? null : found.county().fips());
    }

    private static long population(Area area) {
        Long population = area.population();
        return population == null ? 0 : population;
    }
}
