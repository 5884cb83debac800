package ledger287.agreements.publication;

import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;
import ledger287.service.publication.PublishedLog;
import ledger287.service.publication.Upcasters;

/** What the publisher must know of this service's log. */
final class Publication {

    @Produces
    @Singleton
    PublishedLog log(CloudEvents mapper) {
        return new PublishedLog("agreements", mapper);
    }

    /** Every change of stored events so far was additive. */
    @Produces
    @Singleton
    Upcasters upcasters() {
        return Upcasters.none();
    }
}
