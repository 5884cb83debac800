package ledger287.operations.operation;

import java.util.Arrays;
import java.util.Optional;

/** Whether an operation stands. */
public enum OperationStatus {
    RECORDED("recorded"),
    RETRACTED("retracted");

    private final String code;

    OperationStatus(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }

    public static Optional<OperationStatus> ofCode(String code) {
        return Arrays.stream(values())
                .filter(constant -> constant.code.equals(code))
                .findFirst();
    }
}
