package ledger287.reporting.webhooks;

import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.util.List;
import java.util.Map;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/**
 * What bodies of requests look like, for the description of the API. They are read by {@link SentFields}, which can tell
 * a field that is absent from one that is null, and names what it refuses.
 */
@Schema(name = "NewWebhook")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record NewWebhook(
        @Schema(required = true, description = "https://…, port 443 or one from 1024 on, without credentials")
        String url,

        @Nullable String description,

        @Schema(
                description = "state, region, model, agency_type, agency_id, type, as on GET /v1/stream: each a text"
                        + " with commas, or an array")
        @Nullable
        Map<String, List<String>> filters,

        @Schema(description = "Where to begin: latest (default), earliest, or a cursor", defaultValue = "latest")
        @Nullable
        String cursor,

        @Schema(description = "Or: a day or an instant of recording") @Nullable
        String since) {

    @Schema(name = "WebhookChanges")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Changes(
            @Nullable String url,
            @Nullable String description,
            @Nullable Map<String, List<String>> filters) {}

    @Schema(name = "WebhookReplay")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Replay(
            @Nullable String cursor,
            @Nullable String since,
            @Nullable String eventId) {}

    @Schema(name = "WebhookRotation")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Rotation(
            @Schema(minimum = "0", maximum = "168", defaultValue = "24") @Nullable
            Integer overlapHours) {}

    @Schema(name = "WebhookDisabling")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Disabling(@Schema(required = true) String reason) {}
}
