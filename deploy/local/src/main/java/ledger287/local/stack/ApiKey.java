package ledger287.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;
import ledger287.local.LocalStackException;

/**
 * The key with which this machine's user writes to the ledger. It is in one file, readable by its owner only; the
 * services are told only its SHA-256.
 */
public record ApiKey(String value) {

    /** By this the services tell a key from an OIDC token. */
    private static final String PREFIX = "l287_";

    /** The key in this file, made on first use. */
    static ApiKey in(Path file) {
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[32];
                new SecureRandom().nextBytes(random);
                String key = PREFIX + Base64.getUrlEncoder().withoutPadding().encodeToString(random);
                // Written beside and moved, so that an interruption leaves no empty key.
                Path partial = file.resolveSibling(file.getFileName() + ".new");
                Files.deleteIfExists(partial);
                Files.createFile(
                        partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(partial, key + "\n");
                Files.move(partial, file);
            }
            return new ApiKey(Files.readString(file).strip());
        } catch (IOException e) {
            throw new LocalStackException("Cannot read or make the API key %s.".formatted(file), e);
        }
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
