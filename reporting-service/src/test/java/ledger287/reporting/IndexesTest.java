package ledger287.reporting;

import static java.util.stream.Collectors.toCollection;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.io.IOException;
import java.io.RandomAccessFile;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/**
 * Every statement of every public address and of the pages that ask more, as PostgreSQL ran it: the plans come from the
 * server's own log, the planner is left as it is, and the data are as many as it takes for the planner to choose as it does
 * on a large ledger. A new address has to be asked here, so no query escapes.
 */
@QuarkusTest
@QuarkusTestResource(value = ExplainingServers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class IndexesTest {
    private static final LargeLedger LEDGER = new LargeLedger(4_000, 2_000, 1_000, 4_000, 60, 60_000);
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Tables that grow with what ICE publishes and people record. The workbooks, a few hundred a year, do not count. */
    private static final Set<String> GROWING = Set.of(
            "change",
            "agency_version",
            "agreement_version",
            "application_version",
            "operation_version",
            "claim_version",
            "agency_name_key",
            "operation_partner_key");

    /** What may read a table that grows from end to end, and why. The change log never is. */
    private static final Map<String, String> WHOLE = Map.of(
            "agreement_version",
                    "counts and lists of a moment are over all its agreements; at an earlier position no order tells which those are",
            "application_version", "the same of applications",
            "agency_version", "the list of agencies is of all of them; and matching partners joins all of them",
            "operation_version", "figures of operations are over all of them",
            "claim_version", "an operation's figure is chosen from all claims about it, of all operations",
            "agency_name_key", "which agencies took part in any operation compares all names",
            "operation_partner_key", "the same");

    /** Addresses that open no answer of their own here: long-lived streams read the log as /v1/changes does. */
    private static final Set<String> NOT_ASKED = Set.of("/v1/stream", "/v1/stream.ndjson", "/v1/stream/headline");

    private final DataSource database;
    private final Reader reader;
    private final URI root;
    private final Path log;
    private final Map<String, List<JsonNode>> plans = new LinkedHashMap<>();
    private EveryQuestion questions;

    IndexesTest(DataSource database, @ConfigProperty(name = "test.url") URI root) {
        this.database = database;
        this.root = root;
        this.reader = new Reader(root);
        // Not injected: there is no such setting in other tests, and injection is checked in all of them.
        this.log = Path.of(ConfigProvider.getConfig().getValue(ExplainingServers.LOG, String.class));
    }

    @BeforeAll
    void askEverything() throws Exception {
        BureauFiles.load(root);
        try (Connection connection = database.getConnection()) {
            LEDGER.fill(connection);
        }
        questions = EveryQuestion.of(reader, LEDGER.earlier());
        List<String> asked = new ArrayList<>(questions.all());
        asked.addAll(questions.pages());
        for (String question : asked) {
            long before = Files.size(log);
            HttpResponse<String> answer = reader.get(question);
            assertThat(answer.statusCode()).as(question).isEqualTo(200);
            plans.put(question, plansSince(before));
        }
    }

    @Test
    void everyPublicAddressIsAsked() throws Exception {
        Set<String> public_ = new TreeSet<>();
        reader.json("/q/openapi?format=json").path("paths").properties().forEach(path -> {
            JsonNode get = path.getValue().path("get");
            if (get.isObject() && get.path("security").isMissingNode()) {
                public_.add(path.getKey());
            }
        });
        public_.removeAll(NOT_ASKED);
        Set<String> asked = questions.all().stream()
                .map(question -> question.replaceAll("\\?.*", "").replaceAll("[0-9a-f]{8}-[0-9a-f-]{27}", "{id}"))
                .collect(toCollection(TreeSet::new));
        assertThat(asked).containsAll(public_);
    }

    @Test
    void theChangeLogIsNeverReadFromEndToEnd() {
        plans.forEach((question, plans) -> plans.forEach(
                plan -> assertThat(scanned(plan)).as("%s:%n%s", question, plan).doesNotContain("change")));
    }

    @Test
    void whatAsksForOneThingOrAPartOfTheLogReadsNoTableFromEndToEnd() {
        for (Set<String> selective : List.of(questions.things(), questions.feed())) {
            for (String question : selective) {
                for (JsonNode plan : plans.getOrDefault(question, List.of())) {
                    assertThat(scanned(plan)).as("%s:%n%s", question, plan).isEmpty();
                }
            }
        }
    }

    @Test
    void whatIsCurrentIsCountedAndListedFromTheIndexesOfWhatIsCurrent() {
        for (String question : questions.statistics()) {
            if (!question.contains("as_of")
                    && !question.contains("position")
                    && !question.contains("revisions")
                    && !question.contains("basis=listed")) {
                for (JsonNode plan : plans.getOrDefault(question, List.of())) {
                    assertThat(scanned(plan))
                            .as("%s:%n%s", question, plan)
                            .doesNotContain("agreement_version", "application_version", "claim_version");
                }
            }
        }
    }

    @Test
    void theIntendedIndexAnswers() {
        assertIndex("/v1/statistics/headline?", "agreement_version_current");
        assertIndex("/v1/statistics/headline?", "application_version_current");
        assertIndex("/v1/statistics/headline?", "operation_version_current");
        assertIndex("/v1/statistics/headline?", "claim_version_arrests");
        assertIndex("/v1/statistics/headline?&as_of=2025-09-01", "operation_version_overlapping");
        assertIndex("/v1/statistics/headline?", "agency_version_merged");
        assertIndex("/v1/statistics/headline?", "change_known");
        assertIndex("/v1/statistics/headline?&state=GA", "agreement_version_current");
        assertIndex("/v1/statistics/states?", "agreement_version_current");
        assertIndex("/v1/statistics/coverage?", "agreement_version_current");
        assertIndex("/v1/statistics/coverage?", "change_agency_corrected");
        assertIndex("/v1/statistics/counties?", "agreement_version_current");
        assertIndex("/v1/statistics/applications?", "application_version_current");
        assertIndex(
                "/v1/statistics/series?interval=week&measure=agreements&by=state&basis=signed",
                "agreement_version_current");
        assertIndex(
                "/v1/statistics/series?interval=week&measure=agreements&by=state&basis=listed",
                "agreement_version_told");
        assertIndex("/v1/statistics/series?interval=week&measure=pending_applications", "application_version_told");
        assertIndex("/v1/statistics/series?interval=week&measure=arrests", "claim_version_arrests");
        assertIndex("/v1/agreements?&state=GA", "agreement_version_current");
        assertIndex("/v1/applications?&state=GA", "application_version_current");
        String earlier = questions.statistics().stream()
                .filter(question -> question.contains("headline?&model=task_force&position="))
                .findFirst()
                .orElseThrow();
        assertIndex(earlier, "agreement_version_held");
        for (String thing : questions.things()) {
            String index = thing.contains("/history") ? "change_subject" : "_version_";
            assertIndex(thing, index);
        }
        for (String page : questions.pages()) {
            if (page.startsWith("/agencies/") || page.contains("state=GU")) {
                assertIndex(page, "change_keys");
            }
            if (page.startsWith("/imports/")) {
                assertIndex(page, "change_images");
            }
        }
        assertIndex("/v1/changes?", "change_pkey");
        assertIndex("/v1/changes?&order=newest", "change_");
        assertIndex("/v1/changes?as_of=2025-09-01&order=newest", "change_newest_known");
        assertIndex("/v1/changes?as_of=2025-09-01&order=newest", "change_backdated");
        assertIndex("/changes?&as_of=2025-09-01", "change_newest_known");
        assertIndex("/v1/operations?model=task_force", "agreement_version_current_agency");
        assertIndex("/v1/operations?model=task_force&as_of=2025-09-01", "agreement_version_told");
        assertIndex("/v1/statistics/headline?&as_of=2025-09-01", "claim_version_told");
        assertIndex(
                "/v1/statistics/series?interval=week&measure=agencies&by=state&basis=listed", "agreement_version_told");
        assertIndex("/v1/changes?since=2026-01-01", "change_newest_recorded");
        assertIndex("/v1/changes.atom?", "change_");
    }

    @Test
    void whateverReadsATableFromEndToEndIsNamedWithItsReason() {
        Set<String> read = new TreeSet<>();
        plans.values().forEach(ofQuestion -> ofQuestion.forEach(plan -> read.addAll(scanned(plan))));
        assertThat(WHOLE.keySet()).containsAll(read);
    }

    private void assertIndex(String question, String index) {
        List<JsonNode> known = plans.getOrDefault(question, List.of());
        assertThat(known).as(question).isNotEmpty();
        assertThat(known.stream().flatMap(plan -> values(plan, "Index Name").stream()))
                .as(question)
                .anyMatch(name -> name.contains(index));
    }

    /** The growing tables that a plan reads from end to end. */
    private static Set<String> scanned(JsonNode plan) {
        Set<String> scanned = new TreeSet<>();
        scanned(plan.path("Plan"), scanned);
        return scanned;
    }

    private static void scanned(JsonNode node, Set<String> scanned) {
        if (node.path("Node Type").asText().equals("Seq Scan")
                && GROWING.contains(node.path("Relation Name").asText())) {
            scanned.add(node.path("Relation Name").asText());
        }
        node.path("Plans").forEach(below -> scanned(below, scanned));
    }

    private static List<String> values(JsonNode plan, String field) {
        return plan.findValuesAsText(field);
    }

    /** What the server has told of since its log was that long; it tells before it answers. */
    private List<JsonNode> plansSince(long length) throws IOException {
        byte[] told;
        try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
            file.seek(length);
            told = new byte[(int) (file.length() - length)];
            file.readFully(told);
        }
        List<JsonNode> found = new ArrayList<>();
        StringBuilder plan = null;
        for (String line : new String(told, StandardCharsets.UTF_8).split("\n", -1)) {
            if (plan != null && line.startsWith("\t")) {
                plan.append(line.substring(1)).append('\n');
                continue;
            }
            if (plan != null) {
                found.add(JSON.readTree(plan.toString()));
            }
            plan = line.endsWith("plan:") ? new StringBuilder() : null;
        }
        if (plan != null) {
            found.add(JSON.readTree(plan.toString()));
        }
        return found.stream()
                .filter(one -> one.findValuesAsText("Relation Name").stream().anyMatch(GROWING::contains))
                .toList();
    }
}
