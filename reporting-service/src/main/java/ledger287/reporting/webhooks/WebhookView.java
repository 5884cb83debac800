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
import org.jspecify.annotations.Nullable;

/**
 * A webhook as its owner sees it.
 *
 * @param filters by the parameters of {@code GET /v1/stream}; empty for everything
 * @param status that of {@link Status}, or {@code unverified}
 * @param reason why it is not active, or what failed last
 * @param cursor everything up to here that the filters take has been delivered
 * @param failures in a row
 * @param nextAttemptAt null when nothing has failed
 * @param oldSecretUntil until then the secret before the last rotation signs, too
 * @param secret shown when it is made and when it is rotated, and absent otherwise
 */
@JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
record WebhookView(
        UUID id,
        String owner,
        String url,
        @Nullable String description,
        Map<String, List<String>> filters,
        String status,
        @Nullable String reason,
        String cursor,
        int failures,
        @Nullable Instant failingSince,
        @Nullable Instant nextAttemptAt,
        Instant createdAt,
        @Nullable Instant oldSecretUntil,
        @JsonInclude(JsonInclude.Include.NON_NULL) @Nullable String secret) {

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
    @JsonNaming(PropertyNamingStrategies.SnakeCaseStrategy.class)
    record Page(
            List<WebhookView> items, int count, @Nullable String nextCursor) {}
}
