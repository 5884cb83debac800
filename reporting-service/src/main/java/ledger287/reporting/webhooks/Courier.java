package ledger287.reporting.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import jakarta.inject.Singleton;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import ledger287.reporting.ingest.IdSource;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.webhooks.endpoint.EndpointSettings;
import ledger287.reporting.webhooks.endpoint.EndpointUrl;
import ledger287.reporting.webhooks.endpoint.Outcome;
import ledger287.reporting.webhooks.endpoint.Overloaded;
import ledger287.reporting.webhooks.endpoint.Sender;
import ledger287.reporting.webhooks.secret.Sealed;
import ledger287.reporting.webhooks.secret.SecretKeys;

/** Signs messages and sends them, once. */
@Singleton
final class Courier {
    private static final String USER_AGENT = "ledger287-webhooks/1";
    private static final int TOKEN_BYTES = 24;

    private final Sender sender;
    private final SecretKeys keys;
    private final EndpointSettings endpoints;
    private final Clock clock;
    private final IdSource ids;
    private final MeterRegistry metrics;
    private final SecureRandom random = new SecureRandom();

    Courier(
            Sender sender,
            SecretKeys keys,
            EndpointSettings endpoints,
            Clock clock,
            IdSource ids,
            MeterRegistry metrics) {
        this.sender = sender;
        this.keys = keys;
        this.endpoints = endpoints;
        this.clock = clock;
        this.ids = ids;
        this.metrics = metrics;
    }

    /**
     * What came of it.
     *
     * @param outcome the endpoint's own
     */
    record Errand(Attempt attempt, Outcome outcome) {
        boolean delivered() {
            return attempt.delivered();
        }
    }

    /** Asks the endpoint to echo a token that nobody else knows. */
    Errand challenge(Webhook webhook, int number) throws Overloaded, InterruptedException {
        byte[] token = new byte[TOKEN_BYTES];
        random.nextBytes(token);
        String text = HexFormat.of().formatHex(token);
        Message message = Message.challenge(webhook.id(), text, "challenge-" + ids.next(), clock.instant());
        return send(webhook, message, number, text);
    }

    /** Says something that is no change. */
    Errand test(Webhook webhook) throws Overloaded, InterruptedException {
        return send(webhook, Message.test(webhook.id(), "test-" + ids.next(), clock.instant()), 1);
    }

    Errand send(Webhook webhook, Message message, int number) throws Overloaded, InterruptedException {
        return send(webhook, message, number, "");
    }

    /** @param echo what the answer has to say; empty for nothing */
    private Errand send(Webhook webhook, Message message, int number, String echo)
            throws Overloaded, InterruptedException {
        Instant now = clock.instant();
        Outcome outcome = post(webhook, message, now);
        boolean echoed =
                echo.isEmpty() || (outcome instanceof Outcome.Answered answer && Message.echoes(answer.body(), echo));
        Attempt attempt = Attempt.of(message, number, outcome, echoed, now);
        metrics.timer("ledger287.webhook.attempts", "outcome", attempt.result().word())
                .record(outcome.took().toNanos(), TimeUnit.NANOSECONDS);
        return new Errand(attempt, outcome);
    }

    private Outcome post(Webhook webhook, Message message, Instant now) throws Overloaded, InterruptedException {
        EndpointUrl url;
        Map<String, String> headers;
        try {
            url = EndpointUrl.parse(webhook.target().url(), endpoints.allowLoopback());
            headers = headers(webhook, message, now);
        } catch (Problem | SecretKeys.Unopenable e) {
            // The address was taken when other rules held, or the secret sealed with a key that is gone.
            return new Outcome.Refused(String.valueOf(e.getMessage()), Duration.ZERO);
        }
        return sender.post(url, headers, message.body());
    }

    private Map<String, String> headers(Webhook webhook, Message message, Instant now) {
        Webhook.Secrets secrets = webhook.secrets();
        String signature = sign(secrets.current(), webhook, message, now);
        Sealed old = secrets.old();
        Instant until = secrets.oldUntil();
        if (old != null && until != null && now.isBefore(until) && keys.canOpen(old)) {
            signature += " " + sign(old, webhook, message, now);
        }
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("content-type", message.mediaType());
        headers.put("user-agent", USER_AGENT);
        headers.put("webhook-id", message.id());
        headers.put("webhook-timestamp", Long.toString(now.getEpochSecond()));
        headers.put("webhook-signature", signature);
        return headers;
    }

    private String sign(Sealed secret, Webhook webhook, Message message, Instant now) {
        return keys.open(secret, webhook.id()).sign(message.id(), now, message.body());
    }
}
