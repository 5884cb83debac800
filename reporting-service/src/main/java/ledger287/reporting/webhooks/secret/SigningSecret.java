package ledger287.reporting.webhooks.secret;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.time.Instant;
import java.util.Base64;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** What an endpoint and we know: the key of the signatures of Standard Webhooks 1.0 (HMAC-SHA256, {@code v1}). */
public final class SigningSecret {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";

    private final byte[] key;

    private SigningSecret(byte[] key) {
        this.key = key;
    }

    /** A secret that nobody has had. */
    public static SigningSecret fresh(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new SigningSecret(key);
    }

    static SigningSecret of(byte[] key) {
        return new SigningSecret(key.clone());
    }

    byte[] bytes() {
        return key.clone();
    }

    /** As its owner is shown it, once. */
    public String shown() {
        return PREFIX + Base64.getEncoder().encodeToString(key);
    }

    /** The signature of a message, as it stands in {@code webhook-signature}. */
    public String sign(String id, Instant timestamp, byte[] body) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(new SecretKeySpec(key, ALGORITHM));
            mac.update((id + "." + timestamp.getEpochSecond() + ".").getBytes(UTF_8));
            return "v1," + Base64.getEncoder().encodeToString(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256", e);
        }
    }

    /** Never the secret itself, in case this reaches a log. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
