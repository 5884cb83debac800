package ledger287.reporting.webhooks.secret;

/**
 * A secret as the database keeps it.
 *
 * @param keyId names the key it was encrypted with
 * @param bytes nonce, ciphertext and tag
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record Sealed(String keyId, byte[] bytes) {}
