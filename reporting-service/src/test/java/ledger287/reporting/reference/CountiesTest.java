package ledger287.reporting.reference;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import ledger287.reporting.reference.Counties.Found;
import ledger287.reporting.reference.Counties.NotFound;
import org.junit.jupiter.api.Test;

/** The traps of American county names. */
final class CountiesTest {
    private final Counties counties = new Counties(
            2025,
            List.of(
                    area("24005", "MD", "Baltimore County"),
                    area("24510", "MD", "Baltimore city"),
                    area("24035", "MD", "Queen Anne's County"),
                    area("51036", "VA", "Charles City County"),
                    area("51510", "VA", "Alexandria city"),
                    area("29189", "MO", "St. Louis County"),
                    area("29510", "MO", "St. Louis city"),
                    area("26021", "MI", "Berrien County"),
                    area("12027", "FL", "DeSoto County"),
                    area("22057", "LA", "Lafourche Parish"),
                    area("02063", "AK", "Chugach Census Area"),
                    area("02110", "AK", "Juneau City and Borough"),
                    area("09190", "CT", "Western Connecticut Planning Region"),
                    area("35013", "NM", "Doña Ana County"),
                    area("13087", "GA", "Decatur County")));

    @Test
    void aCityAndACountyOfOneNameAreToldApartByTheirSuffix() {
        assertThat(fips("MD", "Baltimore County")).isEqualTo("24005");
        assertThat(fips("MD", "Baltimore City")).isEqualTo("24510");
        assertThat(fips("MD", "City of Baltimore")).isEqualTo("24510");
        assertThat(fips("MO", "St Louis City")).isEqualTo("29510");
        assertThat(fips("VA", "Charles City")).isEqualTo("51036");
        assertThat(counties.find("MD", "Baltimore")).isInstanceOfSatisfying(NotFound.class, why -> {
            assertThat(why.reason()).isEqualTo(Counties.Reason.AMBIGUOUS);
            assertThat(why.candidates()).extracting(Area::fips).containsExactlyInAnyOrder("24005", "24510");
        });
    }

    @Test
    void spellingIsForgivenAndNothingElse() {
        assertThat(fips("MD", "QUEEN ANNE’S COUNTY")).isEqualTo("24035");
        assertThat(fips("FL", "De Soto County")).isEqualTo("12027");
        assertThat(fips("NM", "Dona Ana County")).isEqualTo("35013");
        assertThat(fips("MO", "Saint Louis County")).isEqualTo("29189");
        assertThat(fips("GA", "Decatur")).isEqualTo("13087");
        assertThat(fips("AK", "Juneau")).isEqualTo("02110");
        assertThat(reason("MI", "Berrian County")).isEqualTo(Counties.Reason.NO_SUCH_COUNTY);
        assertThat(reason("NC", "Albemarle County")).isEqualTo(Counties.Reason.NO_SUCH_COUNTY);
        assertThat(reason("VA", "Alexandria County")).isEqualTo(Counties.Reason.NO_SUCH_COUNTY);
        assertThat(reason("LA", "Lafourche County")).isEqualTo(Counties.Reason.NO_SUCH_COUNTY);
        assertThat(reason("MI", null)).isEqualTo(Counties.Reason.UNKNOWN);
    }

    @Test
    void aPlaceAndItsPoliceAreFoundByTheirNames() {
        assertThat(PlacePolice.placeOf("City of Latebrook Police Department")).isEqualTo("latebrook");
        assertThat(PlacePolice.namesOf("Latebrook city")).contains("latebrook");
        assertThat(PlacePolice.namesOf("Nashville-Davidson metropolitan government (balance)"))
                .isEqualTo(Set.of("nashvilledavidson", "nashville"));
        assertThat(PlacePolice.namesOf("Louisville/Jefferson County metro government (balance)"))
                .contains("louisville");
    }

    private String fips(String state, String cell) {
        return counties.find(state, cell) instanceof Found found
                ? found.county().fips()
                : "none";
    }

    private Counties.Reason reason(String state, @org.jspecify.annotations.Nullable String cell) {
        return ((NotFound) counties.find(state, cell)).reason();
    }

    private static Area area(String fips, String state, String name) {
        return new Area(fips, state, name, null, null, null);
    }
}
