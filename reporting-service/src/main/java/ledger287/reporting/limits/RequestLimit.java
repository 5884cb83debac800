package ledger287.reporting.limits;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bandwidth;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.util.concurrent.TimeUnit;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;

/**
 * How many requests a client may send. Each answer says how many are left, as draft-ietf-httpapi-ratelimit-headers-10 has
 * it: {@code RateLimit-Policy} the quota and its window, {@code RateLimit} what remains of it and the seconds until all of
 * it is there again. Answers that are given from memory count like others.
 */
@Singleton
final class RequestLimit {
    /** After what lets scripts read, so that they can read a refusal; before answers are given from memory. */
    private static final int BEFORE_RECENT_ANSWERS = 350;

    /** Health and metrics are the operator's. */
    private static final String OPERATING = "/q/";

    private final LimitSettings settings;
    private final Bandwidth quota;
    private final String policy;
    private final Cache<Client, Bucket> buckets;

    RequestLimit(LimitSettings settings) {
        this.settings = settings;
        this.quota = Bandwidth.builder()
                .capacity(settings.requests())
                .refillGreedy(settings.requests(), settings.window())
                .build();
        this.policy = "\"requests\";q=%d;w=%d"
                .formatted(settings.requests(), settings.window().toSeconds());
        this.buckets = Caffeine.newBuilder()
                .maximumSize(settings.clients())
                // By then a bucket is full again, as a new one is.
                .expireAfterAccess(settings.window())
                .build();
    }

    void register(@Observes Filters filters) {
        filters.register(this::limit, BEFORE_RECENT_ANSWERS);
    }

    private void limit(RoutingContext context) {
        Client client = Client.of(context.request().remoteAddress());
        if ((client.loopback() && !settings.loopback())
                || context.request().path().startsWith(OPERATING)) {
            context.next();
            return;
        }
        Bucket bucket =
                buckets.get(client, unknown -> Bucket.builder().addLimit(quota).build());
        ConsumptionProbe taken = bucket.tryConsumeAndReturnRemaining(1);
        HttpServerResponse response = context.response();
        response.putHeader("RateLimit-Policy", policy);
        response.putHeader(
                "RateLimit",
                "\"requests\";r=" + taken.getRemainingTokens() + ";t=" + seconds(taken.getNanosToWaitForReset()));
        if (taken.isConsumed()) {
            context.next();
        } else {
            Problem.retry(
                            ProblemType.TOO_MANY_REQUESTS,
                            "%,d requests in %d seconds are allowed to each client, and yours have been sent. Ask less often, or fetch whole tables (.csv, .parquet, .zip) and the change feed instead of single things."
                                    .formatted(
                                            settings.requests(),
                                            settings.window().toSeconds()),
                            (int) seconds(taken.getNanosToWaitForRefill()),
                            null)
                    .answer(response);
        }
    }

    private static long seconds(long nanos) {
        return Math.max(1, TimeUnit.NANOSECONDS.toSeconds(nanos + TimeUnit.SECONDS.toNanos(1) - 1));
    }
}
