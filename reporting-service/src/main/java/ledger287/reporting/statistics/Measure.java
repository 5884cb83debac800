package ledger287.reporting.statistics;

import java.util.Arrays;
import java.util.Optional;

/** What a series counts. */
enum Measure {
    AGREEMENTS("agreements", Counts.BY_SIGNING_OR_LISTING),
    NEW_AGREEMENTS("new_agreements", Counts.BY_SIGNING_OR_LISTING),
    AGENCIES("agencies", Counts.BY_SIGNING_OR_LISTING),
    PENDING_APPLICATIONS("pending_applications", Counts.BY_LISTING),
    UNLISTED("unlisted", Counts.BY_LISTING),
    OPERATIONS("operations", Counts.BY_BEGINNING),
    ARRESTS("arrests", Counts.BY_BEGINNING);

    /** What places something in time. */
    enum Counts {
        BY_SIGNING_OR_LISTING,
        BY_LISTING,
        BY_BEGINNING
    }

    private final String code;
    private final Counts counts;

    Measure(String code, Counts counts) {
        this.code = code;
        this.counts = counts;
    }

    /** The name in queries and of the figure in answers, the same as the headline's. */
    String code() {
        return code;
    }

    Counts counts() {
        return counts;
    }

    static Optional<Measure> of(String code) {
        return Arrays.stream(values())
                .filter(measure -> measure.code.equals(code))
                .findFirst();
    }
}
