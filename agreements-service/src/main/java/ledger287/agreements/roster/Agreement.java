package ledger287.agreements.roster;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.UUID;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/**
 * An agreement between ICE and an agency for one support type, as ICE's workbook shows it. Null means unknown.
 *
 * @param agencyName as the row lists it, spacing and apostrophes made plain
 * @param signedRepaired whether the date was read from a mistyped cell
 * @param provisional whether it may be the successor of an agreement under review
 * @param possibleDuplicateOf agreements that may be the same one, listed twice
 * @param firstListedAt the publication that first had it
 * @param lastListedAt the last publication that had it; null while it is listed
 * @param firstAbsentAt the first publication without it; null while it is listed
 * @param ended what a document says of its end, else null
 */
public record Agreement(
        UUID id,
        UUID agencyId,
        @Nullable State state,
        String agencyName,
        @Nullable AgencyType agencyType,
        @Nullable String county,
        @Nullable SupportType supportType,
        @Nullable LocalDate signedOn,
        Precision signedPrecision,
        boolean signedRepaired,
        Document moa,
        Document addendum,
        Status status,
        boolean provisional,
        List<UUID> possibleDuplicateOf,
        @Nullable Instant firstListedAt,
        @Nullable Instant lastListedAt,
        @Nullable Instant firstAbsentAt,
        @Nullable Ending ended) {
    public Agreement {
        possibleDuplicateOf = List.copyOf(possibleDuplicateOf);
    }

    /** Whether the newest workbook has a row for it. */
    public boolean listed() {
        return status == Status.LISTED;
    }

    /** Where it stands. */
    public enum Status {
        LISTED("listed"),
        UNDER_REVIEW("under_review"),
        UNLISTED("unlisted"),
        DUPLICATE_REMOVED("duplicate_removed"),
        RETURNED_TO_PENDING("returned_to_pending"),
        ENDED("ended"),
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

    /**
     * An end that a document proves.
     *
     * @param on the day, or the first day of the month or year that is known; null when unknown
     * @param notBefore earliest possible day, else null
     * @param notAfter latest possible day, else null
     */
    public record Ending(
            @Nullable LocalDate on,
            Precision precision,
            @Nullable LocalDate notBefore,
            @Nullable LocalDate notAfter,
            By by,
            @Nullable String sourceUrl) {
        /** Who or what ended it. */
        public enum By {
            ICE("ice"),
            AGENCY("agency"),
            LAW("law"),
            SUPERSEDED("superseded"),
            UNKNOWN("unknown");

            private final String code;

            By(String code) {
                this.code = code;
            }

            /** The name in the public contract. */
            public String code() {
                return code;
            }
        }
    }
}
