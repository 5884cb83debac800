package ledger287.operations.operation;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Who says so. At least one of name and organization is given.
 *
 * @param official whether it speaks for a government
 */
public record Speaker(@Nullable String name, @Nullable String organization, boolean official) {

    public Speaker {
        if (name == null && organization == null) {
            throw new IllegalArgumentException("A speaker has a name or an organization.");
        }
    }

    /**
     * Whether both are one speaker. An organization speaks with one voice, whoever lends it: the second spokesperson
     * replaces the first.
     */
    boolean isSameAs(Speaker other) {
        return identity().equals(other.identity());
    }

    private String identity() {
        return organization == null ? "name:" + folded(name) : "organization:" + folded(organization);
    }

    private static String folded(@Nullable String text) {
        return text == null ? "" : text.strip().replaceAll("\\s+", " ").toLowerCase(Locale.ROOT);
    }
}
