package ledger287.agreements.roster;

import java.time.Instant;
import java.util.List;
import java.util.UUID;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import org.jspecify.annotations.Nullable;

/**
 * A law enforcement agency.
 *
 * @param state null when ICE's cell cannot be read as exactly one state
 * @param name the newest name
 * @param aliases every name it was listed under, the newest included
 * @param mergedInto the agency that an editor says this one is, else null
 * @param related other bodies its rows were relabelled from or to
 */
public record Agency(
        UUID id,
        @Nullable State state,
        String name,
        @Nullable AgencyType type,
        @Nullable String county,
        List<Alias> aliases,
        @Nullable UUID mergedInto,
        List<Relation> related) {
    public Agency {
        aliases = List.copyOf(aliases);
        related = List.copyOf(related);
    }

    /**
     * A name the agency was listed under.
     *
     * @param firstSeenAt the publication that first had it
     */
    public record Alias(String name, @Nullable State state, Instant firstSeenAt) {}

    /** A link between two bodies that ICE's rows confuse. */
    public record Relation(UUID agencyId, Kind kind) {
        /** Which way the label moved. */
        public enum Kind {
            RELABELLED_FROM("relabelled_from"),
            RELABELLED_TO("relabelled_to");

            private final String code;

            Kind(String code) {
                this.code = code;
            }

            /** The name in the public contract. */
            public String code() {
                return code;
            }
        }
    }
}
