package ledger287.service.command;

import jakarta.inject.Singleton;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.Principal;
import java.util.HexFormat;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Gives commands their id and their fingerprint. */
@Singleton
public final class CommandRequests {
    private static final int LONGEST_KEY = 200;

    private final IdSource ids;

    CommandRequests(IdSource ids) {
        this.ids = ids;
    }

    /**
     * @param caller who asks
     * @param idempotencyKey as sent, or null
     * @param parts everything that makes the request what it is; null for what was not sent
     */
    public CommandRequest of(Principal caller, @Nullable String idempotencyKey, @Nullable String... parts) {
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY)) {
            throw Problem.of(
                            ProblemType.INVALID_PARAMETER,
                            "An Idempotency-Key has 1 to " + LONGEST_KEY + " characters; a UUID is a good one.")
                    .about("Idempotency-Key", null)
                    .asException();
        }
        return new CommandRequest(caller.getName(), idempotencyKey, fingerprint(parts), ids.next());
    }

    /** The length of each part goes in, so that two requests cannot be joined into one text. */
    private static String fingerprint(@Nullable String... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String part : parts) {
                String counted = part == null ? "-" : part.length() + ":" + part;
                digest.update(counted.getBytes(StandardCharsets.UTF_8));
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }
}
