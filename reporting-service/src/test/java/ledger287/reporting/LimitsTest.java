package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** What a client, and what all of them together, may ask for; and what they see when it was too much. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = NarrowLimits.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class LimitsTest {
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final int ROUNDS = 5;
    static final int REQUESTS = 20;
    static final int READING_CONNECTIONS = 4;
    private static final int AGREEMENTS = 2_500;
    private static final String HEADLINE = "/v1/statistics/headline";

    private final Topic topic;
    private final URI root;
    private final String database;
    private final String user;
    private final String password;
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final TestLedger ledger = new TestLedger();
    private final AtomicInteger clients = new AtomicInteger();

    LimitsTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topic,
            @ConfigProperty(name = "test.url") URI root,
            @ConfigProperty(name = "quarkus.datasource.jdbc.url") String database,
            @ConfigProperty(name = "quarkus.datasource.username") String user,
            @ConfigProperty(name = "quarkus.datasource.password") String password) {
        this.topic = new Topic(topic);
        this.root = root;
        this.database = database;
        this.user = user;
        this.password = password;
    }

    @BeforeAll
    void publish() throws Exception {
        topic.create();
        ledger.open(false, JUNE_4);
        for (int i = 0; i < AGREEMENTS; i++) {
            ledger.sign("Manyton " + i + " Police Department", "OK", "task_force", "2025-02-01", JUNE_4);
        }
        ledger.imported("participating", AGREEMENTS, JUNE_4);
        topic.publish(ledger.endAppend());
        awaitPosition();
    }

    @AfterAll
    void close() {
        topic.close();
    }

    @Test
    void aClientIsToldWhatIsLeftAndThenToWait() throws Exception {
        String client = "2001:db8:1:2::1";
        for (int left = REQUESTS - 1; left >= 0; left--) {
            HttpResponse<String> answer = get(HEADLINE, client);
            assertThat(answer.statusCode()).isEqualTo(200);
            assertThat(answer.headers().firstValue("RateLimit-Policy"))
                    .hasValue("\"requests\";q=" + REQUESTS + ";w=3600");
            assertThat(answer.headers().firstValue("RateLimit").orElseThrow())
                    .as("those from memory count too")
                    .matches("\"requests\";r=" + left + ";t=[0-9]+");
        }
        HttpResponse<String> refused = get(HEADLINE, client);
        assertThat(refused.statusCode()).isEqualTo(429);
        assertThat(refused.headers().firstValue("Content-Type")).hasValue("application/problem+json");
        assertThat(refused.headers().firstValue("Retry-After").orElseThrow()).matches("[1-9][0-9]*");
        assertThat(refused.headers().firstValue("Access-Control-Allow-Origin"))
                .as("scripts can read the refusal")
                .hasValue("*");
        assertThat(refused.headers().firstValue("Cache-Control")).hasValue("no-store");
        assertThat(refused.body()).contains("urn:ledger287:problem:too-many-requests");
        assertThat(get(HEADLINE, "2001:db8:1:2::beef").statusCode())
                .as("another address of the same network")
                .isEqualTo(429);
        assertThat(get(HEADLINE, "2001:db8:1:3::1").statusCode()).isEqualTo(200);
        assertThat(get("/q/health/live", client).statusCode()).isEqualTo(200);
    }

    @Test
    void streamsToAddressesOfOneNetworkAreOneClients() throws Exception {
        try (OpenStream first = streamTo("2001:db8:7:1::1");
                OpenStream second = streamTo("2001:db8:7:1::beef");
                OpenStream other = streamTo("2001:db8:7:2::1")) {
            assertThat(first.status()).isEqualTo(200);
            assertThat(second.status()).as("of the same network").isEqualTo(503);
            assertThat(second.header("Retry-After")).isPresent();
            assertThat(other.status()).isEqualTo(200);
        }
    }

    private OpenStream streamTo(String client) throws IOException {
        return new OpenStream(root, "/v1/stream", "X-Forwarded-For", client);
    }

    @Test
    void anAnswerThatTakesTooLongIsRefusedInWords() throws Exception {
        try (Connection other = connect()) {
            other.setAutoCommit(false);
            execute(other, "lock table agreement_version in access exclusive mode");
            HttpResponse<String> refused = get("/v1/agreements?limit=7", someone());
            assertThat(refused.statusCode()).isEqualTo(503);
            assertThat(refused.body()).contains("urn:ledger287:problem:too-slow");
            assertThat(refused.headers().firstValue("Retry-After")).isPresent();
        }
        // The server lets go of a table a moment after its client has left.
        await().atMost(Duration.ofSeconds(20)).untilAsserted(() -> {
            HttpResponse<String> answer = get("/v1/agreements?limit=7", someone());
            assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        });
    }

    @Test
    void aCrowdOfReadersIsRefusedWhileTheProjectorGoesOn() throws Exception {
        List<CompletableFuture<HttpResponse<String>>> crowd = new ArrayList<>();
        try (Connection other = connect()) {
            other.setAutoCommit(false);
            execute(other, "lock table reference_load in access exclusive mode");
            for (int i = 0; i < 10 * READING_CONNECTIONS; i++) {
                crowd.add(getLater("/v1/statistics/coverage", someone()));
            }
            ledger.sign("Crowded County Sheriff's Office", "OK", "task_force", "2025-02-02", JUNE_4)
                    .imported("participating", AGREEMENTS + 1, JUNE_4);
            topic.publish(ledger.endAppend());
            await().atMost(Duration.ofSeconds(20))
                    .until(() ->
                            number("select max(position) from change where log = 'agreements'") == ledger.position());
            for (CompletableFuture<HttpResponse<String>> answer : crowd) {
                HttpResponse<String> refused = answer.get();
                assertThat(refused.statusCode()).as(refused.body()).isEqualTo(503);
                assertThat(refused.headers().firstValue("Retry-After")).isPresent();
            }
        }
    }

    @Test
    void whatFailsOnTheWayIsBrokenOffAndNeverEndsWell() throws Exception {
        String order = "?sort=agency_name";
        try (Connection operator = connect()) {
            execute(operator, "create table kept as select agreement_id, image from agreement_version");
            try {
                execute(
                        operator,
                        "update agreement_version set image = '\"broken\"' where agency_name ="
                                + " (select max(agency_name) from agreement_version)");
                // Often: what ends well does so in a race only.
                for (int round = 0; round < ROUNDS; round++) {
                    for (String form : List.of("csv", "ndjson", "zip")) {
                        for (String coding : List.of("identity", "gzip")) {
                            assertBrokenOrRefused("/v1/agreements." + form + order, coding);
                        }
                    }
                }
                execute(operator, "update agreement_version set image = '\"broken\"'");
                for (String form : List.of("csv", "ndjson", "zip", "parquet")) {
                    HttpResponse<String> words = send("/v1/agreements." + form + order, someone(), "gzip");
                    assertThat(words.statusCode()).as(form).isEqualTo(500);
                    assertThat(words.headers().firstValue("Content-Type")).hasValue("application/problem+json");
                }
            } finally {
                execute(
                        operator,
                        "update agreement_version v set image = k.image from kept k where k.agreement_id = v.agreement_id");
            }
        }
        assertThat(send("/v1/agreements.csv" + order, someone(), "identity").statusCode())
                .isEqualTo(200);
    }

    /** What fits into what is held back is refused in words; the rest breaks. Neither is half a table that ends well. */
    private void assertBrokenOrRefused(String address, String coding) throws InterruptedException {
        try {
            HttpResponse<String> words = send(address, someone(), coding);
            assertThat(words.statusCode())
                    .as(
                            "%s in %s: %d characters, %s",
                            address, coding, words.body().length(), words.headers())
                    .isEqualTo(500);
        } catch (IOException broken) {
            assertThat(broken).as("%s in %s", address, coding).isNotNull();
        }
    }

    /** A client of whom nobody has heard. */
    private String someone() {
        int number = clients.incrementAndGet();
        return "198.51." + number / 250 + "." + number % 250;
    }

    private void awaitPosition() throws IOException, InterruptedException {
        HttpResponse<String> answer =
                get(HEADLINE + "?wait=30&min_position=agreements:" + ledger.position(), someone());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    private HttpResponse<String> get(String address, String client) throws IOException, InterruptedException {
        return send(address, client, "identity");
    }

    private HttpResponse<String> send(String address, String client, String coding)
            throws IOException, InterruptedException {
        return http.send(request(address, client, coding), BodyHandlers.ofString());
    }

    private CompletableFuture<HttpResponse<String>> getLater(String address, String client) {
        return http.sendAsync(request(address, client, "identity"), BodyHandlers.ofString());
    }

    private HttpRequest request(String address, String client, String coding) {
        return HttpRequest.newBuilder(root.resolve(address))
                .header("X-Forwarded-For", client)
                .header("Accept-Encoding", coding)
                .build();
    }

    private Connection connect() throws SQLException {
        return DriverManager.getConnection(database, user, password);
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (var statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private long number(String sql) throws SQLException {
        try (Connection connection = connect();
                ResultSet row = connection.createStatement().executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }
}
