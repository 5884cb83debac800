package ledger287.local.sample;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;

/**
 * One row of a workbook, as typed, and which of the sample's agreements or applications it is.
 *
 * @param id the same through every publication, whatever is retyped; no workbook shows it
 * @param county {@code #N/A} is written as an error
 * @param signed null for an application
 * @param signedTyped what stands there as text instead of a true date, else null
 */
record Listing(
        int id,
        String state,
        String agency,
        String type,
        String county,
        String support,
        @Nullable LocalDate signed,
        @Nullable String signedTyped,
        Moa moa) {
    static final String NOT_AVAILABLE = "#N/A";
    static final String TASK_FORCE = "Task Force Model";
    static final String WARRANT = "Warrant Service Officer";
    static final String JAIL = "Jail Enforcement Model";

    Listing withState(String typed) {
        return new Listing(id, typed, agency, type, county, support, signed, signedTyped, moa);
    }

    Listing withAgency(String typed) {
        return new Listing(id, state, typed, type, county, support, signed, signedTyped, moa);
    }

    Listing withType(String typed) {
        return new Listing(id, state, agency, typed, county, support, signed, signedTyped, moa);
    }

    Listing withCounty(String typed) {
        return new Listing(id, state, agency, type, typed, support, signed, signedTyped, moa);
    }

    Listing withSupport(String typed) {
        return new Listing(id, state, agency, type, county, typed, signed, signedTyped, moa);
    }

    Listing withSigned(LocalDate day) {
        return new Listing(id, state, agency, type, county, support, day, null, moa);
    }

    Listing withSignedTyped(LocalDate day, String typed) {
        return new Listing(id, state, agency, type, county, support, day, typed, moa);
    }

    Listing withMoa(Moa changed) {
        return new Listing(id, state, agency, type, county, support, signed, signedTyped, changed);
    }

    boolean is(String supportType) {
        return support.equals(supportType);
    }
}
