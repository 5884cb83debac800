package ledger287.reporting.statistics;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import ledger287.reporting.database.Sql;
import ledger287.reporting.operations.OperationTotals;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;
import ledger287.reporting.sources.Publications;

/** The headline: the measures of the whole, with everything a reader needs to quote them. */
public final class Headline {
    private static final LocalDate INAUGURATION = LocalDate.of(2025, 1, 20);

    private Headline() {}

    /** From when on agreements count as new. */
    public static LocalDate since(Question question) {
        return question.parameters().day("since").orElseGet(() -> {
            question.parameters().note("since", INAUGURATION.toString());
            return INAUGURATION;
        });
    }

    /** Puts the headline into an answer that describes itself already. */
    public static void put(Question question, Reading reading, Filters filters, LocalDate since, ObjectNode answer)
            throws SQLException, IOException {
        answer.put("since", since.toString());
        new Measures(reading, filters, since).putWhole(answer);
        OperationTotals.put(reading, filters, answer.putObject("operations"));
        Publications.putLatest(reading, answer.putObject("latest_publication"));
        putLastChange(reading, answer);
        Definitions.putHeadline(answer, since, reading.moment().on());
        answer.put("citation", citation(question, answer));
    }

    private static void putLastChange(Reading reading, ObjectNode answer) throws SQLException {
        Moment moment = reading.moment();
        Sql sql = new Sql("""
                select c.sequence, c.type, c.subject, c.known_at, c.recorded_at
                  from change c
                 where c.known_at <= ?
                   and c.sequence <= ?
                 order by c.known_at desc, c.sequence desc
                 limit 1
                """, moment.knownBy(), moment.cursor().sequence());
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            if (!row.next()) {
                answer.putNull("last_change");
                return;
            }
            ObjectNode change = answer.putObject("last_change");
            change.put("cursor", moment.cursor().epoch() + "-" + row.getLong(1));
            change.put("type", row.getString(2));
            change.put("subject", row.getString(3));
            change.put(
                    "time", row.getObject(4, OffsetDateTime.class).toInstant().toString());
            change.put(
                    "recorded_at",
                    row.getObject(5, OffsetDateTime.class).toInstant().toString());
        }
    }

    private static String citation(Question question, JsonNode answer) {
        JsonNode agreements = answer.path("agreements");
        return question.citation(
                agreements.isNull()
                        ? "No workbook of 287(g) agreements was known"
                        : "%s 287(g) agreements %s".formatted(agreements.asText(), Citation.which(question)));
    }
}
