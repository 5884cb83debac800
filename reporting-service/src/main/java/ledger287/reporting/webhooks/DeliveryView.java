package ledger287.reporting.webhooks;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * An attempt as the owner of its webhook sees it.
 *
 * @param messageId of a change, the event's id
 * @param cursor of a change
 * @param attempt 1 for the first time that this message was tried
 * @param status of HTTP; null when there was no answer
 * @param response the beginning of the answer's body
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record DeliveryView(
        String messageId,
        String kind,
        @Nullable String cursor,
        int attempt,
        String outcome,
        @Nullable Integer status,
        String detail,
        @Nullable String response,
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
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Page(List<DeliveryView> items, @Nullable String nextCursor) {}
}
