package ledger287.reporting.operations;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import ledger287.reporting.database.Sql;
import ledger287.reporting.operations.OperationMeasures.LeftOut;
import ledger287.reporting.operations.OperationMeasures.Row;
import ledger287.reporting.operations.OperationMeasures.Total;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Reading;

/** The headline's figures about operations. */
public final class OperationTotals {
    private static final ObjectMapper JSON = new ObjectMapper();

    private OperationTotals() {}

    /** Puts how many operations there are, their arrests, what is left out, and what is known of the programme's share. */
    public static void put(Reading reading, Filters filters, ObjectNode answer) throws SQLException, IOException {
        Total total = new OperationMeasures(reading, filters).total();
        Row whole = total.whole();
        if (OperationMeasures.known(reading)) {
            answer.put("count", whole.operations());
        } else {
            answer.putNull("count");
        }
        whole.arrests().put(answer.putObject("arrests"));
        answer.put("left_out_count", whole.leftOut());
        ArrayNode leftOut = answer.putArray("left_out");
        for (LeftOut one : total.leftOut()) {
            leftOut.addObject()
                    .put("operation_id", one.operationId().toString())
                    .put("name", one.name())
                    .put("reason", one.reason())
                    .put("explanation", explanation(one.reason()));
        }
        putAttributed(reading, answer.putObject("attributed_arrests"));
    }

    /** Why an operation's arrests are not in the sum, for a reader. */
    static String explanation(String reason) {
        return switch (reason) {
            case "no_figure" -> "Nobody has stated how many were arrested.";
            case "unknown" -> "The number of arrests was asked for and is not known.";
            case "approximate" -> "The number is only near the truth, so nothing about it is certain.";
            default ->
                "It overlaps an operation that is counted, so that the same people may be in both. An editor can declare them disjoint.";
        };
    }

    /** Arrests attributed to 287(g) as a whole: what somebody claims about the programme, never a sum of operations. */
    private static void putAttributed(Reading reading, ObjectNode answer) throws SQLException, IOException {
        Sql sql = new Sql("""
                select c.image
                  from claim_version c
                  join operation_version o on o.operation_id = c.operation_id
                 where o.scope = 'programme'
                   and o.status = 'recorded'
                   and c.metric = 'arrests'
                   and c.status = 'current'
                   and\s""")
                .add(reading.visible().of("o"))
                .add("\n   and ")
                .add(reading.visible().of("c"))
                .add("\n order by " + Chosen.ORDER + "\n limit 1");
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                Bounds.UNKNOWN.put(answer);
                answer.putNull("source");
                return;
            }
            JsonNode claim = JSON.readTree(row.getString(1));
            JsonNode figure = claim.path("figure");
            for (String field : List.of("low", "high", "qualifier", "text")) {
                answer.set(field, figure.path(field));
            }
            ObjectNode source = answer.putObject("source");
            for (String field : List.of(
                    "claim_id", "operation_id", "speaker", "quotation", "source_url", "archived_url", "published_on")) {
                source.set(field, claim.path(field));
            }
        }
    }
}
