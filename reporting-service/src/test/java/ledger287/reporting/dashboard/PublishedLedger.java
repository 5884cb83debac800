package ledger287.reporting.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpResponse;
import java.util.List;
import ledger287.reporting.Reader;
import ledger287.reporting.TestLedger;
import ledger287.reporting.TestOperations;
import ledger287.reporting.Topic;
import org.eclipse.microprofile.config.ConfigProvider;

/** A ledger in the making, on topics of its own, and the service under test, which reads them. */
final class PublishedLedger implements AutoCloseable {
    private final Topic agreementsTopic = topic("agreements");
    private final Topic operationsTopic = topic("operations");
    private final TestLedger agreements = new TestLedger();
    private final TestOperations operations = new TestOperations();
    private final Reader reader = new Reader(URI.create(setting("test.url")));

    private static Topic topic(String channel) {
        return new Topic(setting("mp.messaging.incoming." + channel + ".topic"));
    }

    private static String setting(String name) {
        return ConfigProvider.getConfig().getValue(name, String.class);
    }

    /** Makes the topics; nothing is on them yet. */
    void create() throws Exception {
        agreementsTopic.create();
        operationsTopic.create();
    }

    TestLedger agreements() {
        return agreements;
    }

    TestOperations operations() {
        return operations;
    }

    Reader reader() {
        return reader;
    }

    /** What came since the last call, as one append of each log that has something. */
    void publish() {
        publish(agreementsTopic, agreements.endAppend());
        publish(operationsTopic, operations.endAppend());
    }

    private static void publish(Topic topic, List<TestLedger.Event> append) {
        if (!append.isEmpty()) {
            topic.publish(append);
        }
    }

    /** Returns when all that was published is read. */
    void awaitRead() throws Exception {
        for (String position : List.of("agreements:" + agreements.position(), "operations:" + operations.position())) {
            assertThat(reader.get("/v1/statistics/headline?wait=30&min_position=" + position)
                            .statusCode())
                    .isEqualTo(200);
        }
    }

    /** A page that has to be there. */
    String page(String path) throws Exception {
        HttpResponse<String> response = reader.get(path);
        assertThat(response.statusCode()).as(path + "\n" + response.body()).isEqualTo(200);
        return response.body();
    }

    @Override
    public void close() {
        agreementsTopic.close();
        operationsTopic.close();
    }
}
