package ledger287.agreements.roster;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/**
 * An agency's application for one support type, as ICE's pending workbook shows it. Null means unknown.
 *
 * @param listed whether the newest pending workbook has a row for it, granted meanwhile or not
 * @param agreementId the agreement that answers it, else null
 * @param firstListedAt the pending publication that first had it
 * @param absentBefore the last pending publication before that one, without it; null when it stood in the first
 * @param lastListedAt the last pending publication that had it; null while it is listed
 * @param firstAbsentAt the first pending publication without it; null while it is listed
 */
public record Application(
        UUID id,
        UUID agencyId,
        @Nullable State state,
        String agencyName,
        @Nullable AgencyType agencyType,
        @Nullable String county,
        @Nullable SupportType supportType,
        Status status,
        boolean listed,
        @Nullable UUID agreementId,
        List<UUID> possibleDuplicateOf,
        Instant firstListedAt,
        @Nullable Instant absentBefore,
        @Nullable Instant lastListedAt,
        @Nullable Instant firstAbsentAt) {
    public Application {
        possibleDuplicateOf = List.copyOf(possibleDuplicateOf);
    }

    /** Where it stands. Absence alone never makes it lapsed: a document does. */
    public enum Status {
        OPEN("open"),
        AWAITING_OUTCOME("awaiting_outcome"),
        GRANTED("granted"),
        LAPSED("lapsed"),
        UNDER_REVIEW("under_review"),
        RETRACTED("retracted");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        /** The name in the public contract. */
        public String code() {
            return code;
        }
    }
}
