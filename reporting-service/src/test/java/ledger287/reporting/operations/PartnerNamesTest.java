package ledger287.reporting.operations;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class PartnerNamesTest {
    private static final ObjectMapper JSON = new ObjectMapper();

    @Test
    void aNameIsTheSameInAnyCaseSpacingAndApostrophe() throws Exception {
        assertThat(rule("QUILLMARSH  County Sheriff’s Office", "Quillmarsh County Sheriff's Office"))
                .contains("name");
    }

    @Test
    void theSameWordsInAnotherWritingAreFound() throws Exception {
        assertThat(rule("Quillmarsh Co. Sheriff", "Quillmarsh County Sheriff's Office"))
                .contains("words");
        assertThat(rule("Sheriff of Quillmarsh County", "Quillmarsh County Sheriff's Department"))
                .contains("words");
        assertThat(rule("St. Orrin PD", "City of Saint Orrin Police Department"))
                .contains("words");
    }

    @Test
    void namesThatMerelyResembleEachOtherAreNotFound() throws Exception {
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
    void anAbbreviationThatTheAgencysNameEndsWithStandsForThePartnersInitials() throws Exception {
        assertThat(rule("Quillmarsh Highway Patrol", "Quillmarsh Department of Safety / QHP"))
                .contains("abbreviation");
        assertThat(rule("QDLE", "Quillmarsh Department of Law Enforcement")).contains("initials");
    }

    @Test
    void equalInitialsOfTwoFullNamesAreNoEvidence() throws Exception {
        assertThat(rule("Quillmarsh Highway Patrol", "Queensbridge Harbor Police"))
                .isEmpty();
    }

    @Test
    void anAgencyOfAnotherStateIsAnotherAgency() throws Exception {
        JsonNode partners = partners("Quillmarsh County Sheriff's Office", "GA");
        assertThat(best(partners, agency("Quillmarsh County Sheriff's Office", "AL")))
                .isEmpty();
    }

    private static Optional<String> rule(String partner, String agency) throws Exception {
        return best(partners(partner, "GA"), agency(agency, "GA"));
    }

    private static Optional<String> best(JsonNode partners, String agencyKeys) {
        for (JsonNode key : partners.path(0)) {
            if (agencyKeys.contains('"' + key.textValue() + '"')) {
                return Optional.of(key.textValue().split("\\|", -1)[1]);
            }
        }
        return Optional.empty();
    }

    private static JsonNode partners(String name, String state) throws Exception {
        ObjectNode operation = JSON.createObjectNode();
        operation.putArray("places");
        operation.putArray("partners").addObject().put("name", name).put("state", state);
        return JSON.readTree(PartnerNames.ofPartners(operation));
    }

    private static String agency(String name, String state) {
        ObjectNode agency = JSON.createObjectNode();
        agency.put("name", name).put("state", state).putArray("aliases");
        return PartnerNames.ofAgency(agency);
    }
}
