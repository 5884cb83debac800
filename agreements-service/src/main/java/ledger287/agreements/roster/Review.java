package ledger287.agreements.roster;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A question that only a person may answer.
 *
 * @param subjectId the agreement or application whose row vanished or cannot be read
 * @param question in words
 * @param candidates what may have become of it; may be empty
 */
public record Review(
        UUID id,
        UUID subjectId,
        String question,
        List<Candidate> candidates,
        Status status,
        @Nullable Decision decision) {
    public Review {
        candidates = List.copyOf(candidates);
    }

    /** A thing that may be the subject's successor, with what speaks for and against it. */
    public record Candidate(UUID id, String summary, List<String> facts) {
        public Candidate {
            facts = List.copyOf(facts);
        }
    }

    /**
     * What a person decided.
     *
     * @param candidateId the chosen candidate, for {@link Choice#SAME_AS}
     */
    public record Decision(Choice choice, @Nullable UUID candidateId, String by, Instant at, String reason) {}

    /** What can be decided. */
    public enum Choice {
        /** The candidate continues the subject. */
        SAME_AS("same_as"),
        /** The subject left the list; no candidate continues it. */
        UNLISTED("unlisted"),
        /** The row is right as it was read. */
        AS_LISTED("as_listed");

        private final String code;

        Choice(String code) {
            this.code = code;
        }

        /** The name in the public contract. */
        public String code() {
            return code;
        }
    }

    /** Where it stands. */
    public enum Status {
        OPEN("open"),
        DECIDED("decided"),
        REVERSED("reversed"),
        CLOSED("closed");

        private final String code;

        Status(String code) {
            this.code = code;
        }

        /** The name in the public contract. */
        public String code() {
            return code;
        }
    }
}
