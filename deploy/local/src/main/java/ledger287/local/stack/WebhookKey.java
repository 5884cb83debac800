package ledger287.local.stack;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

/** The key under which reporting-service keeps the secrets of webhooks: 32 random bytes in base64. */
record WebhookKey(String value) {

    /** The key in this file, made on first use. */
    static WebhookKey in(Path file) {
        return new WebhookKey(SecretFile.in(file, "key of webhooks", () -> {
            byte[] random = new byte[32];
            new SecureRandom().nextBytes(random);
            return Base64.getEncoder().encodeToString(random);
        }));
    }

    /** Never the key itself, in case this reaches a log. */
    @Override
    public String toString() {
        return "WebhookKey[…]";
    }
}
