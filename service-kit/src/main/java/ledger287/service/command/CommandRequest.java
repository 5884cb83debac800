package ledger287.service.command;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who asks for what.
 *
 * @param caller name of the key
 * @param idempotencyKey from the request, else null: then nothing is remembered
 * @param fingerprint SHA-256 over everything that makes the request what it is, hexadecimal
 * @param id names this command in the events that it causes
 */
public record CommandRequest(String caller, @Nullable String idempotencyKey, String fingerprint, UUID id) {}
