package ledger287.operations.operation;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import ledger287.operations.operation.Decision.Accepted;
import ledger287.operations.operation.Decision.Rejected;
import ledger287.operations.operation.Decision.Unchanged;
import org.jspecify.annotations.Nullable;

/** Commands on operations. Decides from dossiers and changes nothing. */
public final class OperationDecider {

    private OperationDecider() {}

    /** A claim that is recorded together with its operation. */
    public record FirstClaim(UUID id, Statement statement) {}

    /** An operation becomes part of the ledger, with what is claimed about it. */
    public static Decision record(
            UUID id, @Nullable String externalId, Description description, List<FirstClaim> claims, Act act) {
        if (description.sources().isEmpty() && claims.isEmpty()) {
            return new Rejected(
                    "no-source", "Nothing says so: give at least one of sources, or a claim with its source_url.");
        }
        Operation operation = new Operation(id, externalId, description, List.of(), OperationStatus.RECORDED, null);
        Instant knownAt = Stream.concat(
                        description.sourcesKnownAt(),
                        claims.stream().map(claim -> claim.statement().knownAt(act.recordedAt())))
                .filter(known -> known.isBefore(act.recordedAt()))
                .min(Instant::compareTo)
                .orElse(act.recordedAt());
        List<Fact> facts = new ArrayList<>();
        facts.add(fact(OperationChange.RECORDED, null, operation, knownAt, act));
        Dossier dossier = Dossier.of(operation);
        for (FirstClaim claim : claims) {
            switch (ClaimDecider.make(dossier, claim.id(), claim.statement(), null, act)) {
                case Accepted accepted -> {
                    facts.addAll(accepted.facts());
                    dossier = dossier.after(accepted.facts());
                }
                case Rejected rejected -> {
                    return rejected;
                }
                case Unchanged unchanged -> throw new IllegalStateException("A new claim changes something");
            }
        }
        return new Accepted(facts);
    }

    /**
     * What was recorded of it was wrong or incomplete.
     *
     * @param description all of it, as it should be
     */
    public static Decision correct(Dossier dossier, Description description, Act act) {
        return describe(OperationChange.CORRECTED, dossier, description, act, act.reason());
    }

    /** Other partners than those recorded took part. */
    public static Decision changePartners(Dossier dossier, List<Partner> partners, Act act) {
        Operation operation = dossier.operation();
        return describe(
                OperationChange.PARTNERS_CHANGED,
                dossier,
                operation.description().withPartners(partners),
                act,
                operation.reason());
    }

    /** It should not have been recorded. Its claims stay as they are, and count no longer. */
    public static Decision retract(Dossier dossier, Act act) {
        Operation operation = dossier.operation();
        return retracted(operation)
                .map(rejected -> (Decision) rejected)
                .orElseGet(() -> new Accepted(List.of(fact(
                        OperationChange.RETRACTED,
                        operation,
                        operation.retracted(act.reason()),
                        act.recordedAt(),
                        act))));
    }

    /** An editor says how two operations lie to each other; recorded with both. */
    public static Decision declareOverlap(Dossier one, Dossier other, Relation relation, Act act) {
        if (one.operation().id().equals(other.operation().id())) {
            return new Rejected("same-operation", "An operation is not compared with itself; name another one.");
        }
        Optional<Rejected> rejected = retracted(one.operation()).or(() -> retracted(other.operation()));
        if (rejected.isPresent()) {
            return rejected.get();
        }
        Overlap here = new Overlap(other.operation().id(), relation, act.reason());
        Overlap there = new Overlap(one.operation().id(), relation, act.reason());
        if (one.operation().overlapWith(here.operationId()).filter(here::equals).isPresent()
                && other.operation()
                        .overlapWith(there.operationId())
                        .filter(there::equals)
                        .isPresent()) {
            return new Unchanged();
        }
        return new Accepted(List.of(declared(one.operation(), here, act), declared(other.operation(), there, act)));
    }

    private static Fact declared(Operation operation, Overlap overlap, Act act) {
        return fact(OperationChange.OVERLAP_DECLARED, operation, operation.withOverlap(overlap), act.recordedAt(), act);
    }

    private static Decision describe(
            OperationChange change, Dossier dossier, Description description, Act act, @Nullable String reason) {
        Operation operation = dossier.operation();
        Optional<Rejected> rejected = retracted(operation);
        if (rejected.isPresent()) {
            return rejected.get();
        }
        if (operation.description().equals(description)) {
            return new Unchanged();
        }
        if (description.sources().isEmpty() && dossier.claims().isEmpty()) {
            return new Rejected("no-source", "Nothing would say so any more: keep at least one of sources.");
        }
        return new Accepted(
                List.of(fact(change, operation, operation.described(description, reason), act.recordedAt(), act)));
    }

    private static Optional<Rejected> retracted(Operation operation) {
        return operation.isRetracted()
                ? Optional.of(new Rejected("already-retracted", "Operation " + operation.id() + " is retracted."))
                : Optional.empty();
    }

    private static Fact fact(
            OperationChange change, @Nullable Operation before, Operation after, Instant knownAt, Act act) {
        return new Fact(new LedgerEvent.OperationEvent(change, before, after), knownAt, List.of(act.reason()), act);
    }
}
