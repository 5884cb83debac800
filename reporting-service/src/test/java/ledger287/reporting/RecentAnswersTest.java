package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.net.http.HttpHeaders;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** An answer that is given again from memory cannot be told from the first, and is never given after a change. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
final class RecentAnswersTest {
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String HEADLINE = "/v1/statistics/headline";
    private static final int AGAIN = 5;

    private final String topicName;
    private final Reader reader;

    RecentAnswersTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String topicName,
            @ConfigProperty(name = "test.url") URI root) {
        this.topicName = topicName;
        this.reader = new Reader(root);
    }

    @Test
    void theSameAnswerComesAgainUntilSomethingChanges() throws Exception {
        try (var topic = new Topic(topicName)) {
            topic.create();
            TestLedger ledger = new TestLedger();
            ledger.open(false, JUNE_4)
                    .sign("Quillmarsh County Sheriff's Office", "GA", "task_force", "2025-05-08", JUNE_4)
                    .imported("participating", 1, JUNE_4);
            topic.publish(ledger.endAppend());
            awaitAgreements(1);
            HttpResponse<String> first = reader.get(HEADLINE);
            String tag = first.headers().firstValue("ETag").orElseThrow();
            for (int time = 0; time < AGAIN; time++) {
                HttpResponse<String> again = reader.get(HEADLINE);
                assertThat(again.body()).isEqualTo(first.body());
                assertThat(lasting(again.headers())).isEqualTo(lasting(first.headers()));
                assertThat(reader.get(HEADLINE, "If-None-Match", tag).statusCode())
                        .isEqualTo(304);
                assertThat(reader.get(HEADLINE, "If-None-Match", "\"another\", W/" + tag)
                                .statusCode())
                        .isEqualTo(304);
                assertThat(reader.get(HEADLINE, "Authorization", "Bearer nobody's")
                                .body())
                        .as("open reading needs no key, and a key that nobody knows is no reason to refuse it")
                        .isEqualTo(first.body());
                assertThat(reader.get(HEADLINE, "Accept", "text/csv").body()).startsWith("as_of,");
            }

            ledger.sign("Freshford County Sheriff's Office", "TX", "task_force", "2025-06-02", JUNE_4)
                    .imported("participating", 2, JUNE_4);
            topic.publish(ledger.endAppend());
            awaitAgreements(2);
            assertThat(reader.get(HEADLINE, "If-None-Match", tag).statusCode()).isEqualTo(200);
            assertThat(reader.get(HEADLINE).body()).isNotEqualTo(first.body());
        }
    }

    private void awaitAgreements(int count) {
        await().atMost(Duration.ofSeconds(20))
                .until(() -> reader.json(HEADLINE).path("agreements").asInt() == count);
    }

    /** All but those of the connection and the moment. */
    private static Map<String, List<String>> lasting(HttpHeaders headers) {
        Map<String, List<String>> lasting = new HashMap<>(headers.map());
        lasting.keySet()
                .removeIf(name -> name.equalsIgnoreCase("date")
                        || name.toLowerCase(Locale.ROOT).startsWith("ratelimit"));
        return lasting;
    }
}
