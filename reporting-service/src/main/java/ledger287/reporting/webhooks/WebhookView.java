package ledger287.reporting.webhooks;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.jspecify.annotations.Nullable;

/** A webhook as its owner sees it. */
@Schema(name = "Webhook")
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record WebhookView(
        UUID id,

        @Schema(description = "The name of the API key that made it")
        String owner,

        String url,
        @Nullable String description,

        @Schema(description = "What it is told, by the parameters of GET /v1/stream; empty for everything")
        Map<String, List<String>> filters,

        @Schema(
                description = "unverified: the endpoint has not echoed a challenge yet; active; paused, by its owner or"
                        + " after 75 hours of failure; disabled, by 410 or by an administrator",
                enumeration = {"unverified", "active", "paused", "disabled"})
        String status,

        @Schema(description = "Why it is not active, or what failed last") @Nullable
        String reason,

        @Schema(description = "Everything up to here that the filters take has been delivered")
        String cursor,

        @Schema(description = "Attempts in a row that failed")
        int failures,

        @Nullable Instant failingSince,

        @Schema(description = "When it is tried again; null when nothing has failed") @Nullable
        Instant nextAttemptAt,

        Instant createdAt,

        @Schema(description = "Until then the secret before the last rotation signs, too") @Nullable
        Instant oldSecretUntil,

        @Schema(description = "Shown once: when it is made, and when it is rotated")
        @JsonInclude(JsonInclude.Include.NON_NULL)
        @Nullable
        String secret) {

    static WebhookView of(Webhook webhook, Instant now, @Nullable String secret) {
        Progress progress = webhook.progress();
        Instant oldUntil = webhook.secrets().oldUntil();
        return new WebhookView(
                webhook.id(),
                webhook.owner(),
                webhook.target().url(),
                webhook.target().description(),
                filters(webhook.target().filter()),
                progress.status() == Status.ACTIVE && !progress.verified()
                        ? "unverified"
                        : progress.status().word(),
                progress.reason(),
                progress.cursor().toString(),
                progress.failures(),
                progress.failingSince(),
                progress.status() == Status.ACTIVE && progress.failures() > 0 ? progress.dueAt() : null,
                webhook.createdAt(),
                oldUntil != null && now.isBefore(oldUntil) ? oldUntil : null,
                secret);
    }

    private static Map<String, List<String>> filters(String canonical) {
        Map<String, List<String>> filters = new TreeMap<>();
        for (String pair : canonical.isEmpty() ? new String[0] : canonical.split("&")) {
            int equals = pair.indexOf('=');
            filters.put(
                    pair.substring(0, equals),
                    List.of(URLDecoder.decode(pair.substring(equals + 1), StandardCharsets.UTF_8)
                            .split(",")));
        }
        return filters;
    }

    /** A page of them. */
    @Schema(name = "WebhookList")
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Page(
            List<WebhookView> items, int count, @Nullable String nextCursor) {}
}
