package ledger287.agreements.sheet;

import java.time.LocalDate;
import java.util.List;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/**
 * The canonical reading of one row. Null means unknown, never "none".
 *
 * @param state null when no state or territory can be read in exactly one way
 * @param agencyName spacing, apostrophes and NBSP made plain; otherwise as typed
 * @param county null for {@code #N/A} and its kin
 * @param supportTypes usually one; two for the historical {@code Jail & Task Force}; empty when unreadable
 * @param signedOn null in pending workbooks, and when the date cannot be read in exactly one way
 * @param moa the memorandum's link; {@link DocumentLink#MISSING} in pending workbooks
 * @param addendum the addendum's link
 */
public record Cells(
        @Nullable State state,
        String agencyName,
        @Nullable AgencyType agencyType,
        @Nullable String county,
        List<SupportType> supportTypes,
        @Nullable LocalDate signedOn,
        DocumentLink moa,
        DocumentLink addendum) {
    public Cells {
        supportTypes = List.copyOf(supportTypes);
    }
}
