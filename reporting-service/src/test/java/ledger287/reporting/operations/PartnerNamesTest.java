package ledger287.reporting.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PartnerNamesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aNameIsTheSameInAnyCaseSpacingAndApostrophe() {
        assertThat(rule("QUILLMARSH  County Sheriff’s Office", "Quillmarsh County Sheriff's Office"))
                .contains("name");
    }

    @Test
    void theSameWordsInAnotherWritingAreFound() {
        assertThat(rule("Quillmarsh Co. Sheriff", "Quillmarsh County Sheriff's Office"))
                .contains("words");
        assertThat(rule("Sheriff of Quillmarsh County", "Quillmarsh County Sheriff's Department"))
                .contains("words");
        assertThat(rule("St. Orrin PD", "City of Saint Orrin Police Department"))
                .contains("words");
    }

    @Test
    void namesThatMerelyResembleEachOtherAreNotFound() {
        assertThat(rule("Marion County Sheriff's Office", "Martin County Sheriff's Office"))
                .isEmpty();
        assertThat(rule("Quillmarsh Police Department", "Quillmarsh County Sheriff's Office"))
                .isEmpty();
        assertThat(rule("University of West Quillmarsh", "University of Quillmarsh"))
                .isEmpty();
        assertThat(rule("Quillmarsh County Constable Precinct 1", "Quillmarsh County Constable Precinct 2"))
                .isEmpty();
    }

    @Test
    void anAbbreviationThatTheAgencysNameEndsWithStandsForThePartnersInitials() {
        assertThat(rule("Quillmarsh Highway Patrol", "Quillmarsh Department of Safety / QHP"))
                .contains("abbreviation");
        assertThat(rule("QDLE", "Quillmarsh Department of Law Enforcement")).contains("initials");
    }

    @Test
    void equalInitialsOfTwoFullNamesAreNoEvidence() {
        assertThat(rule("Quillmarsh Highway Patrol", "Queensbridge Harbor Police"))
                .isEmpty();
    }

    @Test
    void anAgencyOfAnotherStateIsAnotherAgency() {
        List<String> partners = partners("Quillmarsh County Sheriff's Office", "GA");
        assertThat(best(partners, agency("Quillmarsh County Sheriff's Office", "AL")))
                .isEmpty();
    }

    private static Optional<String> rule(String partner, String agency) {
        return best(partners(partner, "GA"), agency(agency, "GA"));
    }

    private static Optional<String> best(List<String> partners, List<String> agencyKeys) {
        return partners.stream()
                .filter(agencyKeys::contains)
                .map(key -> key.split("\\|", -1)[1])
                .findFirst();
    }

    private static List<String> partners(String name, String state) {
        ObjectNode operation = JSON.createObjectNode();
        operation.putArray("places");
        operation.putArray("partners").addObject().put("name", name).put("state", state);
        return keys(PartnerNames.ofPartners(operation));
    }

    private static List<String> agency(String name, String state) {
        ObjectNode agency = JSON.createObjectNode();
        agency.put("name", name).put("state", state).putArray("aliases");
        return keys(PartnerNames.ofAgency(agency));
    }

    /** The last cell of each row. */
    private static List<String> keys(List<List<?>> rows) {
        return rows.stream().map(row -> row.getLast().toString()).toList();
    }
}
