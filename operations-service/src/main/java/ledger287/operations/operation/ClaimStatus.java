package ledger287.operations.operation;

import java.util.Arrays;
import java.util.Optional;

/** Whether a claim stands. */
public enum ClaimStatus {
    CURRENT("current"),
    /** A later claim replaces it. */
    SUPERSEDED("superseded"),
    RETRACTED("retracted");

    private final String code;

    ClaimStatus(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }

    public static Optional<ClaimStatus> ofCode(String code) {
        return Arrays.stream(values())
                .filter(constant -> constant.code.equals(code))
                .findFirst();
    }
}
