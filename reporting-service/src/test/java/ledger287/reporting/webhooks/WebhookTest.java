package ledger287.reporting.webhooks;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.standardwebhooks.Webhook;
import com.standardwebhooks.exceptions.WebhookVerificationException;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.LongStream;
import javax.sql.DataSource;
import ledger287.reporting.Reader;
import ledger287.reporting.Servers;
import ledger287.reporting.TestLedger;
import ledger287.reporting.Topic;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.database.Sql;
import ledger287.reporting.webhooks.Endpoint.Received;
import ledger287.reporting.webhooks.Endpoint.Reply;
import ledger287.reporting.webhooks.endpoint.SetNames;
import ledger287.reporting.webhooks.endpoint.TakenLookups;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a subscriber's endpoint may rely on: every change, at least once, in order, signed; whatever it does meanwhile. And
 * what others may rely on: that no endpoint makes us connect where we must not, or holds anybody up.
 */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = QuickWebhooks.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WebhookTest {
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String TFM = "task_force";
    private static final Duration SOON = Duration.ofSeconds(10);

    /** Long enough for a program to start, and for a message that was tried twice to no avail on a busy machine. */
    private static final Duration PATIENCE = Duration.ofMinutes(1);

    private final Topic topic;
    private final URI root;
    private final Reader reader;
    private final SubscriberClient anna;
    private final SubscriberClient ben;
    private final SubscriberClient boss;
    private final TestLedger ledger = new TestLedger();
    private final SetClock clock;
    private final SetNames names;
    private final DataSource database;
    private final Path authority;
    private final Others others;
    private final WebhookStore store;
    private final TakenLookups lookups;
    private final List<Endpoint> endpoints = new ArrayList<>();
    private int agreements;

    @Inject
    WebhookTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topicName,
            @ConfigProperty(name = "test.url") URI root,
            SetClock clock,
            SetNames names,
            DataSource database,
            Others others,
            WebhookStore store,
            TakenLookups lookups) {
        this.topic = new Topic(topicName);
        this.root = root;
        this.reader = new Reader(root);
        this.anna = new SubscriberClient(root, QuickWebhooks.ANNA);
        this.ben = new SubscriberClient(root, QuickWebhooks.BEN);
        this.boss = new SubscriberClient(root, Servers.ADMIN_KEY);
        // Not injected: there is no such setting in other tests, and injection is checked in all of them.
        this.authority = Path.of(
                ConfigProvider.getConfig().getValue("ledger287.reporting.webhook-endpoint.trust", String.class));
        this.clock = clock;
        this.names = names;
        this.database = database;
        this.others = others;
        this.store = store;
        this.lookups = lookups;
    }

    @BeforeAll
    void begin() throws Exception {
        topic.create();
        ledger.open(false, JUNE_4);
        publish("GA", 10);
    }

    @AfterEach
    void clear() throws Exception {
        for (SubscriberClient owner : List.of(anna, ben)) {
            for (JsonNode one : owner.json(200, "GET", "/v1/webhooks", "").path("items")) {
                owner.json(204, "DELETE", "/v1/webhooks/" + one.path("id").asText(), "");
            }
        }
        endpoints.forEach(Endpoint::close);
        endpoints.clear();
        clock.reset();
    }

    @AfterAll
    void close() {
        topic.close();
    }

    @Test
    void everyChangeComesOnceInOrderAndAnotherImplementationVerifiesItsSignature() throws Exception {
        Endpoint endpoint = secure();
        JsonNode webhook = create(endpoint.url("hooks.example.test"), "\"cursor\": \"earliest\"");
        assertThat(webhook.path("status").asText()).isEqualTo("unverified");
        assertThat(webhook.path("secret").asText()).startsWith("whsec_");
        publish("TX", 20);
        await().atMost(SOON).until(() -> endpoint.sequences().size() >= ledger.position());

        assertThat(endpoint.sequences())
                .isEqualTo(LongStream.rangeClosed(1, ledger.position()).boxed().toList());
        assertThat(endpoint.mostAtATime()).isEqualTo(1);
        JsonNode polled = reader.json("/v1/changes?limit=1000");
        for (int i = 0; i < endpoint.changes().size(); i++) {
            Received message = endpoint.changes().get(i);
            assertThat(message.json())
                    .as("as by polling")
                    .isEqualTo(polled.path("items").get(i));
            assertThat(message.header("webhook-id"))
                    .isEqualTo(message.json().path("id").asText());
            assertThat(message.header("content-type")).isEqualTo("application/cloudevents+json");
            assertThat(message.path()).isEqualTo("/hook?desk=news");
        }
        for (Received message : endpoint.received()) {
            verify(message, webhook.path("secret").asText());
        }
        Received tampered = endpoint.changes().getFirst();
        assertThatThrownBy(() ->
                        new Webhook(webhook.path("secret").asText()).verify(tampered.body() + " ", headers(tampered)))
                .isInstanceOf(WebhookVerificationException.class);

        String head = polled.path("next_cursor").asText();
        await().atMost(SOON)
                .until(() -> anna.get(id(webhook)).path("cursor").asText().equals(head));
        JsonNode now = anna.get(id(webhook));
        assertThat(now.path("status").asText()).isEqualTo("active");
        assertThat(now.has("secret")).as("shown once").isFalse();
        JsonNode log = deliveries(webhook);
        assertThat(log.get(0).path("outcome").asText()).isEqualTo("delivered");
        assertThat(log.get(0).path("status").asInt()).isEqualTo(204);
        assertThat(log.get(0).path("cursor").asText())
                .isEqualTo(polled.path("next_cursor").asText());
        assertThat(log.get(log.size() - 1).path("kind").asText()).isEqualTo("challenge");
    }

    @Test
    void nothingIsSentToAnEndpointThatDoesNotEchoTheChallenge() throws Exception {
        Endpoint endpoint = open();
        endpoint.answersChallenges(message -> new Reply(200, message.body()));
        JsonNode webhook = create(endpoint.url(), "\"cursor\": \"earliest\"");
        await().atMost(SOON).until(() -> anna.get(id(webhook)).path("failures").asInt() == 1);
        JsonNode unverified = anna.get(id(webhook));
        assertThat(unverified.path("status").asText()).isEqualTo("unverified");
        assertThat(unverified.path("reason").asText()).contains("not with the challenge");
        assertThat(unverified.path("next_attempt_at").isNull()).isFalse();
        anna.post(409, id(webhook), "test", "");
        assertThat(endpoint.received()).allMatch(Received::isChallenge);

        endpoint.answersChallenges(message -> new Reply(
                200, "{\"challenge\":\"" + message.json().at("/data/challenge").asText() + "\"}"));
        anna.post(200, id(webhook), "resume", "");
        await().atMost(SOON).until(() -> endpoint.sequences().size() == ledger.position());

        Endpoint another = open();
        another.answersChallenges(message -> new Reply(200, ""));
        anna.json(200, "PATCH", "/v1/webhooks/" + id(webhook), "{\"url\": \"" + another.url() + "\"}");
        publish("GA", 1);
        await().atMost(SOON).until(() -> !another.received().isEmpty());
        assertThat(another.received()).allMatch(Received::isChallenge);
        assertThat(anna.get(id(webhook)).path("status").asText()).isEqualTo("unverified");
    }

    @Test
    void anEndpointThatIsDownForADayGetsEverythingInOrderWhenItIsBack() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        endpoint.answers(message -> new Reply(503, "down", Map.of("Retry-After", "60")));
        long before = ledger.position();
        publish("GA", 5);
        int attempts = 1;
        await().atMost(SOON).until(() -> anna.get(id(webhook)).path("failures").asInt() == 1);
        Duration down = Duration.ZERO;
        while (down.compareTo(Duration.ofHours(24)) < 0) {
            Duration step = attempts < 6 ? Duration.ofHours(1) : Duration.ofHours(5);
            clock.pass(step);
            down = down.plus(step);
            // No attempt is under way when the clock goes on: it would count its wait from there.
            int expected = ++attempts;
            await().atMost(SOON)
                    .until(() -> anna.get(id(webhook)).path("failures").asInt() == expected);
        }
        assertThat(new LinkedHashSet<>(endpoint.sequences()))
                .as("only the first one is tried")
                .hasSize(1);
        JsonNode failing = anna.get(id(webhook));
        assertThat(failing.path("status").asText()).isEqualTo("active");
        assertThat(failing.path("reason").asText()).isEqualTo("Answered 503.");
        assertThat(deliveries(webhook).get(0).path("response").asText()).isEqualTo("down");
        assertThat(deliveries(webhook).get(0).path("attempt").asInt()).isGreaterThanOrEqualTo(attempts);

        endpoint.answers(message -> Endpoint.TAKEN);
        clock.pass(Duration.ofHours(5));
        await().atMost(SOON).until(() -> endpoint.sequences().getLast() == ledger.position());
        assertThat(List.copyOf(new LinkedHashSet<>(endpoint.sequences())))
                .isEqualTo(LongStream.rangeClosed(before + 1, ledger.position())
                        .boxed()
                        .toList());
        assertThat(endpoint.sequences()).isSorted();
        assertThat(anna.get(id(webhook)).path("reason").isNull()).isTrue();
    }

    @Test
    void anEndpointThatFailsForSeventyFiveHoursIsPausedAndGoesOnWhereItStoodWhenResumed() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        endpoint.answers(message -> new Reply(500, ""));
        long before = ledger.position();
        publish("GA", 2);
        await().atMost(SOON).until(() -> anna.get(id(webhook)).path("failures").asInt() == 1);
        clock.pass(Duration.ofHours(76));
        await().atMost(SOON)
                .until(() -> anna.get(id(webhook)).path("status").asText().equals("paused"));
        assertThat(anna.get(id(webhook)).path("reason").asText())
                .contains("75 hours")
                .contains("Answered 500.");
        publish("GA", 2);

        endpoint.answers(message -> Endpoint.TAKEN);
        anna.post(200, id(webhook), "resume", "");
        await().atMost(SOON).until(() -> endpoint.sequences().getLast() == ledger.position());
        assertThat(List.copyOf(new LinkedHashSet<>(endpoint.sequences())))
                .isEqualTo(LongStream.rangeClosed(before + 1, ledger.position())
                        .boxed()
                        .toList());
    }

    @Test
    void endpointsThatHangHoldNobodyUp() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        try {
            Endpoint endpoint = open();
            JsonNode webhook = active(endpoint);
            List<Endpoint> hanging = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                Endpoint one = open();
                active(one);
                one.answers(message -> {
                    awaitQuietly(release);
                    return Endpoint.TAKEN;
                });
                hanging.add(one);
            }
            names.hang("nowhere.example.test", release);
            create("https://nowhere.example.test/", "\"cursor\": \"earliest\"");
            publish("GA", 3);
            await().atMost(SOON).until(() -> endpoint.sequences().contains(ledger.position()));
            assertThat(anna.get(id(webhook)).path("failures").asInt()).isZero();
            await().atMost(SOON)
                    .until(() -> hanging.stream().noneMatch(one -> one.changes().isEmpty()));
            await().atMost(PATIENCE).untilAsserted(() -> assertThat(anna.json(200, "GET", "/v1/webhooks", "")
                            .path("items")
                            .findValuesAsText("reason"))
                    .contains("No answer within 5 s.", "The name was not found within 1 s."));
            assertThat(count("""
                            webhook_delivery given_up
                              join webhook_delivery late on late.delivery_id > given_up.delivery_id
                             where given_up.kind = 'change'
                               and given_up.outcome = 'failed'
                               and late.webhook_id = '%s'
                            """.formatted(id(webhook))))
                    .as("delivered after the first of those that hang was given up")
                    .isZero();
        } finally {
            release.countDown();
        }
    }

    @Test
    void thatWeCannotTryForAReasonOfOurOwnIsNoFailureOfTheEndpoint() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        int attempts = deliveries(webhook).size();
        try {
            names.hang("taken.example.test", release);
            lookups.takeAll("taken.example.test");
            publish("GA", 1);
            await().atMost(SOON)
                    .until(() -> anna.get(id(webhook)).path("reason").asText().contains("on our side"));
            JsonNode deferred = anna.get(id(webhook));
            assertThat(deferred.path("status").asText()).isEqualTo("active");
            assertThat(deferred.path("failures").asInt()).isZero();
            assertThat(deferred.path("failing_since").isNull()).isTrue();
            assertThat(deliveries(webhook)).as("nothing was tried").hasSize(attempts);
            anna.post(503, id(webhook), "test", "");
        } finally {
            release.countDown();
        }
        clock.pass(Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> endpoint.sequences().contains(ledger.position()));
        await().atMost(SOON).until(() -> anna.get(id(webhook)).path("reason").isNull());
        assertThat(deliveries(webhook))
                .allMatch(delivery -> delivery.path("outcome").asText().equals("delivered"));
    }

    @Test
    void howeverManyWebhooksAreBehindFewConnectionsReadForThem() throws Exception {
        Endpoint endpoint = open();
        Cursor head = logHead();
        Cursor before = new Cursor(head.epoch(), head.sequence() - 1);
        List<JsonNode> webhooks = new ArrayList<>();
        try (Connection operator = database.getConnection()) {
            operator.setAutoCommit(false);
            try (Statement lock = operator.createStatement()) {
                lock.execute("lock table change in access exclusive mode");
            }
            for (int i = 0; i < 4 * Dispatcher.MOST_READING; i++) {
                webhooks.add(create(endpoint.url(), "\"cursor\": \"" + before + "\""));
            }
            for (JsonNode webhook : webhooks) {
                // From then on it has something to read.
                await().atMost(SOON)
                        .until(() ->
                                anna.get(id(webhook)).path("status").asText().equals("active"));
            }
            await().during(Duration.ofMillis(300)).atMost(SOON).until(() -> readingTheLog() == Dispatcher.MOST_READING);
            operator.rollback();
        }
        for (JsonNode webhook : webhooks) {
            await().atMost(SOON)
                    .until(() -> anna.get(id(webhook)).path("cursor").asText().equals(head.toString()));
        }
    }

    @Test
    void aRedirectionIsAFailureAndNobodyFollowsIt() throws Exception {
        Endpoint other = open();
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        endpoint.answers(message -> new Reply(302, "", Map.of("Location", other.url())));
        publish("GA", 1);
        await().atMost(SOON).until(() -> anna.get(id(webhook)).path("failures").asInt() == 1);
        assertThat(other.received()).isEmpty();
        assertThat(anna.get(id(webhook)).path("reason").asText())
                .contains("302")
                .contains("not followed");
    }

    @Test
    void anEndpointThatIsGoneIsDisabledAtOnceAndChallengedWhenItIsResumed() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        endpoint.answers(message -> new Reply(410, ""));
        publish("GA", 2);
        await().atMost(SOON)
                .until(() -> anna.get(id(webhook)).path("status").asText().equals("disabled"));
        assertThat(endpoint.changes()).hasSize(1);
        assertThat(anna.get(id(webhook)).path("reason").asText()).contains("410");
        anna.post(409, id(webhook), "test", "");

        endpoint.answers(message -> Endpoint.TAKEN);
        anna.post(200, id(webhook), "resume", "");
        await().atMost(SOON).until(() -> endpoint.sequences().contains(ledger.position()));
        assertThat(endpoint.received().stream().filter(Received::isChallenge)).hasSize(2);
    }

    @Test
    void aNameThatLeadsToAPrivateAddressAtTheSecondAttemptIsNotConnectedTo() throws Exception {
        Endpoint endpoint = secure();
        JsonNode webhook = create(endpoint.url("moving.example.test"), "\"cursor\": \"latest\"");
        await().atMost(SOON)
                .until(() -> anna.get(id(webhook)).path("status").asText().equals("active"));
        int messages = endpoint.received().size();
        names.then("moving.example.test", "10.0.0.5");
        names.then("moving.example.test", "127.0.0.1", "fd00::5");
        publish("GA", 1);
        await().atMost(SOON).until(() -> anna.get(id(webhook)).path("failures").asInt() == 1);
        JsonNode refused = deliveries(webhook).get(0);
        assertThat(refused.path("outcome").asText()).isEqualTo("refused");
        assertThat(refused.path("detail").asText()).contains("10.0.0.5").contains("private");
        assertThat(refused.path("status").isNull()).isTrue();
        assertThat(refused.path("response").isNull()).isTrue();
        clock.pass(Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> anna.get(id(webhook)).path("failures").asInt() == 2);
        assertThat(deliveries(webhook).get(0).path("detail").asText())
                .as("one bad address among several is enough")
                .contains("fd00");
        assertThat(endpoint.received()).hasSize(messages);
        clock.pass(Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> endpoint.sequences().contains(ledger.position()));
    }

    @Test
    void aCertificateForAnotherNameIsNotBelieved() throws Exception {
        Endpoint endpoint = secure();
        JsonNode webhook = create(endpoint.url("hooks.other.test"), "\"cursor\": \"latest\"");
        await().atMost(SOON).until(() -> anna.get(id(webhook)).path("failures").asInt() == 1);
        assertThat(endpoint.received()).isEmpty();
        assertThat(deliveries(webhook).get(0).path("detail").asText()).contains("SSL");
    }

    @Test
    void afterARotationBothSecretsSignUntilTheOverlapIsOver() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        String old = webhook.path("secret").asText();
        String fresh = anna.post(200, id(webhook), "rotate", "{\"overlap_hours\": 2}")
                .path("secret")
                .asText();
        assertThat(fresh).startsWith("whsec_").isNotEqualTo(old);
        anna.post(409, id(webhook), "rotate", "");
        anna.post(200, id(webhook), "test", "");
        Received during = endpoint.received().getLast();
        assertThat(during.type()).isEqualTo("webhook.test");
        assertThat(during.header("webhook-signature").split(" ")).hasSize(2);
        verify(during, old);
        verify(during, fresh);

        clock.pass(Duration.ofMinutes(121));
        anna.post(200, id(webhook), "test", "");
        Received after = endpoint.received().getLast();
        assertThat(after.header("webhook-signature").split(" ")).hasSize(1);
        String signed = new Webhook(fresh)
                .sign(after.header("webhook-id"), Long.parseLong(after.header("webhook-timestamp")), after.body());
        assertThat(after.header("webhook-signature")).isEqualTo(signed);
    }

    @Test
    void aQuietFilterMovesOnWithoutAMessageAndHearsWhatLeavesItsState() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = create(
                endpoint.url(),
                "\"filters\": {\"state\": [\"HI\"], \"type\": \"agreement.*\"}, \"cursor\": \"latest\"");
        assertThat(webhook.at("/filters/state/0").asText()).isEqualTo("HI");
        await().atMost(SOON)
                .until(() -> anna.get(id(webhook)).path("status").asText().equals("active"));
        publish("GA", 5);
        String head =
                reader.json("/v1/changes?cursor=latest").path("next_cursor").asText();
        await().atMost(SOON)
                .until(() -> anna.get(id(webhook)).path("cursor").asText().equals(head));
        assertThat(endpoint.changes()).isEmpty();
        ledger.sign("Maui", "HI", TFM, "2025-06-01", JUNE_4);
        ledger.agreement("state-changed", "Maui", TFM, JUNE_4, image -> image.put("state", "GA"));
        publish();
        await().atMost(SOON).until(() -> endpoint.changes().size() == 2);
        assertThat(endpoint.changes().getLast().type()).contains("state-changed");
    }

    @Test
    void aFilterThatIsChangedDuringASendTakesEverythingAfterTheCursorThatItsOwnerWasTold() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = activeFor("HI", endpoint);
        long before = ledger.position();
        // The last one that the old filter takes: what comes behind it has been looked through already.
        long last = before + 2;
        AtomicReference<@Nullable JsonNode> told = new AtomicReference<>();
        endpoint.answers(message -> {
            if (message.sequence() == last && told.get() == null) {
                told.set(unchecked(() -> anna.json(
                        200, "PATCH", "/v1/webhooks/" + id(webhook), "{\"filters\": {\"state\": \"HI,GA\"}}")));
            }
            return Endpoint.TAKEN;
        });
        ledger.sign("Hilo", "HI", TFM, "2025-06-01", JUNE_4);
        publish("GA", 3);
        await().atMost(SOON).until(() -> endpoint.sequences().contains(ledger.position()));
        JsonNode patched = Objects.requireNonNull(told.get());
        assertThat(patched.path("cursor").asText()).endsWith("-" + (last - 1));
        assertThat(List.copyOf(new LinkedHashSet<>(endpoint.sequences())))
                .isEqualTo(LongStream.rangeClosed(before + 1, ledger.position())
                        .boxed()
                        .toList());
    }

    @Test
    void aReplayGoesBackAndOneEventIsSentAgainBesideTheOrder() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        publish("GA", 3);
        await().atMost(SOON).until(() -> endpoint.sequences().contains(ledger.position()));
        int before = endpoint.changes().size();
        String event = endpoint.changes().getFirst().json().path("id").asText();
        JsonNode delivery = anna.post(200, id(webhook), "replay", "{\"event_id\": \"" + event + "\"}");
        assertThat(delivery.path("outcome").asText()).isEqualTo("delivered");
        assertThat(delivery.path("message_id").asText()).isEqualTo(event);
        assertThat(endpoint.changes()).hasSize(before + 1);

        anna.post(200, id(webhook), "pause", "");
        anna.post(200, id(webhook), "replay", "{\"cursor\": \"earliest\"}");
        publish("GA", 1);
        assertThat(anna.get(id(webhook)).path("status").asText()).isEqualTo("paused");
        assertThat(endpoint.changes()).hasSize(before + 1);
        anna.post(200, id(webhook), "resume", "");
        await().atMost(SOON).until(() -> endpoint.sequences().contains(ledger.position()));
        assertThat(endpoint.sequences().subList(before + 1, endpoint.sequences().size()))
                .isEqualTo(LongStream.rangeClosed(1, ledger.position()).boxed().toList());
    }

    @Test
    void whatAnOwnerWishesOfAQuietWebhookWhileItIsBeingMovedOnStays() throws Exception {
        JsonNode webhook = activeFor("HI", open());
        // Due for the worker of this test only, whose clock is ahead.
        execute("update webhook set due_at = due_at + interval '30 minutes' where owner = 'anna'");
        publish("GA", 2);
        UUID worker = new UUID(0, 12);
        store.alive(worker, Duration.ofMinutes(5));
        try {
            List<WebhookStore.Leased> leased = leaseBy(worker);
            anna.post(200, id(webhook), "replay", "{\"cursor\": \"earliest\"}");
            store.pass(leased, logHead());
            assertThat(anna.get(id(webhook)).path("cursor").asText())
                    .as("set back")
                    .endsWith("-0");

            leased = leaseBy(worker);
            anna.json(200, "PATCH", "/v1/webhooks/" + id(webhook), "{\"filters\": {\"state\": \"GU\"}}");
            store.pass(leased, logHead());
            assertThat(anna.get(id(webhook)).path("cursor").asText())
                    .as("another filter")
                    .endsWith("-0");

            store.pass(leaseBy(worker), logHead());
            assertThat(anna.get(id(webhook)).path("cursor").asText())
                    .isEqualTo(logHead().toString());
        } finally {
            store.gone(worker);
        }
    }

    @Test
    void aNewChangeLogIsToldByAResetAndThenFromItsFloor() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        AtomicBoolean refused = new AtomicBoolean();
        endpoint.answers(message ->
                message.type().equals("reset") && !refused.getAndSet(true) ? new Reply(500, "") : Endpoint.TAKEN);
        execute("update change_head set epoch = 'anew' || epoch");
        await().atMost(SOON).until(() -> anna.get(id(webhook)).path("failures").asInt() == 1);
        assertThat(endpoint.changes()).as("no silent gap").isEmpty();
        clock.pass(Duration.ofMinutes(1));
        await().atMost(SOON).until(() -> endpoint.sequences().contains(ledger.position()));
        Received reset = endpoint.received().stream()
                .filter(message -> message.type().equals("reset"))
                .toList()
                .getLast();
        assertThat(reset.json().path("floor").asText()).startsWith("anew").endsWith("-0");
        assertThat(reset.json().path("snapshot").asText()).endsWith("/v1/statistics/headline");
        assertThat(endpoint.sequences())
                .isEqualTo(LongStream.rangeClosed(1, ledger.position()).boxed().toList());
    }

    @Test
    void whatADeadInstanceWasDeliveringIsDeliveredByAnotherAndNotWhileItLives() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        Endpoint busy = open();
        active(busy);
        UUID other = new UUID(0, 1);
        store.alive(other, Duration.ofMinutes(5));
        try {
            execute("update webhook set leased_by = '%s', lease = lease + 1 where webhook_id = '%s'"
                    .formatted(other, id(webhook)));
            publish("GA", 3);
            await().atMost(SOON).until(() -> busy.sequences().contains(ledger.position()));
            assertThat(endpoint.changes()).as("the other one may be alive").isEmpty();
            execute("update webhook_worker set alive_until = clock_timestamp() where worker_id = '%s'"
                    .formatted(other));
            await().atMost(SOON).until(() -> endpoint.sequences().contains(ledger.position()));
        } finally {
            store.gone(other);
        }
    }

    @Test
    void whatAnInstanceHadSentWhenItWasKilledIsSentAgainByAnotherAndThenTheRestInOrder() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        long before = ledger.position();
        // Due by the clock of the one that will be killed only, so that it has the lease and nobody else.
        execute("update webhook set due_at = due_at + interval '30 minutes' where owner = 'anna'");
        Others.Mortal mortal = others.mortal(Clock.offset(clock, Duration.ofHours(1)));
        List<Integer> alive = new CopyOnWriteArrayList<>();
        endpoint.answers(message -> {
            if (mortal.isDead()) {
                alive.add(instancesAlive());
            } else if (message.sequence() == before + 7) {
                mortal.kill();
            }
            return Endpoint.TAKEN;
        });
        mortal.start();
        publish("GA", 5);
        await().atMost(PATIENCE).until(mortal::isDead);
        assertThat(count("webhook where leased_by is not null and webhook_id = '" + id(webhook) + "'"))
                .as("it holds the lease")
                .isEqualTo(1);
        clock.pass(Duration.ofHours(2));
        publish("GA", 5);
        await().atMost(PATIENCE).until(() -> endpoint.sequences().contains(ledger.position()));

        assertThat(List.copyOf(new LinkedHashSet<>(endpoint.sequences())))
                .isEqualTo(LongStream.rangeClosed(before + 1, ledger.position())
                        .boxed()
                        .toList());
        assertThat(Collections.frequency(endpoint.sequences(), before + 7))
                .as("nobody knows that the dead one has sent it")
                .isGreaterThanOrEqualTo(2);
        assertThat(alive).as("not while it might be alive").isNotEmpty().allMatch(instances -> instances <= 1);
    }

    @Test
    void severalInstancesShareTheWorkAndNoneThatStopsLosesAnything() throws Exception {
        Endpoint endpoint = open();
        active(endpoint);
        Endpoint busy = open();
        active(busy);
        long before = ledger.position();
        for (int round = 0; round < 4; round++) {
            Dispatcher another = others.get();
            another.start(new StartupEvent());
            long seen = endpoint.changes().size();
            publish("GA", 10);
            await().atMost(SOON).until(() -> endpoint.changes().size() > seen);
            another.stop(new ShutdownEvent());
        }
        await().atMost(SOON)
                .until(() -> endpoint.sequences().contains(ledger.position())
                        && busy.sequences().contains(ledger.position()));
        for (Endpoint one : List.of(endpoint, busy)) {
            assertThat(List.copyOf(new LinkedHashSet<>(one.sequences())))
                    .isEqualTo(LongStream.rangeClosed(before + 1, ledger.position())
                            .boxed()
                            .toList());
            assertThat(one.sequences().size()).as("little comes twice").isLessThanOrEqualTo(80 + 8);
        }
    }

    @Test
    void thousandsForWhomNothingCameAreFoundByIndexesAndMovedOnTogether() throws Exception {
        String secret = "'\\x00', 'none'";
        execute("""
                insert into webhook (webhook_id, owner, url, filter, status, held, verified, epoch, sequence, failures,
                                     due_at, secret, secret_key, created_at)
                select cast(md5('crowd' || n) as uuid), 'crowd', 'https://crowd.example.test/', 'state=HI', 'active', false,
                       true, h.epoch, h.sequence, 0, now(), %s, now()
                  from generate_series(1, 5000) n
                 cross join change_head h
                """.formatted(secret));
        try {
            execute("analyze webhook");
            Cursor head = logHead();
            StringBuilder plan = new StringBuilder();
            try (Connection connection = database.getConnection();
                    PreparedStatement explain = new Sql("explain ")
                            .add(WebhookStore.due(new UUID(0, 0), Set.of(), head, clock.instant(), 100))
                            .prepare(connection);
                    ResultSet row = explain.executeQuery()) {
                while (row.next()) {
                    plan.append(row.getString(1)).append('\n');
                }
            }
            assertThat(plan).contains("webhook_behind", "webhook_unverified").doesNotContain("Seq Scan on webhook w");
            publish("GA", 1);
            await().atMost(SOON)
                    .until(() -> count("webhook where owner = 'crowd' and sequence < " + ledger.position()) == 0);
        } finally {
            execute("delete from webhook where owner = 'crowd'");
        }
    }

    @Test
    void ownersManageTheirOwnAndAdministratorsSeeAllAndDisableAny() throws Exception {
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        String path = "/v1/webhooks/" + id(webhook);
        for (String method : List.of("GET", "DELETE")) {
            ben.json(404, method, path, "");
        }
        ben.json(404, "PATCH", path, "{\"description\": \"mine\"}");
        ben.json(404, "GET", path + "/deliveries", "");
        for (String act : List.of("test", "pause", "resume", "rotate")) {
            ben.post(404, id(webhook), act, "");
        }
        ben.post(404, id(webhook), "replay", "{\"cursor\": \"earliest\"}");
        ben.post(403, id(webhook), "disable", "{\"reason\": \"no\"}");
        assertThat(ben.json(200, "GET", "/v1/webhooks", "").path("count").asInt())
                .isZero();
        assertThat(ben.send("GET", "/v1/webhooks?owner=anna", "").statusCode()).isEqualTo(400);

        boss.json(403, "POST", "/v1/webhooks", "{}");
        assertThat(boss.json(200, "GET", "/v1/webhooks?owner=anna", "")
                        .path("items")
                        .get(0)
                        .path("owner")
                        .asText())
                .isEqualTo("anna");
        boss.json(403, "DELETE", path, "");
        assertThat(boss.post(200, id(webhook), "disable", "{\"reason\": \"It floods us.\"}")
                        .path("reason")
                        .asText())
                .contains("It floods us.");
        anna.post(403, id(webhook), "resume", "");
        boss.post(200, id(webhook), "resume", "");
        SubscriberClient editor = new SubscriberClient(root, Servers.EDITOR_KEY);
        editor.json(403, "GET", "/v1/webhooks", "");
        SubscriberClient nobody = new SubscriberClient(root, "");
        nobody.json(401, "GET", "/v1/webhooks", "");
        nobody.json(401, "POST", "/v1/webhooks", "{}");
    }

    @Test
    void theDatabaseHoldsNoSecretThatCouldBeRead() throws Exception {
        Endpoint endpoint = open();
        String secret = active(endpoint).path("secret").asText();
        byte[] bytes = Base64.getDecoder().decode(secret.substring("whsec_".length()));
        StringBuilder rows = new StringBuilder();
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("""
                        select w::text, encode(w.secret, 'escape'), encode(w.secret, 'hex') from webhook w
                        union all
                        select d::text, null, null from webhook_delivery d
                        """)) {
            while (row.next()) {
                rows.append(row.getString(1)).append(row.getString(2)).append(row.getString(3));
            }
        }
        assertThat(rows)
                .doesNotContain(secret)
                .doesNotContain(secret.substring(6, 26))
                .doesNotContain(java.util.HexFormat.of().formatHex(bytes))
                .doesNotContain(java.util.HexFormat.of().formatHex(Arrays.copyOf(bytes, 8)));
    }

    @Test
    void theSameRequestSentAgainIsTheSameWebhookAndItsSecretAgain() throws Exception {
        Endpoint endpoint = open();
        String body = "{\"url\": \"" + endpoint.url() + "\"}";
        JsonNode first = anna.json(201, "POST", "/v1/webhooks", body, "Idempotency-Key", "one");
        JsonNode again = anna.json(200, "POST", "/v1/webhooks", body, "Idempotency-Key", "one");
        assertThat(again.path("id")).isEqualTo(first.path("id"));
        assertThat(again.path("secret")).isEqualTo(first.path("secret"));
        anna.json(
                422,
                "POST",
                "/v1/webhooks",
                "{\"url\": \"" + endpoint.url("localhost") + "\"}",
                "Idempotency-Key",
                "one");
        JsonNode bens = ben.json(201, "POST", "/v1/webhooks", body, "Idempotency-Key", "one");
        assertThat(bens.path("id")).isNotEqualTo(first.path("id"));
    }

    @Test
    void nobodyHasMoreWebhooksThanTheMost() throws Exception {
        Endpoint endpoint = open();
        for (int i = 0; i < QuickWebhooks.MOST; i++) {
            create(endpoint.url(), "\"cursor\": \"latest\"");
        }
        JsonNode refusal = anna.json(422, "POST", "/v1/webhooks", "{\"url\": \"" + endpoint.url() + "\"}");
        assertThat(refusal.path("type").asText()).endsWith("too-many-webhooks");
        ben.create("{\"url\": \"" + endpoint.url() + "\"}");
        JsonNode page = anna.json(200, "GET", "/v1/webhooks?limit=5", "");
        Set<String> ids = new LinkedHashSet<>(page.path("items").findValuesAsText("id"));
        while (!page.path("next_cursor").isNull()) {
            page = anna.json(
                    200,
                    "GET",
                    "/v1/webhooks?limit=5&cursor=" + page.path("next_cursor").asText(),
                    "");
            ids.addAll(page.path("items").findValuesAsText("id"));
        }
        assertThat(ids).hasSize(QuickWebhooks.MOST);
    }

    @Test
    void whatCannotBeUsedIsRefusedByItsName() throws Exception {
        String url = "\"url\": \"https://hooks.example.test/\"";
        Map<String, String> wrong = Map.ofEntries(
                Map.entry("{}", "url"),
                Map.entry("{\"url\": 5}", "url"),
                Map.entry("{\"url\": \"https://user:pw@hooks.example.test/\"}", "url"),
                Map.entry("{\"url\": \"http://10.0.0.1:8080/\"}", "url"),
                Map.entry("{\"url\": \"https://169.254.169.254/\"}", "url"),
                Map.entry("{" + url + ", \"uri\": \"x\"}", "uri"),
                Map.entry("{" + url + ", \"filters\": []}", "filters"),
                Map.entry("{" + url + ", \"filters\": {\"sate\": \"TX\"}}", "sate"),
                Map.entry("{" + url + ", \"filters\": {\"state\": \"XX\"}}", "state"),
                Map.entry("{" + url + ", \"filters\": {\"state\": 5}}", "state"),
                Map.entry("{" + url + ", \"filters\": {\"type\": \"agreement.sined\"}}", "type"),
                Map.entry("{" + url + ", \"filters\": {\"agency_id\": \"x\"}}", "agency_id"),
                Map.entry("{" + url + ", \"cursor\": \"x\"}", "cursor"),
                Map.entry("{" + url + ", \"cursor\": \"latest\", \"since\": \"2025-01-01\"}", "since"),
                Map.entry("{" + url + ", \"since\": \"yesterday\"}", "since"),
                Map.entry("{" + url + ", \"description\": \"" + "x".repeat(3000) + "\"}", "description"));
        for (Map.Entry<String, String> one : wrong.entrySet()) {
            JsonNode problem = anna.json(400, "POST", "/v1/webhooks", one.getKey());
            assertThat(problem.path("parameter").asText()).as(one.getKey()).isEqualTo(one.getValue());
        }
        for (String body : List.of("", "[]", "{", "{} {}", "{\"url\": \"a\", \"url\": \"b\"}", "\u0000", "null")) {
            assertThat(anna.send("POST", "/v1/webhooks", body).statusCode())
                    .as(body)
                    .isEqualTo(400);
        }
        assertThat(anna.send("POST", "/v1/webhooks", "{\"url\": \"" + "x".repeat(70_000) + "\"}")
                        .statusCode())
                .isEqualTo(413);
        JsonNode gone = anna.json(410, "POST", "/v1/webhooks", "{" + url + ", \"cursor\": \"otherlog-5\"}");
        assertThat(gone.path("parameter").asText()).isEqualTo("cursor");
        JsonNode webhook = create("https://hooks.example.test/", "\"cursor\": \"latest\"");
        anna.post(400, id(webhook), "rotate", "{\"overlap_hours\": 1000}");
        assertThat(anna.send("GET", "/v1/webhooks/" + id(webhook) + "/deliveries?limit=0", "")
                        .statusCode())
                .isEqualTo(400);
        anna.json(404, "GET", "/v1/webhooks/00000000-0000-0000-0000-000000000009", "");
    }

    @Test
    void aFieldThatCannotBeUsedIsToldBeforeAnythingElseThatStandsInTheWay() throws Exception {
        JsonNode webhook = create("https://hooks.example.test/", "\"cursor\": \"latest\"");
        String event = reader.json("/v1/changes?limit=1").at("/items/0/id").asText();
        anna.post(200, id(webhook), "rotate", "");
        boss.post(200, id(webhook), "disable", "{\"reason\": \"It floods us.\"}");
        anna.post(409, id(webhook), "test", "{}");
        anna.post(409, id(webhook), "replay", "{\"event_id\": \"" + event + "\"}");
        anna.post(409, id(webhook), "rotate", "{\"overlap_hours\": 24}");
        anna.post(403, id(webhook), "resume", "{}");

        requireRefused(anna, webhook, "test", "{\"type\": \"x\"}", "type");
        requireRefused(anna, webhook, "replay", "{}", "cursor");
        requireRefused(anna, webhook, "replay", "{\"cursor\": \"x\"}", "cursor");
        requireRefused(anna, webhook, "replay", "{\"since\": \"yesterday\"}", "since");
        requireRefused(anna, webhook, "replay", "{\"event\": \"" + event + "\"}", "event");
        requireRefused(anna, webhook, "replay", "{\"event_id\": null}", "event_id");
        requireRefused(anna, webhook, "replay", "{\"event_id\": 5}", "event_id");
        requireRefused(anna, webhook, "replay", "{\"event_id\": \"x\"}", "event_id");
        requireRefused(anna, webhook, "replay", "{\"event_id\": \"" + new UUID(0, 9) + "\"}", "event_id");
        requireRefused(
                anna, webhook, "replay", "{\"event_id\": \"" + event + "\", \"cursor\": \"latest\"}", "event_id");
        requireRefused(anna, webhook, "rotate", "{\"overlap_hours\": 1000}", "overlap_hours");
        requireRefused(anna, webhook, "rotate", "{\"hours\": 1}", "hours");
        requireRefused(anna, webhook, "pause", "{\"until\": \"2026-01-01\"}", "until");
        requireRefused(anna, webhook, "resume", "{\"cursor\": \"latest\"}", "cursor");
        requireRefused(boss, webhook, "disable", "{}", "reason");
        requireRefused(boss, webhook, "disable", "{\"reason\": 5}", "reason");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Receive.java", "receive.py", "receive.mjs"})
    void theReceiversOfTheDocsTakeEveryChangeOnceAndNothingThatIsForged(String program) throws Exception {
        int port = ExampleReceiver.freePort();
        JsonNode webhook = create(
                "http://127.0.0.1:" + port + "/", "\"cursor\": \"latest\", \"filters\": {\"type\": \"agreement.*\"}");
        String begin = webhook.path("cursor").asText();
        String secret = webhook.path("secret").asText();
        try (var receiver = ExampleReceiver.start(program, port, secret)) {
            await().atMost(PATIENCE).until(receiver::answers);
            receiver.halfAMessage().close();
            try (Socket hanging = receiver.halfAMessage()) {
                anna.post(200, id(webhook), "resume", "");
                publish("GA", 5);
                List<String> first = agreementChanges(begin);
                await().atMost(PATIENCE).until(() -> receiver.ids().containsAll(first));
                anna.post(200, id(webhook), "replay", "{\"cursor\": \"" + begin + "\"}");
                publish("GA", 1);
                List<String> expected = agreementChanges(begin);
                await().atMost(PATIENCE).until(() -> receiver.ids().contains(expected.getLast()));
                JsonNode log = deliveries(webhook);
                assertThat(first)
                        .hasSize(5)
                        .as("each was taken twice")
                        .allMatch(change -> timesTaken(log, change) >= 2);
                assertThat(receiver.ids()).isEqualTo(expected);

                requireNothingForged(receiver, secret);
                assertThat(receiver.ids())
                        .hasSize(expected.size() + 2)
                        .startsWith(expected.toArray(String[]::new))
                        .endsWith("genuine", "rotated");
                assertThat(hanging.isConnected()).isTrue();
            }
        }
    }

    @Test
    void aWebhookThatIsDeletedDuringADeliveryIsGone() throws Exception {
        CountDownLatch release = new CountDownLatch(1);
        Endpoint endpoint = open();
        JsonNode webhook = active(endpoint);
        endpoint.answers(message -> {
            awaitQuietly(release);
            return Endpoint.TAKEN;
        });
        publish("GA", 2);
        await().atMost(SOON).until(() -> !endpoint.changes().isEmpty());
        anna.json(204, "DELETE", "/v1/webhooks/" + id(webhook), "");
        release.countDown();
        anna.json(404, "GET", "/v1/webhooks/" + id(webhook), "");
        Endpoint other = open();
        active(other);
        publish("GA", 1);
        await().atMost(SOON).until(() -> other.sequences().contains(ledger.position()));
        assertThat(endpoint.changes()).hasSize(1);
    }

    private Endpoint open() throws IOException {
        Endpoint endpoint = new Endpoint();
        endpoints.add(endpoint);
        return endpoint;
    }

    private Endpoint secure() throws Exception {
        Endpoint endpoint = new Endpoint(TestCertificates.context(authority));
        endpoints.add(endpoint);
        return endpoint;
    }

    private JsonNode create(String url, String more) throws Exception {
        return anna.create("{\"url\": \"" + url + "\", " + more + "}");
    }

    /** A webhook that has been verified and stands at the head. */
    private JsonNode active(Endpoint endpoint) throws Exception {
        JsonNode webhook = create(endpoint.url(), "\"cursor\": \"latest\"");
        await().atMost(SOON)
                .until(() -> anna.get(id(webhook)).path("status").asText().equals("active"));
        return webhook;
    }

    /** The same for one state's changes. */
    private JsonNode activeFor(String state, Endpoint endpoint) throws Exception {
        JsonNode webhook =
                create(endpoint.url(), "\"cursor\": \"latest\", \"filters\": {\"state\": \"" + state + "\"}");
        await().atMost(SOON)
                .until(() -> anna.get(id(webhook)).path("status").asText().equals("active"));
        return webhook;
    }

    private JsonNode deliveries(JsonNode webhook) throws Exception {
        return anna.json(200, "GET", "/v1/webhooks/" + id(webhook) + "/deliveries?limit=1000", "")
                .path("items");
    }

    private static void requireRefused(
            SubscriberClient client, JsonNode webhook, String what, String body, String parameter) throws Exception {
        JsonNode problem = client.post(400, id(webhook), what, body);
        assertThat(problem.path("parameter").asText()).as("%s %s", what, body).isEqualTo(parameter);
    }

    private List<String> agreementChanges(String after) throws Exception {
        return reader.json("/v1/changes?limit=1000&type=agreement.*&cursor=" + after)
                .path("items")
                .findValuesAsText("id");
    }

    private static long timesTaken(JsonNode log, String event) {
        return log.valueStream()
                .filter(delivery -> delivery.path("message_id").asText().equals(event))
                .filter(delivery -> delivery.path("outcome").asText().equals("delivered"))
                .count();
    }

    private static void requireNothingForged(ExampleReceiver receiver, String secret) throws Exception {
        Webhook signer = new Webhook(secret);
        String body = "{\"type\": \"webhook.test\"}";
        long now = Clock.systemUTC().instant().getEpochSecond();
        String genuine = signer.sign("genuine", now, body);
        assertThat(receiver.post("genuine", now, genuine, body)).isEqualTo(204);
        assertThat(receiver.post("genuine", now, genuine, body)).as("again").isEqualTo(204);
        String another = new Webhook(Base64.getEncoder().encodeToString(new byte[32])).sign("rotated", now, body);
        String both = another + " " + signer.sign("rotated", now, body);
        assertThat(receiver.post("rotated", now, both, body)).isEqualTo(204);

        assertThat(receiver.post("forged", now, genuine, body))
                .as("of another id")
                .isEqualTo(401);
        assertThat(receiver.post("genuine", now + 1, genuine, body))
                .as("of another time")
                .isEqualTo(401);
        assertThat(receiver.post("genuine", now, genuine, body + " "))
                .as("of another body")
                .isEqualTo(401);
        assertThat(receiver.post("rotated", now, another, body))
                .as("by another secret")
                .isEqualTo(401);
        assertThat(receiver.post("forged", now, "v1,AAAA v1, v1", body))
                .as("by nobody")
                .isEqualTo(401);
        for (long time : List.of(now - 360, now + 360)) {
            String old = signer.sign("old", time, body);
            assertThat(receiver.post("old", time, old, body))
                    .as("too old, or not yet")
                    .isEqualTo(401);
        }
    }

    private static String id(JsonNode webhook) {
        return webhook.path("id").asText();
    }

    private static void verify(Received message, String secret) throws WebhookVerificationException {
        new Webhook(secret).verify(message.body(), headers(message));
    }

    private static Map<String, List<String>> headers(Received message) {
        Map<String, List<String>> headers = new TreeMap<>();
        message.headers().map().forEach((name, values) -> headers.put(name.toLowerCase(Locale.ROOT), values));
        return headers;
    }

    private static <T> T unchecked(Callable<T> work) {
        try {
            return work.call();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Signs agreements of new agencies, two changes each, and waits until readers see them. */
    private void publish(String state, int count) throws Exception {
        for (int i = 0; i < count; i++) {
            ledger.sign("Agency " + ++agreements, state, TFM, "2025-06-01", JUNE_4);
        }
        publish();
    }

    private void publish() throws Exception {
        topic.publish(ledger.endAppend());
        long position = ledger.position();
        await().atMost(Duration.ofSeconds(30)).until(() -> {
            String cursor =
                    reader.json("/v1/changes?cursor=latest").path("next_cursor").asText();
            return cursor.endsWith("-" + position);
        });
    }

    private Cursor logHead() throws Exception {
        return Cursor.parse(reader.json("/v1/changes?cursor=latest")
                        .path("next_cursor")
                        .asText())
                .orElseThrow();
    }

    /** The one webhook that there is something to do for, by a clock that is an hour ahead. */
    private List<WebhookStore.Leased> leaseBy(UUID worker) throws Exception {
        List<WebhookStore.Leased> leased =
                store.lease(worker, Set.of(), logHead(), clock.instant().plus(Duration.ofHours(1)), 10);
        assertThat(leased).hasSize(1);
        return leased;
    }

    /** Connections that wait for the change log. */
    private int readingTheLog() throws SQLException {
        return count("""
                pg_stat_activity
                 where datname = current_database()
                   and wait_event_type = 'Lock'
                   and query like '%from change c%'
                """);
    }

    /** Instances that have said so lately, the one under test among them. */
    private int instancesAlive() {
        try {
            return count("webhook_worker where alive_until > clock_timestamp()");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** @param rows a table, and perhaps which rows of it */
    private int count(String rows) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery("select count(*) from " + rows)) {
            row.next();
            return row.getInt(1);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Connection connection = database.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
