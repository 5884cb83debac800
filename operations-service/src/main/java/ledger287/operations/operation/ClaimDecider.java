package ledger287.operations.operation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import ledger287.operations.operation.Decision.Accepted;
import ledger287.operations.operation.Decision.Rejected;
import ledger287.operations.operation.Decision.Unchanged;
import org.jspecify.annotations.Nullable;

/** Commands on claims. Decides from the dossier of their operation and changes nothing. */
public final class ClaimDecider {

    private ClaimDecider() {}

    /**
     * Somebody states a figure.
     *
     * @param supersedes the claim that it replaces, where the recorder says so; null for the same speaker's one before it
     */
    public static Decision make(Dossier dossier, UUID id, Statement stated, @Nullable UUID supersedes, Act act) {
        Statement statement = stated.datedBy(dossier.operation().description().sources());
        if (dossier.operation().isRetracted()) {
            return new Rejected("operation-retracted", "The operation is retracted; no claim about it is taken.");
        }
        Optional<Claim> same = dossier.claims().stream()
                .filter(claim -> !claim.isRetracted() && claim.statement().equals(statement))
                .findFirst();
        if (same.isPresent()) {
            return new Rejected(
                    "already-recorded",
                    "This very claim is recorded as " + same.get().id() + ".");
        }
        Claim made = new Claim(
                id,
                dossier.operation().id(),
                statement,
                statement.knownAt(act.recordedAt()),
                supersedes,
                null,
                false,
                ClaimStatus.CURRENT,
                null);
        Dossier with = dossier.with(made);
        if (supersedes != null) {
            Optional<Rejected> refused = refuseToSupersede(supersedes, made, with);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        Claim linked = linked(made, supersedes, with);
        List<Fact> facts = new ArrayList<>();
        facts.add(new Fact(
                new LedgerEvent.ClaimEvent(ClaimChange.MADE, null, linked), linked.knownAt(), grounds(linked), act));
        Dossier known = dossier.with(linked);
        Dossier settled = new Dossier(dossier.operation(), Standing.settle(known.claims()));
        facts.addAll(consequences(known, settled, linked.knownAt(), act));
        return new Accepted(facts);
    }

    /**
     * What was recorded of a claim was wrong.
     *
     * @param statement all of it, as it should have been
     */
    public static Decision correct(Dossier dossier, Claim claim, Statement statement, Act act) {
        if (claim.isRetracted()) {
            return new Rejected("already-retracted", "The claim is retracted; record a new one.");
        }
        if (claim.statement().equals(statement)) {
            return new Unchanged();
        }
        Instant knownAt =
                Objects.equals(statement.publishedOn(), claim.statement().publishedOn())
                        ? claim.knownAt()
                        : statement.knownAt(act.recordedAt());
        Claim restated = new Claim(
                claim.id(),
                claim.operationId(),
                statement,
                knownAt,
                claim.supersedes(),
                claim.supersededBy(),
                claim.preferred(),
                claim.status(),
                act.reason());
        UUID named = namedByRecorder(claim, dossier);
        Dossier with = dossier.with(restated);
        if (named != null) {
            Optional<Rejected> refused = refuseToSupersede(named, restated, with);
            if (refused.isPresent()) {
                return refused.get();
            }
        }
        for (Claim other : dossier.claims()) {
            boolean isNamed = claim.id().equals(namedByRecorder(other, dossier)) && !other.isRetracted();
            if (isNamed && refuseToSupersede(claim.id(), other, with).isPresent()) {
                return new Rejected(
                        "superseded-by-other",
                        "Claim " + other.id() + " was recorded as superseding this one, and could not after this"
                                + " correction. Correct or retract that one first.");
            }
        }
        with = with.with(linked(restated, named, with));
        for (Claim follower : dossier.claims()) {
            boolean linkedOfItself =
                    claim.id().equals(follower.supersedes()) && namedByRecorder(follower, dossier) == null;
            if (linkedOfItself && !follower.statement().isBySameSpeakerOnSameMetric(statement)) {
                with = with.with(linked(follower, null, with));
            }
        }
        return settled(ClaimChange.CORRECTED, claim, with, dossier, act);
    }

    /** It should not have been recorded, or its speaker took it back. What it superseded stands again. */
    public static Decision retract(Dossier dossier, Claim claim, Act act) {
        if (claim.isRetracted()) {
            return new Rejected("already-retracted", "The claim is retracted already.");
        }
        return settled(ClaimChange.RETRACTED, claim, dossier.with(claim.retracted(act.reason())), dossier, act);
    }

    /** An editor prefers it to its rivals; another of the same metric that was preferred no longer is. */
    public static Decision prefer(Dossier dossier, Claim claim, Act act) {
        if (!claim.isCurrent()) {
            return new Rejected(
                    "not-current",
                    "Only a current claim can be preferred; this one is "
                            + claim.status().code() + ".");
        }
        if (claim.preferred()) {
            return new Unchanged();
        }
        List<Fact> facts = new ArrayList<>();
        dossier.claims().stream()
                .filter(Claim::preferred)
                .filter(rival -> rival.statement().metric() == claim.statement().metric())
                .map(rival -> fact(ClaimChange.PREFERRED, rival, rival.preferred(false), act.recordedAt(), act))
                .forEach(facts::add);
        facts.add(fact(ClaimChange.PREFERRED, claim, claim.preferred(true), act.recordedAt(), act));
        return new Accepted(facts);
    }

    /** An editor no longer prefers it. */
    public static Decision preferNoLonger(Claim claim, Act act) {
        return claim.preferred()
                ? new Accepted(
                        List.of(fact(ClaimChange.PREFERRED, claim, claim.preferred(false), act.recordedAt(), act)))
                : new Unchanged();
    }

    private static Decision settled(ClaimChange change, Claim before, Dossier with, Dossier dossier, Act act) {
        Dossier settled = new Dossier(with.operation(), Standing.settle(with.claims()));
        Claim after = settled.claim(before.id()).orElseThrow();
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(change, before, after, act.recordedAt(), act));
        facts.addAll(consequences(dossier.with(after), settled, act.recordedAt(), act));
        return new Accepted(facts);
    }

    /** What a change to one claim means for the others: the differences between two images of the dossier. */
    private static List<Fact> consequences(Dossier known, Dossier settled, Instant at, Act act) {
        List<Fact> facts = new ArrayList<>();
        for (Claim after : settled.claims()) {
            Claim before = known.claim(after.id()).orElseThrow();
            if (before.equals(after)) {
                continue;
            }
            if (!Objects.equals(before.supersedes(), after.supersedes())) {
                facts.add(fact(ClaimChange.CORRECTED, before, after, at, act));
            } else if (after.isCurrent()) {
                facts.add(fact(ClaimChange.REINSTATED, before, after, at, act));
            } else {
                facts.add(fact(ClaimChange.SUPERSEDED, before, after, supersededAt(after, settled, at), act));
            }
        }
        return facts;
    }

    /** A claim that is recorded late, or replaced by one that is: from the time of the later of the two on. */
    private static Instant supersededAt(Claim superseded, Dossier settled, Instant at) {
        Instant successor = settled.claim(Objects.requireNonNull(superseded.supersededBy()))
                .orElseThrow()
                .knownAt();
        return successor.isAfter(at) ? successor : at;
    }

    private static Claim linked(Claim claim, @Nullable UUID named, Dossier with) {
        UUID supersedes =
                named == null ? Standing.predecessor(claim, with.claims()).orElse(null) : named;
        return new Claim(
                claim.id(),
                claim.operationId(),
                claim.statement(),
                claim.knownAt(),
                supersedes,
                claim.supersededBy(),
                claim.preferred(),
                claim.status(),
                claim.reason());
    }

    /** The claim that a recorder said this one replaces: not simply the same speaker's one before it. */
    private static @Nullable UUID namedByRecorder(Claim claim, Dossier dossier) {
        UUID supersedes = claim.supersedes();
        if (supersedes == null) {
            return null;
        }
        return dossier.claim(supersedes)
                .filter(other -> !other.statement().isBySameSpeakerOnSameMetric(claim.statement()))
                .map(Claim::id)
                .orElse(null);
    }

    private static Optional<Rejected> refuseToSupersede(UUID named, Claim by, Dossier with) {
        Optional<Claim> superseded = with.claim(named);
        if (superseded.isEmpty() || named.equals(by.id())) {
            return Optional.of(new Rejected(
                    "unknown-superseded", "There is no other claim " + named + " about this operation to supersede."));
        }
        Claim earlier = superseded.get();
        if (earlier.statement().metric() != by.statement().metric()) {
            return Optional.of(new Rejected(
                    "superseded-other-metric",
                    "Claim " + named + " is about "
                            + earlier.statement().metric().code() + ", this one about "
                            + by.statement().metric().code() + "; a claim supersedes one of the same metric."));
        }
        if (earlier.isRetracted()) {
            return Optional.of(new Rejected("superseded-retracted", "Claim " + named + " is retracted."));
        }
        if (!Standing.isBefore(named, by.id(), with.claims())) {
            return Optional.of(new Rejected(
                    "superseded-later",
                    "Claim " + named + " is of a later source than this one; a claim supersedes an earlier one."));
        }
        return Optional.empty();
    }

    private static Fact fact(ClaimChange change, Claim before, Claim after, Instant knownAt, Act act) {
        return new Fact(new LedgerEvent.ClaimEvent(change, before, after), knownAt, List.of(act.reason()), act);
    }

    private static List<String> grounds(Claim claim) {
        Statement statement = claim.statement();
        Speaker speaker = statement.speaker();
        String who = speaker.organization() == null ? speaker.name() : speaker.organization();
        String said = who + " on " + statement.metric().code().replace('_', ' ') + ": "
                + statement.figure().text() + ".";
        return statement.quotation() == null ? List.of(said) : List.of(said, "“" + statement.quotation() + "”");
    }
}
