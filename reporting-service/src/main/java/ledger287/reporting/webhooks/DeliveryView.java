package ledger287.reporting.webhooks;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** An attempt as the owner of its webhook sees it. */
@Schema(name = "WebhookDelivery")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DeliveryView(
        @Schema(description = "webhook-id: of a change, the event's id")
        String messageId,

        @Schema(enumeration = {"change", "challenge", "reset", "test"})
        String kind,

        @Schema(description = "Of a change") @Nullable String cursor,

        @Schema(description = "1 for the first time that this message was tried")
        int attempt,

        @Schema(
                description = "delivered; failed: the endpoint did not take it; refused: nothing was sent",
                enumeration = {"delivered", "failed", "refused"})
        String outcome,

        @Schema(description = "HTTP status of the answer; null when there was none") @Nullable
        Integer status,

        String detail,

        @Schema(description = "The beginning of the answer's body, at most 1,000 characters") @Nullable
        String response,

        int durationMs,
        Instant attemptedAt) {

    static DeliveryView of(Attempt attempt) {
        return new DeliveryView(
                attempt.messageId(),
                attempt.kind().word(),
                attempt.cursor(),
                attempt.number(),
                attempt.result().word(),
                attempt.httpStatus(),
                attempt.detail(),
                attempt.response(),
                (int) attempt.took().toMillis(),
                attempt.at());
    }

    /** A page of them, newest first. */
    @Schema(name = "WebhookDeliveryList")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Page(List<DeliveryView> items, @Nullable String nextCursor) {}
}
