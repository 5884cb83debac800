package ledger287.reporting.access;

import io.quarkus.security.AuthenticationFailedException;
import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who asks, by {@code Authorization: Bearer <key>}. No key: nobody, who may read. */
@Singleton
final class KeyAuthentication implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";

    private final List<Entry> entries;

    KeyAuthentication(Keys keys) {
        this.entries =
                keys.byName().entrySet().stream().map(KeyAuthentication::entry).toList();
    }

    private static final class Entry {
        private final byte[] hash;
        private final SecurityIdentity owner;

        Entry(byte[] hash, SecurityIdentity owner) {
            this.hash = hash;
            this.owner = owner;
        }
    }

    /** At start, so that a mistyped hash is seen then and not by whoever first brings a key. */
    private static Entry entry(Map.Entry<String, Keys.Key> configured) {
        String hash = configured.getValue().sha256().strip();
        if (!hash.matches("[0-9a-fA-F]{64}")) {
            throw new IllegalStateException("ledger287.keys." + configured.getKey()
                    + ".sha256 must be 64 hexadecimal digits: the SHA-256 of the key, not the key.");
        }
        return new Entry(
                HexFormat.of().parseHex(hash),
                QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal(configured.getKey()))
                        .addRoles(configured.getValue().roles())
                        .build());
    }

    @Override
    public Uni<@Nullable SecurityIdentity> authenticate(RoutingContext request, IdentityProviderManager providers) {
        String header = request.request().getHeader("Authorization");
        if (header == null || !header.regionMatches(true, 0, SCHEME, 0, SCHEME.length())) {
            return Uni.createFrom().nullItem();
        }
        return owner(header.substring(SCHEME.length()).strip())
                .map(identity -> Uni.createFrom().<@Nullable SecurityIdentity>item(identity))
                .orElseGet(() -> Uni.createFrom().failure(new AuthenticationFailedException("The key is not known")));
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext request) {
        return Uni.createFrom().item(new ChallengeData(401, "WWW-Authenticate", "Bearer"));
    }

    /** Compares with every key in constant time, so that answers tell nothing by how long they take. */
    private Optional<SecurityIdentity> owner(String key) {
        byte[] digest = sha256(key);
        Optional<SecurityIdentity> owner = Optional.empty();
        for (Entry known : entries) {
            if (MessageDigest.isEqual(digest, known.hash)) {
                owner = Optional.of(known.owner);
            }
        }
        return owner;
    }

    private static byte[] sha256(String key) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
