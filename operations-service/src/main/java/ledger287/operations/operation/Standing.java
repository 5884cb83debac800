package ledger287.operations.operation;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * Which of the claims about one operation stand. A claim that is not retracted is superseded by the same speaker's next
 * one about the same metric, in the order in which the public could know them, and by any that names it; otherwise it is
 * current. Running totals therefore never add up, whatever the order in which they are recorded.
 */
final class Standing {

    private Standing() {}

    /** The same claims, each with the status that follows from all of them. */
    static List<Claim> settle(List<Claim> claims) {
        List<Claim> chronological = chronological(claims);
        return claims.stream()
                .map(claim -> claim.isRetracted()
                        ? claim
                        : successor(claim, chronological)
                                .map(next -> claim.supersededBy(next.id()))
                                .orElseGet(claim::standing))
                .toList();
    }

    /** The same speaker's newest claim about the same metric that this one comes after. */
    static Optional<UUID> predecessor(Claim claim, List<Claim> claims) {
        List<Claim> chronological = chronological(claims);
        return chronological.subList(0, indexOf(claim, chronological)).reversed().stream()
                .filter(earlier -> !earlier.isRetracted())
                .filter(earlier -> earlier.statement().isBySameSpeakerOnSameMetric(claim.statement()))
                .map(Claim::id)
                .findFirst();
    }

    /** Whether the first could be known before the second, or at the same time and was recorded before it. */
    static boolean isBefore(UUID first, UUID second, List<Claim> claims) {
        List<UUID> chronological = chronological(claims).stream().map(Claim::id).toList();
        return chronological.indexOf(first) < chronological.indexOf(second);
    }

    private static Optional<Claim> successor(Claim claim, List<Claim> chronological) {
        return chronological.subList(indexOf(claim, chronological) + 1, chronological.size()).stream()
                .filter(later -> !later.isRetracted())
                .filter(later -> claim.id().equals(later.supersedes())
                        || later.statement().isBySameSpeakerOnSameMetric(claim.statement()))
                .findFirst();
    }

    private static List<Claim> chronological(List<Claim> claims) {
        List<Claim> sorted = new ArrayList<>(claims);
        sorted.sort(Comparator.comparing(Claim::knownAt)); // stable: ties stay in the order of their recording
        return sorted;
    }

    private static int indexOf(Claim claim, List<Claim> chronological) {
        return chronological.stream().map(Claim::id).toList().indexOf(claim.id());
    }
}
