package ledger287.agreements.editing;

import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.EntityTag;
import jakarta.ws.rs.core.Request;
import jakarta.ws.rs.core.Response;
import java.sql.SQLException;
import ledger287.agreements.ledger.Ledger;
import ledger287.agreements.ledger.Positions;

/** The newest image of one thing, with the version that {@code If-Match} takes. */
@Singleton
final class Things {
    private final Ledger ledger;

    Things(Ledger ledger) {
        this.ledger = ledger;
    }

    Response read(Subject subject, Request request) throws SQLException {
        return ledger.read(view -> {
            ObjectNode image = Editing.requireKnown(subject, view.roster());
            EntityTag tag = new EntityTag(Long.toString(view.version(subject.streamId())));
            Response.ResponseBuilder unchanged = request.evaluatePreconditions(tag);
            Response.ResponseBuilder response = unchanged == null ? Response.ok(image) : unchanged;
            return response.tag(tag)
                    .header("Feed-Position", Positions.text(view.position()))
                    .header("Cache-Control", "no-cache")
                    .build();
        });
    }
}
