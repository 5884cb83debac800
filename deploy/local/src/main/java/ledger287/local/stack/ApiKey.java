package ledger287.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * The key with which this machine's user writes to the ledger. It is in one file, readable by its owner only; the
 * services are told only its SHA-256.
 */
public record ApiKey(String value) {

    /** By this the services tell a key from an OIDC token. */
    private static final String PREFIX = "l287_";

    /** The key in this file, made on first use. */
    static ApiKey in(Path file) {
        return new ApiKey(SecretFile.in(file, "API key", () -> {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            return PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
        }));
    }

    String sha256() {
        return hex(value.getBytes(UTF_8));
    }

    private static String hex(byte[] bytes) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(bytes));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }

    /** Never the key itself, in case this reaches a log. */
    @Override
    public String toString() {
        return "ApiKey[…]";
    }
}
