package ledger287.operations.operation;

import java.util.Arrays;
import java.util.Optional;

/** What can happen to a claim. */
public enum ClaimChange {
    MADE("made"),
    /** A later claim replaces it. */
    SUPERSEDED("superseded"),
    /** What had superseded it was taken back, so it stands again. */
    REINSTATED("reinstated"),
    /** An editor's preference among rival claims was given or taken away; the image says which. */
    PREFERRED("preferred"),
    CORRECTED("corrected"),
    RETRACTED("retracted");

    private final String code;

    ClaimChange(String code) {
        this.code = code;
    }

    /** The name in stored events and in the public contract. */
    public String code() {
        return code;
    }

    public static Optional<ClaimChange> ofCode(String code) {
        return Arrays.stream(values())
                .filter(constant -> constant.code.equals(code))
                .findFirst();
    }
}
