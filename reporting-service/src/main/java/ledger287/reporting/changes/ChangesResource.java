package ledger287.reporting.changes;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Set;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.database.Sql;
import ledger287.reporting.export.Table;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.query.Answers;
import ledger287.reporting.query.Content;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.query.Reading;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** The change log by polling: oldest first, from a cursor that is not included. */
@Singleton
@Path("/v1/changes")
@PermitAll
@Tag(name = "subscribing")
public final class ChangesResource {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Questions questions;
    private final Answers answers;

    ChangesResource(Questions questions, Answers answers) {
        this.questions = questions;
        this.answers = answers;
    }

    @GET
    @Operation(
            summary = "Changes after a cursor",
            description =
                    "cursor: a Feed-Position, earliest (default) or latest; limit: 1 to 1000. next_cursor is never"
                            + " null: ask again with it. As CSV: every change after the cursor, without its data.")
    public Response list(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, Set.of("cursor", "limit"));
        long after = after(question);
        int limit = question.parameters().number("limit", 1, 1000, 100);
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                ArrayNode items = answer.putArray("items");
                long last = after;
                try (PreparedStatement select = page(reading, after, limit).prepare(reading.connection());
                        ResultSet row = select.executeQuery()) {
                    while (row.next()) {
                        last = row.getLong(1);
                        ObjectNode event = (ObjectNode) JSON.readTree(row.getString(2));
                        event.put("cursor", cursor(reading, last));
                        items.add(event);
                    }
                }
                answer.put("count", items.size());
                answer.put("next_cursor", cursor(reading, last));
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                table.header("cursor", "id", "type", "subject", "time", "recordedtime", "log", "position");
                Sql sql = new Sql(
                        """
                        select c.sequence, c.event_id, c.type, c.subject, c.known_at, c.recorded_at, c.log, c.position
                          from change c
                         where c.sequence > ?
                           and c.sequence <= ?
                           and c.known_at <= ?
                         order by c.sequence
                        """,
                        after,
                        reading.moment().cursor().sequence(),
                        reading.moment().knownBy());
                try (PreparedStatement select = sql.prepare(reading.connection())) {
                    select.setFetchSize(1000);
                    try (ResultSet row = select.executeQuery()) {
                        while (row.next()) {
                            table.row(
                                    cursor(reading, row.getLong(1)),
                                    row.getString(2),
                                    row.getString(3),
                                    row.getString(4),
                                    row.getObject(5, OffsetDateTime.class).toInstant(),
                                    row.getObject(6, OffsetDateTime.class).toInstant(),
                                    row.getString(7),
                                    row.getLong(8));
                        }
                    }
                }
            }
        });
    }

    private static Sql page(Reading reading, long after, int limit) {
        return new Sql(
                """
                select c.sequence, c.event
                  from change c
                 where c.sequence > ?
                   and c.sequence <= ?
                   and c.known_at <= ?
                 order by c.sequence
                 limit ?
                """,
                after,
                reading.moment().cursor().sequence(),
                reading.moment().knownBy(),
                limit);
    }

    private long after(Question question) throws SQLException {
        String text = question.parameters().text("cursor").orElse("earliest");
        long sequence =
                switch (text) {
                    case "earliest" -> 0;
                    case "latest" -> question.moment().cursor().sequence();
                    default -> {
                        Cursor cursor = Cursor.parse(text)
                                .orElseThrow(
                                        () -> Problem.parameter(
                                                "cursor",
                                                "'cursor' takes a cursor as answers give it (1a2b3c4d-4711), earliest or latest."));
                        questions.requireReached(cursor, "cursor");
                        yield cursor.sequence();
                    }
                };
        question.parameters().note("cursor", cursorText(question, sequence));
        return sequence;
    }

    private static String cursorText(Question question, long sequence) {
        return question.moment().cursor().epoch() + "-" + sequence;
    }

    private static String cursor(Reading reading, long sequence) {
        return reading.moment().cursor().epoch() + "-" + sequence;
    }
}
