package ledger287.operations.operation;

import java.util.Arrays;
import java.util.Optional;

/** What a claim counts. As reported: no metric is the sum of others, and none is ever split. */
public enum Metric {
    ARRESTS("arrests"),
    CONVICTED("convicted"),
    PENDING_CHARGES("pending_charges"),
    /** One combined category of the source; neither split nor added to its parts. */
    CONVICTED_OR_PENDING("convicted_or_pending"),
    REENTRY_AFTER_REMOVAL("reentry_after_removal"),
    NO_CRIMINAL_RECORD("no_criminal_record"),
    FINAL_ORDERS("final_orders"),
    STOPS("stops"),
    PARTNER_AGENCIES("partner_agencies");

    private final String code;

    Metric(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }

    public static Optional<Metric> ofCode(String code) {
        return Arrays.stream(values()).filter(m -> m.code.equals(code)).findFirst();
    }
}
