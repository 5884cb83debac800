package ledger287.operations.operation;

import java.util.Arrays;
import java.util.Optional;

/** What can happen to an operation. */
public enum OperationChange {
    RECORDED("recorded"),
    CORRECTED("corrected"),
    RETRACTED("retracted"),
    PARTNERS_CHANGED("partners-changed"),
    OVERLAP_DECLARED("overlap-declared");

    private final String code;

    OperationChange(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }

    public static Optional<OperationChange> ofCode(String code) {
        return Arrays.stream(values())
                .filter(constant -> constant.code.equals(code))
                .findFirst();
    }
}
