package ledger287.operations.bulk;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectReader;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import ledger287.service.problem.Suggestion;
import ledger287.service.publication.Json;
import org.jspecify.annotations.Nullable;

/**
 * CSV records as the JSON lines that say the same. A record with a {@code name} is an operation, with one claim when it
 * has a {@code metric}; one without a name is a claim about the operation that {@code operation_external_id} (or {@code
 * external_id}) names. An operation with several places or claims has further lines, or is sent as NDJSON.
 */
final class CsvLines {
    private static final List<String> OPERATION =
            List.of("external_id", "name", "phase", "lead_office", "legal_basis", "scope");
    private static final List<String> PLACE = List.of("state", "county", "county_fips", "place");
    private static final List<String> CLAIM = List.of("metric", "as_of", "quotation");
    private static final Set<String> COLUMNS = Set.of(
            "line_id",
            "external_id",
            "operation_external_id",
            "name",
            "phase",
            "start",
            "start_text",
            "end",
            "end_text",
            "state",
            "county",
            "county_fips",
            "place",
            "lead_office",
            "partners",
            "legal_basis",
            "scope",
            "source_url",
            "source_title",
            "publisher",
            "published_on",
            "archived_url",
            "metric",
            "figure",
            "as_of",
            "speaker",
            "organization",
            "official",
            "quotation");

    private static final ObjectReader RECORD =
            CsvMapper.builder().enable(CsvParser.Feature.TRIM_SPACES).build().readerFor(String[].class);

    private final List<String> columns;

    private CsvLines(List<String> columns) {
        this.columns = columns;
    }

    /** @param header the first line of the file; a column that is not known is a problem that names it */
    static CsvLines of(String header) {
        String[] names;
        try {
            names = record(header.startsWith("\uFEFF") ? header.substring(1) : header);
        } catch (JsonProcessingException e) {
            throw invalid(null, "The first line is not the names of columns.", null);
        }
        for (String name : names) {
            if (!COLUMNS.contains(name)) {
                throw invalid(
                        name,
                        "There is no column '" + name + "'. There are: "
                                + String.join(", ", COLUMNS.stream().sorted().toList()) + ".",
                        Suggestion.nearest(name, COLUMNS));
            }
        }
        if (new HashSet<>(List.of(names)).size() < names.length) {
            throw invalid(null, "A column is named twice.", null);
        }
        if (!List.of(names).contains("line_id")) {
            throw invalid("line_id", "A column 'line_id' is needed: a name of your own for each line.", null);
        }
        return new CsvLines(List.of(names));
    }

    ObjectNode json(String line) throws JsonProcessingException {
        String[] cells = record(line);
        if (cells.length > columns.size()) {
            throw invalid(null, "The line has " + cells.length + " cells, the header " + columns.size() + ".", null);
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (int i = 0; i < cells.length; i++) {
            if (!cells[i].isBlank()) {
                values.put(columns.get(i), cells[i]);
            }
        }
        ObjectNode json = Json.object();
        json.put("line_id", values.get("line_id"));
        if (values.containsKey("name")) {
            json.set("operation", operation(values));
        } else {
            ObjectNode claim = claim(values);
            claim.put("operation_external_id", values.getOrDefault("operation_external_id", values.get("external_id")));
            json.set("claim", claim);
        }
        return json;
    }

    private static ObjectNode operation(Map<String, String> values) {
        ObjectNode json = Json.object();
        OPERATION.forEach(column -> put(json, column, values.get(column)));
        json.set("start", date(values.get("start"), values.get("start_text")));
        json.set("end", date(values.get("end"), values.get("end_text")));
        if (PLACE.stream().anyMatch(values::containsKey)) {
            ObjectNode place = json.putArray("places").addObject();
            put(place, "state", values.get("state"));
            put(place, "county", values.get("county"));
            put(place, "county_fips", values.get("county_fips"));
            put(place, "description", values.get("place"));
        }
        if (values.containsKey("partners")) {
            ArrayNode partners = json.putArray("partners");
            for (String partner : values.get("partners").split(";", -1)) {
                if (!partner.isBlank()) {
                    ObjectNode named = partners.addObject();
                    put(named, "name", partner.strip());
                    put(named, "state", values.get("state"));
                }
            }
        }
        if (values.containsKey("source_url")) {
            ObjectNode source = json.putArray("sources").addObject();
            put(source, "url", values.get("source_url"));
            put(source, "title", values.get("source_title"));
            put(source, "publisher", values.get("publisher"));
            put(source, "published_on", values.get("published_on"));
            put(source, "archived_url", values.get("archived_url"));
        }
        if (values.containsKey("metric")) {
            json.putArray("claims").add(claim(values));
        }
        return json;
    }

    private static ObjectNode claim(Map<String, String> values) {
        ObjectNode json = Json.object();
        CLAIM.forEach(column -> put(json, column, values.get(column)));
        put(json, "figure", values.get("figure"));
        put(json, "published_on", values.get("published_on"));
        put(json, "source_url", values.get("source_url"));
        put(json, "archived_url", values.get("archived_url"));
        ObjectNode speaker = json.putObject("speaker");
        put(speaker, "name", values.get("speaker"));
        put(speaker, "organization", values.get("organization"));
        String official = values.get("official");
        if (official != null) {
            switch (official) {
                case "true" -> speaker.put("official", true);
                case "false" -> speaker.put("official", false);
                default -> throw invalid("official", "Either true or false.", null);
            }
        }
        return json;
    }

    private static ObjectNode date(@Nullable String on, @Nullable String text) {
        ObjectNode json = Json.object();
        put(json, "on", on);
        put(json, "text", text);
        return json;
    }

    private static void put(ObjectNode json, String field, @Nullable String value) {
        if (value != null) {
            json.put(field, value);
        }
    }

    private static String[] record(String line) throws JsonProcessingException {
        String[] cells = RECORD.readValue(line);
        return cells == null ? new String[0] : cells;
    }

    private static RuntimeException invalid(@Nullable String column, String detail, @Nullable String suggestion) {
        return Problem.of(ProblemType.INVALID_FIELD, detail)
                .about(column, suggestion)
                .asException();
    }
}
