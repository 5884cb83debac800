package ledger287.reporting.ingest;

import io.smallrye.common.annotation.Identifier;
import jakarta.inject.Singleton;

/** Tells the follower of {@code operations} when its partition comes and goes. */
@Singleton
@Identifier("operations")
final class OperationsRebalance extends SeekOnAssignment {
    OperationsRebalance(OperationsChannel channel) {
        super(channel.channel().follower());
    }
}
