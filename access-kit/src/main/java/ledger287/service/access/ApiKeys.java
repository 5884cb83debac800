package ledger287.service.access;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The keys that the configuration names. The service never knows a key itself, only its hash. */
@Singleton
final class ApiKeys {
    private final List<Entry> entries;

    ApiKeys(KeySettings settings) {
        this.entries = settings.byName().entrySet().stream().map(ApiKeys::entry).toList();
    }

    /** Whose key it is. Every hash is compared, and in constant time. */
    Optional<Holder> holderOf(String key) {
        byte[] hash = sha256(key);
        Holder holder = null;
        for (Entry entry : entries) {
            if (MessageDigest.isEqual(hash, entry.sha256)) {
                holder = entry.holder;
            }
        }
        return Optional.ofNullable(holder);
    }

    private static Entry entry(Map.Entry<String, KeySettings.Key> configured) {
        String name = configured.getKey();
        try {
            byte[] hash = HexFormat.of().parseHex(configured.getValue().sha256().strip());
            if (hash.length == 32) {
                return new Entry(
                        hash, new Holder(name, Set.copyOf(configured.getValue().roles())));
            }
        } catch (IllegalArgumentException e) {
            throw notAHash(name, e);
        }
        throw notAHash(name, null);
    }

    private static IllegalStateException notAHash(String name, @Nullable IllegalArgumentException cause) {
        return new IllegalStateException(
                "ledger287.keys." + name
                        + ".sha256 must be 64 hexadecimal digits: the SHA-256 of the key, not the key.",
                cause);
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    /** Who holds a key, and what the key may do. */
    record Holder(String name, Set<String> roles) {}

    @SuppressWarnings("ArrayRecordComponent") // Compared in constant time, never by equals.
    private record Entry(byte[] sha256, Holder holder) {}
}
