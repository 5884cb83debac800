package ledger287.local.sample;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;

/**
 * The sample's operations: fictional, with the figures that the press published of real ones, so that totals, qualifiers
 * and what nobody can say look as they do in a ledger of real data.
 */
public final class SampleOperations {

    /** Where the partner of the first operation is, as the workbooks write it. */
    static final String STATE = "TENNESSEE";

    /** The day that partner signed: in the month of the operation, whose days are not known. */
    static final LocalDate SIGNED = LocalDate.of(2025, 5, 13);

    private static final String STORY = "https://news.example.org/2025/06/09/fictional-story";
    private static final String PUBLISHED_ON = "2025-06-09";
    private static final ObjectMapper JSON = new ObjectMapper();

    private SampleOperations() {}

    /**
     * Writes them into a directory, one to a line, as {@code POST /v1/operations/bulk} takes them.
     *
     * @return the file
     */
    public static Path write(Path directory) {
        try {
            Files.createDirectories(directory);
            return Files.writeString(directory.resolve("operations.ndjson"), lines());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the sample's operations into " + directory, e);
        }
    }

    private static String lines() throws JsonProcessingException {
        Listing partner = partner();
        ObjectNode first =
                operation("sample-traffic-stops", "Fictional sample: traffic stops south of a state capital");
        date(first, "start", "several days in May").put("on", "2025-05").put("precision", "month");
        place(first, "TN", "south of the capital");
        first.putArray("partners").addObject().put("name", partner.agency()).put("state", "TN");
        claim(first, "arrests", "exactly 196", true);
        claim(first, "convicted_or_pending", "exactly 95", true);
        claim(first, "reentry_after_removal", "exactly 31", true);
        claim(first, "no_criminal_record", "a majority of 196", true);

        ObjectNode second = operation("sample-statewide", "Fictional sample: arrests across a peninsula");
        date(second, "start", "recent weeks");
        date(second, "end", "before June 6, 2025").put("not_after", "2025-06-06");
        place(second, "FL", "statewide");
        claim(second, "arrests", "more than 1,300", false);
        claim(second, "partner_agencies", "about 20", false);

        ObjectNode programme =
                operation("sample-programme", "Fictional sample: the programme as a whole since January 2025");
        programme.put("scope", "programme").put("start", "2025-01");
        claim(programme, "arrests", "not known", true);

        StringBuilder lines = new StringBuilder();
        for (ObjectNode operation : List.of(first, second, programme)) {
            ObjectNode line = JSON.createObjectNode();
            line.put("line_id", operation.path("external_id").asText());
            line.set("operation", operation);
            lines.append(JSON.writeValueAsString(line)).append('\n');
        }
        return lines.toString();
    }

    private static Listing partner() {
        return SampleHistory.issues().stream().filter(Issue::participating).findFirst().orElseThrow().rows().stream()
                .filter(row -> row.state().equals(STATE) && row.is(Listing.TASK_FORCE) && SIGNED.equals(row.signed()))
                .findFirst()
                .orElseThrow();
    }

    private static ObjectNode operation(String externalId, String name) {
        ObjectNode operation = JSON.createObjectNode();
        operation.put("external_id", externalId).put("name", name);
        operation
                .putArray("sources")
                .addObject()
                .put("url", STORY)
                .put("title", "A fictional story")
                .put("publisher", "A fictional newsroom")
                .put("published_on", PUBLISHED_ON);
        return operation;
    }

    private static ObjectNode date(ObjectNode operation, String field, String words) {
        return operation.putObject(field).put("text", words);
    }

    private static void place(ObjectNode operation, String state, String description) {
        operation.putArray("places").addObject().put("state", state).put("description", description);
    }

    private static void claim(ObjectNode operation, String metric, String figure, boolean official) {
        ArrayNode claims = operation.withArray("claims");
        ObjectNode claim = claims.addObject();
        claim.put("metric", metric)
                .put("figure", figure)
                .put("published_on", PUBLISHED_ON)
                .put("source_url", STORY);
        claim.putObject("speaker")
                .put("organization", official ? "A fictional agency" : "A fictional newsroom")
                .put("official", official);
    }
}
