package ledger287.operations.operation;

import java.util.Arrays;
import java.util.Optional;

/** What the claims of an operation are about. */
public enum Scope {
    OPERATION("operation"),
    /** The programme as a whole, never counted as an operation. */
    PROGRAMME("programme");

    private final String code;

    Scope(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }

    public static Optional<Scope> ofCode(String code) {
        return Arrays.stream(values())
                .filter(constant -> constant.code.equals(code))
                .findFirst();
    }
}
