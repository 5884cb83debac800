package ledger287.local.client;

import java.util.Locale;
import java.util.Optional;

/** Which of ICE's two workbooks. */
public enum Kind {
    PARTICIPATING,
    PENDING;

    /** What the file's name says, as ICE names them. */
    public static Optional<Kind> ofFileName(String fileName) {
        String name = fileName.toLowerCase(Locale.ROOT);
        for (Kind kind : values()) {
            if (name.contains(kind.parameter())) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }

    /** As in {@code kind=}. */
    public String parameter() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<Kind> ofParameter(String parameter) {
        return ofFileName(parameter).filter(kind -> kind.parameter().equals(parameter));
    }
}
