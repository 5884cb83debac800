package ledger287.operations.operation;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/**
 * An operation and all claims about it: what a decision about either must know.
 *
 * @param claims in the order of their recording, retracted ones too
 */
public record Dossier(Operation operation, List<Claim> claims) {
    public Dossier {
        claims = List.copyOf(claims);
    }

    public static Dossier of(Operation operation) {
        return new Dossier(operation, List.of());
    }

    public Optional<Claim> claim(UUID id) {
        return claims.stream().filter(claim -> claim.id().equals(id)).findFirst();
    }

    /** The dossier after events; those about other operations leave it as it is. */
    public Dossier after(List<Fact> facts) {
        Dossier dossier = this;
        for (Fact fact : facts) {
            dossier = dossier.after(fact.event());
        }
        return dossier;
    }

    private Dossier after(LedgerEvent event) {
        return switch (event) {
            case LedgerEvent.LedgerOpened opened -> this;
            case LedgerEvent.OperationEvent changed ->
                changed.after().id().equals(operation.id()) ? new Dossier(changed.after(), claims) : this;
            case LedgerEvent.ClaimEvent changed ->
                changed.after().operationId().equals(operation.id()) ? with(changed.after()) : this;
        };
    }

    /** With this claim in the place of its older image, or as the newest one. */
    Dossier with(Claim claim) {
        List<Claim> others = new ArrayList<>(claims);
        others.replaceAll(other -> other.id().equals(claim.id()) ? claim : other);
        if (!others.contains(claim)) {
            others.add(claim);
        }
        return new Dossier(operation, others);
    }
}
