package ledger287.reporting.webhooks.secret;

import jakarta.inject.Singleton;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Encrypts signing secrets with AES-256-GCM, by a key that the database does not have. A sealed secret is bound to its
 * webhook: moved to another row it cannot be opened.
 */
@Singleton
public final class SecretKeys {
    private static final String SETTING = "ledger287.reporting.webhook-key";
    private static final String OLDER = "ledger287.reporting.webhook-keys-before";
    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int KEY_BYTES = 32;
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;

    private final SecureRandom random = new SecureRandom();
    private final @Nullable Key current;
    private final Map<String, Key> known = new LinkedHashMap<>();

    SecretKeys(
            @ConfigProperty(name = SETTING) Optional<String> key,
            @ConfigProperty(name = OLDER) Optional<List<String>> before) {
        this.current = key.filter(text -> !text.isBlank())
                .map(text -> Key.read(SETTING, text))
                .orElse(null);
        if (current != null) {
            known.put(current.id(), current);
        }
        for (String text : before.orElse(List.of())) {
            Key older = Key.read(OLDER, text);
            known.putIfAbsent(older.id(), older);
        }
    }

    private record Key(String id, SecretKeySpec secret) {
        static Key read(String setting, String text) {
            byte[] bytes;
            try {
                bytes = Base64.getDecoder().decode(text.strip());
            } catch (IllegalArgumentException e) {
                throw malformed(setting, e);
            }
            if (bytes.length != KEY_BYTES) {
                throw malformed(setting, null);
            }
            return new Key(fingerprint(bytes), new SecretKeySpec(bytes, "AES"));
        }

        private static IllegalStateException malformed(String setting, @Nullable Throwable cause) {
            // Without the text: it may be a key with a slip in it.
            return new IllegalStateException(
                    setting + " must be 32 random bytes in base64, as of: openssl rand -base64 32", cause);
        }

        private static String fingerprint(byte[] bytes) {
            try {
                byte[] hash = MessageDigest.getInstance("SHA-256").digest(bytes);
                return HexFormat.of().formatHex(hash, 0, 4);
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }
    }

    /** A sealed secret cannot be opened: its key is not configured any more, or its bytes are not what was sealed. */
    public static final class Unopenable extends RuntimeException {
        Unopenable(String message, @Nullable Throwable cause) {
            super(message, cause);
        }
    }

    /** Whether secrets can be kept at all. */
    public boolean present() {
        return current != null;
    }

    /** How an operator makes that so. */
    public static String remedy() {
        return "No key is configured under which secrets could be kept. Set LEDGER287_REPORTING_WEBHOOK_KEY to 32 random"
                + " bytes in base64 (openssl rand -base64 32) and start the service again.";
    }

    /** Whether a secret was sealed with the key that new ones are sealed with. */
    public boolean isCurrent(Sealed sealed) {
        return current != null && current.id().equals(sealed.keyId());
    }

    /** Whether the key that a secret was sealed with is configured. */
    public boolean canOpen(Sealed sealed) {
        return known.containsKey(sealed.keyId());
    }

    /** Encrypts the secret of one webhook. */
    public Sealed seal(SigningSecret secret, UUID webhook) {
        if (current == null) {
            throw new IllegalStateException(remedy());
        }
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] encrypted =
                    cipher(Cipher.ENCRYPT_MODE, current, nonce, webhook).doFinal(secret.bytes());
            byte[] bytes = Arrays.copyOf(nonce, NONCE_BYTES + encrypted.length);
            System.arraycopy(encrypted, 0, bytes, NONCE_BYTES, encrypted.length);
            return new Sealed(current.id(), bytes);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has AES-256-GCM", e);
        }
    }

    /** @throws Unopenable when it cannot be */
    public SigningSecret open(Sealed sealed, UUID webhook) {
        Key key = known.get(sealed.keyId());
        if (key == null) {
            throw new Unopenable(
                    "The secret was sealed with key %s, which is not configured; add it to %s."
                            .formatted(sealed.keyId(), OLDER),
                    null);
        }
        byte[] bytes = sealed.bytes();
        try {
            byte[] nonce = Arrays.copyOf(bytes, NONCE_BYTES);
            return SigningSecret.of(cipher(Cipher.DECRYPT_MODE, key, nonce, webhook)
                    .doFinal(bytes, NONCE_BYTES, bytes.length - NONCE_BYTES));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new Unopenable("The secret is not what was sealed with key " + sealed.keyId() + ".", e);
        }
    }

    private static Cipher cipher(int mode, Key key, byte[] nonce, UUID webhook) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key.secret(), new GCMParameterSpec(TAG_BITS, nonce));
        cipher.updateAAD(webhook.toString().getBytes(java.nio.charset.StandardCharsets.US_ASCII));
        return cipher;
    }
}
