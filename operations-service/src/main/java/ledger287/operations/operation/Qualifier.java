package ledger287.operations.operation;

import java.util.Arrays;
import java.util.Optional;

/** The word before a number, which says how much of it is known. */
public enum Qualifier {
    EXACTLY("exactly"),
    AT_LEAST("at_least"),
    MORE_THAN("more_than"),
    UP_TO("up_to"),
    FEWER_THAN("fewer_than"),
    MAJORITY_OF("majority_of"),
    BETWEEN("between"),
    ABOUT("about"),
    NEARLY("nearly"),
    UNKNOWN("unknown");

    private final String code;

    Qualifier(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }

    public static Optional<Qualifier> ofCode(String code) {
        return Arrays.stream(values()).filter(q -> q.code.equals(code)).findFirst();
    }
}
