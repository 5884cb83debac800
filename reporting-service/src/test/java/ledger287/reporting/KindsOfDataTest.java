package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.time.Duration;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** Fiction never stands among facts, whichever log it comes by. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
final class KindsOfDataTest {
    private static final String JUNE_6 = "2025-06-06T16:00:00Z";

    private final String agreementsTopic;
    private final String operationsTopic;
    private final Reader reader;

    KindsOfDataTest(
            @ConfigProperty(name = "mp.messaging.incoming.agreements.topic") String agreementsTopic,
            @ConfigProperty(name = "mp.messaging.incoming.operations.topic") String operationsTopic,
            @ConfigProperty(name = "test.url") URI root) {
        this.agreementsTopic = agreementsTopic;
        this.operationsTopic = operationsTopic;
        this.reader = new Reader(root);
    }

    @Test
    void sampleOperationsAreNotShownInALedgerOfRealData() throws Exception {
        try (var agreements = new Topic(agreementsTopic);
                var operations = new Topic(operationsTopic)) {
            agreements.create();
            TestLedger real = new TestLedger();
            real.open(false, JUNE_6)
                    .sign("Quillmarsh County Sheriff's Office", "GA", "task_force", "2025-05-08", JUNE_6)
                    .imported("participating", 1, JUNE_6);
            agreements.publish(real.endAppend());
            await().atMost(Duration.ofSeconds(20))
                    .until(() -> reader.json("/v1/statistics/headline")
                                    .path("agreements")
                                    .asInt()
                            == 1);

            operations.create();
            TestOperations sample = new TestOperations();
            sample.open(JUNE_6).record("A fictional sweep", "GA", JUNE_6, image -> {});
            operations.publish(sample.endAppend());

            await().atMost(Duration.ofSeconds(20)).until(() -> !reader.json("/v1/statistics/headline")
                    .path("complete")
                    .asBoolean());
            JsonNode headline = reader.json("/v1/statistics/headline");
            assertThat(headline.path("sample").asBoolean()).isFalse();
            assertThat(headline.path("agreements").asInt()).isEqualTo(1);
            assertThat(headline.path("operations").path("count").isNull()).isTrue();
            assertThat(reader.get("/v1/changes").body()).doesNotContain("A fictional sweep");
            assertThat(reader.get("/v1/parked", "Authorization", "Bearer " + Servers.ADMIN_KEY)
                            .body())
                    .contains("this ledger holds real data");
        }
    }
}
