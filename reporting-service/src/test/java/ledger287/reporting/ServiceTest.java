package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/** The way of one append: from the topic, which comes into being after the service, into every answer. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
final class ServiceTest {
    @ConfigProperty(name = "mp.messaging.incoming.agreements.topic")
    String topicName;

    @ConfigProperty(name = "test.url")
    URI root;

    @Test
    void anAppendIsInEveryAnswerOnceItsPositionIsWaitedFor() throws Exception {
        Reader reader = new Reader(root);
        try (Topic topic = new Topic(topicName)) {
            topic.create();
            TestLedger ledger = new TestLedger();
            ledger.open(true, "2025-06-06T13:00:00Z")
                    .sign(
                            "Quillmarsh County Sheriff's Office",
                            "GA",
                            "task_force",
                            "2025-05-08",
                            "2025-06-06T13:00:00Z")
                    .imported("participating", 1, "2025-06-06T13:00:00Z");
            topic.publish(ledger.endAppend());
        }

        JsonNode headline = reader.json("/v1/statistics/headline?min_position=agreements:4&wait=30");

        assertThat(headline.path("agreements").asInt()).isEqualTo(1);
        assertThat(headline.path("pending_applications").isNull()).isTrue();
        assertThat(headline.path("sample").asBoolean()).isTrue();
        assertThat(headline.path("complete").asBoolean()).isTrue();
        assertThat(reader.json("/v1/agreements").path("count").asInt()).isEqualTo(1);
        assertThat(reader.get("/v1/agreements.csv").body().lines()).hasSize(2);
        assertThat(reader.json("/v1/changes").path("items")).hasSize(4);
        assertThat(reader.get("/").body()).contains("Sample data.");
    }
}
