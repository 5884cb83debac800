package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.Test;

/**
 * Target 7b: every question that readers can ask, none of them answered before, one client, with 20,000 agreements, 200,000
 * versions and a million changes. Other sizes by {@code -Dledger287.bench.agreements} and {@code -Dledger287.bench.operations}.
 */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@QuarkusTestResource(value = QueriesBench.NothingKept.class, restrictToAnnotatedClass = true)
final class QueriesBench {
    private static final int AGREEMENTS = Integer.getInteger("ledger287.bench.agreements", 20_000);
    private static final int OPERATIONS = Integer.getInteger("ledger287.bench.operations", 5_000);
    private static final int TIMES = 20;
    private static final int WARM_UP = 3;
    private static final int SHOWN = 15;
    private static final double TARGET = 150;

    private final DataSource database;
    private final URI root;
    private final Reader reader;

    QueriesBench(DataSource database, @ConfigProperty(name = "test.url") URI root) {
        this.database = database;
        this.root = root;
        this.reader = new Reader(root);
    }

    /** A service that makes every answer anew. */
    public static final class NothingKept implements QuarkusTestResourceLifecycleManager {
        @Override
        public Map<String, String> start() {
            return Map.of(
                    "ledger287.reporting.answer-cache-bytes", "0", "ledger287.reporting.recent-answer-bytes", "0");
        }

        @Override
        public void stop() {}
    }

    private record Measured(String question, double median, double p95) {}

    @Test
    void everyQuestion() throws Exception {
        BureauFiles.load(root);
        LargeLedger ledger =
                new LargeLedger(AGREEMENTS, AGREEMENTS / 2, OPERATIONS, 4 * OPERATIONS, 60, 50 * AGREEMENTS);
        try (Connection connection = database.getConnection()) {
            ledger.fill(connection);
        }
        EveryQuestion questions = EveryQuestion.of(reader, ledger.earlier());
        List<Measured> measured = new ArrayList<>();
        for (String question : questions.all()) {
            if (!question.contains(".ndjson")) { // as long as what is downloaded
                measured.add(measure(question));
            }
        }
        measured.sort(Comparator.comparingDouble(Measured::p95).reversed());
        System.out.printf(
                "%,d questions, each asked %d times. Median and 95th percentile in ms, the slowest first:%n",
                measured.size(), TIMES);
        measured.stream()
                .limit(SHOWN)
                .forEach(one ->
                        System.out.printf(Locale.ROOT, "  %5.0f %5.0f  %s%n", one.median(), one.p95(), one.question()));
        long within = measured.stream().filter(one -> one.p95() <= TARGET).count();
        row(String.format(
                Locale.ROOT,
                "p95 of the slowest %.0f ms, of the middle one %.0f ms; %d of %d within the target",
                measured.getFirst().p95(),
                measured.get(measured.size() / 2).p95(),
                within,
                measured.size()));
    }

    private Measured measure(String question) throws IOException, InterruptedException {
        double[] times = new double[TIMES];
        for (int time = -WARM_UP; time < TIMES; time++) {
            long began = System.nanoTime();
            HttpResponse<String> answer = reader.get(question);
            double took = (System.nanoTime() - began) / 1e6;
            assertThat(answer.statusCode()).as(question).isEqualTo(200);
            if (time >= 0) {
                times[time] = took;
            }
        }
        Arrays.sort(times);
        return new Measured(question, times[TIMES / 2], times[(int) Math.ceil(TIMES * 0.95) - 1]);
    }

    private static void row(String said) throws IOException {
        Path rows = Files.createDirectories(Path.of("target", "bench"));
        Files.writeString(
                rows.resolve("7b.row"),
                "| 7b | %,d agreements, %,d operations: any statistic or page, uncached, one client | %s | p95 ≤ 150 ms |%n"
                        .formatted(AGREEMENTS, OPERATIONS, said));
    }
}
