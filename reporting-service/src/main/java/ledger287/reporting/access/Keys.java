package ledger287.reporting.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.Map;
import java.util.Set;

/** The API keys we know, by their SHA-256: {@code ledger287.keys.<name>.sha256} and {@code .roles}. */
@ConfigMapping(prefix = "ledger287.keys")
interface Keys {
    @WithParentName
    Map<String, Key> byName();

    /** One key. Keys are 256 random bits, so a plain hash keeps them safe. */
    interface Key {
        /** Hex. */
        String sha256();

        Set<String> roles();
    }
}
