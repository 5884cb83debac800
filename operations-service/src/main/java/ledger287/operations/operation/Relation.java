package ledger287.operations.operation;

import java.util.Arrays;
import java.util.Optional;

/** How two operations lie to each other, in an editor's judgement. */
public enum Relation {
    /** Somebody may be counted in both; their figures are not added. */
    OVERLAPS("overlaps"),
    /** Nobody is counted in both. */
    DISJOINT("disjoint");

    private final String code;

    Relation(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }

    public static Optional<Relation> ofCode(String code) {
        return Arrays.stream(values())
                .filter(constant -> constant.code.equals(code))
                .findFirst();
    }
}
