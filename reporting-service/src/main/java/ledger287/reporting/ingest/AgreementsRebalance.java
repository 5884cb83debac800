package ledger287.reporting.ingest;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;

/** Tells the follower of {@code agreements} when its partition comes and goes. */
@Singleton
@Identifier("agreements")
final class AgreementsRebalance extends SeekOnAssignment {
    AgreementsRebalance(AgreementsChannel channel) {
        super(channel.channel().follower());
    }
}
