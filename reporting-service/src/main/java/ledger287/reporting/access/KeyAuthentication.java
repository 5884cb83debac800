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
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Who asks, by {@code Authorization: Bearer <key>}. No key: nobody, who may read. */
@Singleton
final class KeyAuthentication implements HttpAuthenticationMechanism {
    private static final String SCHEME = "Bearer ";

    private final Keys keys;

    KeyAuthentication(Keys keys) {
        this.keys = keys;
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
        for (Map.Entry<String, Keys.Key> known : keys.byName().entrySet()) {
            byte[] wanted = HexFormat.of().parseHex(known.getValue().sha256().toLowerCase(Locale.ROOT));
            if (MessageDigest.isEqual(digest, wanted)) {
                owner = Optional.of(QuarkusSecurityIdentity.builder()
                        .setPrincipal(new QuarkusPrincipal(known.getKey()))
                        .addRoles(known.getValue().roles())
                        .build());
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
