package ledger287.operations.operation;

import java.util.Arrays;
import java.util.Optional;

/** How much of a date is known. */
public enum Precision {
    DAY("day"),
    MONTH("month"),
    YEAR("year"),
    UNKNOWN("unknown");

    private final String code;

    Precision(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }

    public static Optional<Precision> ofCode(String code) {
        return Arrays.stream(values())
                .filter(constant -> constant.code.equals(code))
                .findFirst();
    }
}
