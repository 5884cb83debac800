package ledger287.agreements.roster;

import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Images of applications after an editor's act. */
final class ApplicationImages {
    private ApplicationImages() {}

    static Application answeredBy(Application application, @Nullable UUID agreementId) {
        return with(application, application.agencyId(), application.status(), application.listed(), agreementId);
    }

    static Application grantedBy(Application application, UUID agreementId) {
        return with(application, application.agencyId(), Application.Status.GRANTED, application.listed(), agreementId);
    }

    static Application heldBy(Application application, UUID agencyId) {
        return with(application, agencyId, application.status(), application.listed(), application.agreementId());
    }

    static Application withStatus(Application application, Application.Status status, boolean listed) {
        return with(application, application.agencyId(), status, listed, application.agreementId());
    }

    private static Application with(
            Application application,
            UUID agencyId,
            Application.Status status,
            boolean listed,
            @Nullable UUID agreementId) {
        return new Application(
                application.id(),
                agencyId,
                application.state(),
                application.agencyName(),
                application.agencyType(),
                application.county(),
                application.supportType(),
                status,
                listed,
                agreementId,
                application.possibleDuplicateOf(),
                application.firstListedAt(),
                application.absentBefore(),
                application.lastListedAt(),
                application.firstAbsentAt());
    }
}
