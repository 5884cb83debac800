package ledger287.service.access;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithParentName;
import java.util.List;
import java.util.Map;

/** The API keys that are known: {@code ledger287.keys.<name>.sha256} and {@code .roles}. */
@ConfigMapping(prefix = "ledger287.keys")
public interface KeySettings {

    /** The name is what the ledger records as the editor, so it should be a person's or a job's. */
    @WithParentName
    Map<String, Key> byName();

    /** One API key. */
    interface Key {
        /** SHA-256 of the whole key, hexadecimal. A key has 256 random bits, so that a plain hash keeps it. */
        String sha256();

        /** Any of {@code importer}, {@code editor}, {@code admin}, {@code subscriber}; none implies another. */
        List<String> roles();
    }
}
