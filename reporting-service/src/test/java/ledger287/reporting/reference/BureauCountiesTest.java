package ledger287.reporting.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import ledger287.reporting.reference.Counties.Found;
import ledger287.reporting.reference.Counties.Match;
import ledger287.reporting.reference.Counties.NotFound;
import org.junit.jupiter.api.Test;

/** The Bureau's own file of today's counties, where it is to be had, and small older ones in its form. */
final class BureauCountiesTest {
    private static final Path TODAY = Path.of(
            System.getProperty("ledger287.sheets", "none"), "..", "reference", "2025_Gaz_counties_national.txt");

    /** Counties that there were before: Connecticut's of before 2022 and Alaska's of before 2019. */
    private static final List<String> FORMER = List.of(
            "CT|09001|Fairfield County",
            "CT|09003|Hartford County",
            "CT|09005|Litchfield County",
            "CT|09007|Middlesex County",
            "CT|09009|New Haven County",
            "CT|09011|New London County",
            "CT|09013|Tolland County",
            "CT|09015|Windham County",
            "AK|02261|Valdez-Cordova Census Area");

    @Test
    void everyCountyOfTodayIsFoundByItsOwnNameInAnyCase() throws Exception {
        Counties counties = new Counties(2025, today());
        assertThat(counties.all()).hasSize(3_222);
        for (Area area : counties.all()) {
            assertThat(fips(counties, area.state(), area.name()))
                    .as(area.name())
                    .isEqualTo(area.fips());
            assertThat(fips(counties, area.state(), area.name().toUpperCase(Locale.ROOT)))
                    .as(area.name())
                    .isEqualTo(area.fips());
        }
    }

    @Test
    void aCityAndACountyOfOneNameAreTwoAndWithoutASuffixNeither() throws Exception {
        Counties counties = new Counties(2025, today());
        for (String both :
                List.of("MD|Baltimore", "MO|St. Louis", "VA|Fairfax", "VA|Franklin", "VA|Richmond", "VA|Roanoke")) {
            String state = both.substring(0, 2);
            String name = both.substring(3);
            String county = fips(counties, state, name + " County");
            String city = fips(counties, state, name + " city");
            assertThat(county).as(both).hasSize(5).isNotEqualTo(city);
            assertThat(city).as(both).hasSize(5);
            assertThat(reason(counties, state, name)).as(both).isEqualTo(Counties.Reason.AMBIGUOUS);
        }
        assertThat(fips(counties, "NV", "Carson City")).isEqualTo("32510");
        assertThat(fips(counties, "VA", "Alexandria")).isEqualTo("51510");
        assertThat(fips(counties, "LA", "Lafourche Parish")).isEqualTo("22057");
        assertThat(fips(counties, "AK", "Juneau City and Borough")).isEqualTo("02110");
    }

    @Test
    void connecticutHasPlanningRegionsAndAlaskaTwoCensusAreasWhereThereWasOneAndOlderFilesKnowTheFormerOnes()
            throws Exception {
        Counties today = new Counties(2025, today());
        Counties former = new Counties(2018, former());
        assertThat(fips(today, "CT", "Western Connecticut Planning Region")).isEqualTo("09190");
        assertThat(fips(today, "AK", "Chugach Census Area")).isEqualTo("02063");
        assertThat(fips(today, "AK", "Copper River Census Area")).isEqualTo("02066");
        for (String county : FORMER) {
            String state = county.substring(0, 2);
            String name = county.substring(9);
            assertThat(reason(today, state, name)).as(county).isEqualTo(Counties.Reason.NO_SUCH_COUNTY);
            assertThat(former.find(state, name)).as(county).isInstanceOfSatisfying(Found.class, found -> {
                assertThat(found.county().fips()).isEqualTo(county.substring(3, 8));
                assertThat(found.vintage()).isEqualTo(2018);
            });
        }
    }

    private static List<Area> today() throws IOException, ReferenceFile.Unreadable {
        assumeTrue(Files.exists(TODAY), () -> TODAY + " is not there");
        return List.copyOf(ReferenceFile.read(
                        Files.readAllBytes(TODAY), TODAY.getFileName().toString(), OptionalInt.empty())
                .areas());
    }

    /** In the Gazetteer's form of those years, with so many others that it is not half a download. */
    private static List<Area> former() throws ReferenceFile.Unreadable {
        StringBuilder file = new StringBuilder("USPS\tGEOID\tANSICODE\tNAME\tALAND\tINTPTLAT\tINTPTLONG   \n");
        for (String county : FORMER) {
            file.append("%s\t%s\t0\t%s\t100\t41.2\t-73.3%n"
                    .formatted(county.substring(0, 2), county.substring(3, 8), county.substring(9)));
        }
        for (int i = 0; i < 1_000; i++) {
            file.append("GA\t13%03d\t0\tCounty %d County\t100\t32.0\t-86.0%n".formatted(i, i));
        }
        return List.copyOf(ReferenceFile.read(
                        file.toString().getBytes(StandardCharsets.UTF_8),
                        "2018_Gaz_counties_national.txt",
                        OptionalInt.empty())
                .areas());
    }

    private static String fips(Counties counties, String state, String cell) {
        Match match = counties.find(state, cell);
        return match instanceof Found found ? found.county().fips() : match.toString();
    }

    private static Counties.Reason reason(Counties counties, String state, String cell) {
        return ((NotFound) counties.find(state, cell)).reason();
    }
}
