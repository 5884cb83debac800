package ledger287.service.command;

import java.util.UUID;

/** Names things of the ledger. Opaque: nothing may be read from a name. */
public interface IdSource {
    UUID next();
}
