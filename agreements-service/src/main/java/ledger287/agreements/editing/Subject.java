package ledger287.agreements.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Optional;
import java.util.UUID;
import ledger287.agreements.publication.Images;
import ledger287.agreements.roster.Roster;

/** The one thing that a command is about, or that is looked at. */
record Subject(Kind kind, UUID id) {

    /** What can be the subject of a command. */
    enum Kind {
        AGREEMENT("agreement"),
        AGENCY("agency"),
        APPLICATION("application"),
        REVIEW("review");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        /** The name in the public contract. */
        String code() {
            return code;
        }
    }

    String streamId() {
        return kind.code + "-" + id;
    }

    /** As the public contract describes it. */
    Optional<ObjectNode> image(Roster roster) {
        return switch (kind) {
            case AGREEMENT -> roster.agreement(id).map(Images::write);
            case AGENCY -> roster.agency(id).map(Images::write);
            case APPLICATION -> roster.application(id).map(Images::write);
            case REVIEW -> roster.review(id).map(Images::write);
        };
    }
}
