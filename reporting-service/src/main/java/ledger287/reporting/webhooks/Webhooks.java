package ledger287.reporting.webhooks;

import jakarta.inject.Singleton;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.function.UnaryOperator;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.feed.ChangeFilter;
import ledger287.reporting.feed.ChangeReader;
import ledger287.reporting.feed.FeedChange;
import ledger287.reporting.feed.Start;
import ledger287.reporting.feed.Start.Place;
import ledger287.reporting.ingest.IdSource;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.query.Parameters;
import ledger287.reporting.webhooks.endpoint.EndpointSettings;
import ledger287.reporting.webhooks.endpoint.EndpointUrl;
import ledger287.reporting.webhooks.secret.SecretKeys;
import ledger287.reporting.webhooks.secret.SigningSecret;
import org.jspecify.annotations.Nullable;

/**
 * What owners and administrators can do with webhooks. Nobody learns whether there is one that is not theirs. What is wrong
 * with a request by itself is told first, and only then what stands in its way.
 */
@Singleton
final class Webhooks {
    private static final int LONGEST_TEXT = 2_000;
    private static final int LONGEST_KEY = 200;
    private static final int MOST_OVERLAP_HOURS = 168;
    private static final int USUAL_OVERLAP_HOURS = 24;

    /** What each request's body takes. */
    static final Set<String> CREATION = with(Start.NAMES, "url", "filters", "description");

    static final Set<String> CHANGE = Set.of("url", "filters", "description");
    static final Set<String> REPLAY = with(Start.NAMES, "event_id");
    static final Set<String> ROTATION = Set.of("overlap_hours");
    static final Set<String> DISABLING = Set.of("reason");
    static final Set<String> NOTHING = Set.of();

    private final WebhookStore store;
    private final Dispatcher dispatcher;
    private final SecretKeys keys;
    private final Start start;
    private final CurrentHead currentHead;
    private final ChangeReader reader;
    private final WebhookSettings settings;
    private final EndpointSettings endpoints;
    private final Clock clock;
    private final IdSource ids;
    private final SecureRandom random = new SecureRandom();

    Webhooks(
            WebhookStore store,
            Dispatcher dispatcher,
            SecretKeys keys,
            Start start,
            CurrentHead currentHead,
            ChangeReader reader,
            WebhookSettings settings,
            EndpointSettings endpoints,
            Clock clock,
            IdSource ids) {
        this.store = store;
        this.dispatcher = dispatcher;
        this.keys = keys;
        this.start = start;
        this.currentHead = currentHead;
        this.reader = reader;
        this.settings = settings;
        this.endpoints = endpoints;
        this.clock = clock;
        this.ids = ids;
    }

    /**
     * Who asks.
     *
     * @param name of the API key
     * @param admin who sees everybody's webhooks
     */
    record Caller(String name, boolean admin) {
        private boolean sees(Webhook webhook) {
            return admin || webhook.owner().equals(name);
        }

        private boolean owns(Webhook webhook) {
            return webhook.owner().equals(name);
        }
    }

    /**
     * A webhook that was asked for.
     *
     * @param made false when the very same request had made it before
     */
    record Created(WebhookView view, boolean made) {}

    Created create(SentFields fields, Caller caller, @Nullable String idempotencyKey) throws SQLException {
        if (idempotencyKey != null && (idempotencyKey.isBlank() || idempotencyKey.length() > LONGEST_KEY)) {
            throw Problem.parameter(
                    "Idempotency-Key", "'Idempotency-Key' takes 1 to %d characters.".formatted(LONGEST_KEY));
        }
        String url = url(fields).orElseThrow(() -> Problem.parameter("url", "'url' is needed: https://…"));
        Webhook.Target target = new Webhook.Target(url, description(fields).orElse(null), filter(fields));
        Cursor cursor = place(fields, Start.LATEST);
        requireKeys();
        UUID id = ids.next();
        Instant now = now();
        SigningSecret secret = SigningSecret.fresh(random);
        Webhook webhook = new Webhook(
                id,
                caller.name(),
                now,
                target,
                new Webhook.Secrets(keys.seal(secret, id), null, null),
                Progress.beginning(cursor, now));
        WebhookStore.Made made = store.create(
                webhook, new WebhookStore.Request(idempotencyKey, sha256(fields.bytes())), settings.mostPerOwner());
        dispatcher.wake();
        // Whoever sends the same again has perhaps not heard the answer, and with it the secret.
        String shown = keys.open(
                        made.webhook().secrets().current(), made.webhook().id())
                .shown();
        return new Created(WebhookView.of(made.webhook(), now, shown), made.made());
    }

    /** A page of the caller's webhooks, or of everybody's for an administrator. */
    WebhookView.Page list(Parameters parameters, Caller caller) throws SQLException {
        int limit = parameters.number("limit", 1, 1_000, 100);
        String owner = caller.admin() ? parameters.search("owner").orElse(null) : caller.name();
        UUID after = parameters.text("cursor").map(Webhooks::pageAfter).orElse(null);
        List<Webhook> found = store.list(owner, after, limit + 1);
        List<Webhook> page = found.subList(0, Math.min(limit, found.size()));
        return new WebhookView.Page(
                page.stream().map(this::view).toList(),
                store.count(owner),
                found.size() > limit ? page.getLast().id().toString() : null);
    }

    WebhookView get(UUID id, Caller caller) throws SQLException {
        return view(visible(id, caller));
    }

    /** What is given is changed. Another address has to echo a challenge of its own. */
    WebhookView change(UUID id, SentFields fields, Caller caller) throws SQLException {
        Optional<String> url = url(fields);
        if (fields.has("url") && url.isEmpty()) {
            throw Problem.parameter("url", "'url' cannot be taken away.");
        }
        Optional<String> description = description(fields);
        String filter = filter(fields);
        return own(id, caller, webhook -> {
            Webhook.Target before = webhook.target();
            Webhook.Target after = new Webhook.Target(
                    url.orElse(before.url()),
                    fields.has("description") ? description.orElse(null) : before.description(),
                    fields.has("filters") ? filter : before.filter());
            Webhook changed = webhook.with(after);
            return after.url().equals(before.url())
                    ? changed
                    : changed.with(changed.progress().moved(now()));
        });
    }

    void delete(UUID id, Caller caller) throws SQLException {
        requireOwner(visible(id, caller), caller);
        if (!store.delete(id)) {
            throw none(id);
        }
    }

    /** What was tried, newest first. */
    DeliveryView.Page deliveries(UUID id, Parameters parameters, Caller caller) throws SQLException {
        visible(id, caller);
        int limit = parameters.number("limit", 1, 1_000, 100);
        long before = parameters.text("cursor").map(Webhooks::pageBefore).orElse(Long.MAX_VALUE);
        List<WebhookStore.Logged> found = store.attempts(id, before, limit + 1);
        List<WebhookStore.Logged> page = found.subList(0, Math.min(limit, found.size()));
        return new DeliveryView.Page(
                page.stream().map(logged -> DeliveryView.of(logged.attempt())).toList(),
                found.size() > limit ? Long.toString(page.getLast().id()) : null);
    }

    /** Sends a message that is no change, now. */
    CompletionStage<DeliveryView> test(UUID id, Caller caller) throws SQLException {
        Webhook webhook = ready(id, caller);
        return dispatcher
                .special(webhook, () -> dispatcher.courier().test(webhook))
                .thenApply(DeliveryView::of);
    }

    /** Whether one event is meant, and not everything after a cursor. */
    static boolean isForOneEvent(SentFields fields) {
        return fields.has("event_id");
    }

    /** Goes on from another cursor: everything after it is sent again, in order. */
    WebhookView replayFrom(UUID id, SentFields fields, Caller caller) throws SQLException {
        if (fields.query(Start.NAMES).isEmpty()) {
            throw Problem.parameter("cursor", "Say from where: 'cursor', 'since', or one 'event_id'.");
        }
        Cursor cursor = place(fields, Start.LATEST);
        return own(id, caller, webhook -> webhook.with(webhook.progress().replayed(cursor, now())));
    }

    /** Sends one event again, now, beside the order of deliveries. */
    CompletionStage<DeliveryView> replayOne(UUID id, SentFields fields, Caller caller) throws SQLException {
        if (!fields.query(Start.NAMES).isEmpty()) {
            throw Problem.parameter("event_id", "Give 'event_id' alone, or 'cursor' or 'since'.");
        }
        String text = fields.text("event_id", LONGEST_TEXT)
                .orElseThrow(() -> Problem.parameter("event_id", "'event_id' takes the id of an event."));
        FeedChange change = event(text)
                .orElseThrow(() -> Problem.parameter("event_id", "There is no event with this id in the change log."));
        Webhook webhook = ready(id, caller);
        Message message = Message.change(change);
        return dispatcher
                .special(webhook, () -> dispatcher.courier().send(webhook, message, 1))
                .thenApply(DeliveryView::of);
    }

    /** A new secret; the old one signs beside it for a while. */
    WebhookView rotate(UUID id, SentFields fields, Caller caller) throws SQLException {
        int hours = fields.number("overlap_hours", 0, MOST_OVERLAP_HOURS, USUAL_OVERLAP_HOURS);
        requireKeys();
        SigningSecret secret = SigningSecret.fresh(random);
        Instant now = now();
        requireOwner(visible(id, caller), caller);
        Webhook changed = store.change(id, webhook -> {
                    Instant until = webhook.secrets().oldUntil();
                    if (hours > 0 && until != null && now.isBefore(until)) {
                        throw new Problem(
                                ProblemType.WEBHOOK_NOT_READY,
                                "The secret was rotated a short time ago, and the one before it signs until %s. Another"
                                                .formatted(until)
                                        + " rotation would end that at once; if it is meant, say overlap_hours: 0.");
                    }
                    return webhook.with(
                            webhook.secrets().rotated(keys.seal(secret, id), now.plus(Duration.ofHours(hours))));
                })
                .orElseThrow(() -> none(id));
        return WebhookView.of(changed, now, secret.shown());
    }

    /** Nothing is sent until it is resumed; nothing is lost. */
    WebhookView pause(UUID id, Caller caller) throws SQLException {
        return own(id, caller, webhook -> webhook.with(webhook.progress().paused("Paused by its owner.")));
    }

    /** Goes on where it stands, at once. */
    WebhookView resume(UUID id, Caller caller) throws SQLException {
        visible(id, caller);
        Webhook changed = store.change(id, webhook -> {
                    if (webhook.progress().held() ? !caller.admin() : !caller.owns(webhook)) {
                        throw new Problem(
                                ProblemType.FORBIDDEN,
                                webhook.progress().held()
                                        ? "An administrator has disabled it, and only one can resume it."
                                        : "Only its owner can do this.");
                    }
                    return webhook.with(webhook.progress().resumed(now()));
                })
                .orElseThrow(() -> none(id));
        dispatcher.wake();
        return view(changed);
    }

    /** For administrators: nothing is sent until one of them resumes it. */
    WebhookView disable(UUID id, SentFields fields) throws SQLException {
        String reason = fields.text("reason", LONGEST_TEXT)
                .orElseThrow(() -> Problem.parameter("reason", "'reason' is needed; the owner reads it."));
        return view(store.change(
                        id,
                        webhook -> webhook.with(webhook.progress().disabled("Disabled by an administrator: " + reason)))
                .orElseThrow(() -> none(id)));
    }

    private WebhookView own(UUID id, Caller caller, UnaryOperator<Webhook> change) throws SQLException {
        requireOwner(visible(id, caller), caller);
        Webhook changed = store.change(id, change).orElseThrow(() -> none(id));
        dispatcher.wake();
        return view(changed);
    }

    private Webhook visible(UUID id, Caller caller) throws SQLException {
        return store.find(id).filter(caller::sees).orElseThrow(() -> none(id));
    }

    private void requireKeys() {
        if (!keys.present()) {
            throw new Problem(ProblemType.WEBHOOKS_NOT_SET_UP, SecretKeys.remedy());
        }
    }

    private static void requireOwner(Webhook webhook, Caller caller) {
        if (!caller.owns(webhook)) {
            throw new Problem(
                    ProblemType.FORBIDDEN, "Only its owner can do this. An administrator can disable a webhook.");
        }
    }

    /** One to which something may be sent by hand. */
    private Webhook ready(UUID id, Caller caller) throws SQLException {
        Webhook webhook = visible(id, caller);
        requireOwner(webhook, caller);
        if (!webhook.progress().verified()) {
            throw new Problem(
                    ProblemType.WEBHOOK_NOT_READY,
                    "The endpoint has not echoed a challenge yet, and is sent nothing else before. To challenge it at once: POST …/resume.");
        }
        if (webhook.progress().status() == Status.DISABLED) {
            throw new Problem(ProblemType.WEBHOOK_NOT_READY, "The webhook is disabled. Resume it first.");
        }
        return webhook;
    }

    private Optional<FeedChange> event(String text) throws SQLException {
        try {
            return reader.event(UUID.fromString(text), currentHead.get().cursor());
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("event_id", "'event_id' takes the id of an event.");
        }
    }

    private Cursor place(SentFields fields, String otherwise) throws SQLException {
        Parameters parameters = new Parameters(fields.query(Start.NAMES), Start.NAMES);
        return switch (start.of(parameters, otherwise)) {
            case Place.After after -> after.cursor();
            case Place.Gone gone ->
                throw new Problem(ProblemType.CURSOR_GONE, gone.detail())
                        .with("parameter", "cursor")
                        .with("floor", gone.floor().toString());
        };
    }

    private Optional<String> url(SentFields fields) {
        return fields.text("url", LONGEST_TEXT)
                .map(text -> EndpointUrl.parse(text, endpoints.allowLoopback()).text());
    }

    private static Optional<String> description(SentFields fields) {
        return fields.text("description", LONGEST_TEXT);
    }

    private static String filter(SentFields fields) {
        return ChangeFilter.read(new Parameters(fields.query("filters", ChangeFilter.NAMES), ChangeFilter.NAMES))
                .canonical();
    }

    private WebhookView view(Webhook webhook) {
        return WebhookView.of(webhook, now(), null);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static Problem none(UUID id) {
        return new Problem(ProblemType.NOT_FOUND, "You have no webhook " + id + ". GET /v1/webhooks lists yours.");
    }

    private static UUID pageAfter(String cursor) {
        try {
            return UUID.fromString(cursor);
        } catch (IllegalArgumentException e) {
            throw Problem.parameter("cursor", "'cursor' takes the next_cursor of the page before.");
        }
    }

    private static long pageBefore(String cursor) {
        if (!cursor.matches("[0-9]{1,18}")) {
            throw Problem.parameter("cursor", "'cursor' takes the next_cursor of the page before.");
        }
        return Long.parseLong(cursor);
    }

    private static byte[] sha256(byte[] bytes) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(bytes);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256", e);
        }
    }

    private static Set<String> with(Set<String> names, String... more) {
        Set<String> all = new TreeSet<>(names);
        all.addAll(List.of(more));
        return Set.copyOf(all);
    }
}
