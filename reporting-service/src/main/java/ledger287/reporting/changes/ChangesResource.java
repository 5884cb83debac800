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
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.database.Sql;
import ledger287.reporting.export.JsonLines;
import ledger287.reporting.export.Table;
import ledger287.reporting.export.ZipPackage;
import ledger287.reporting.feed.ChangeReader;
import ledger287.reporting.feed.ChangeReader.Batch;
import ledger287.reporting.feed.FeedChange;
import ledger287.reporting.feed.Start;
import ledger287.reporting.query.Answers;
import ledger287.reporting.query.Content;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.query.Reading;

/** The change log by polling. */
@Singleton
@Path("/v1")
@PermitAll
public final class ChangesResource {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String OLDEST = "oldest";
    private static final String NEWEST = "newest";
    private static final int ENTRIES = 50;
    private static final String ATOM = "application/atom+xml; charset=utf-8";
    private static final String LINES = "application/x-ndjson";
    private static final ChangeReader.Limits CHUNK = new ChangeReader.Limits(500, 2_000_000, 200_000);

    private final Questions questions;
    private final Answers answers;
    private final Start start;
    private final ChangeReader reader;

    ChangesResource(Questions questions, Answers answers, Start start, ChangeReader reader) {
        this.questions = questions;
        this.answers = answers;
        this.start = start;
        this.reader = reader;
    }

    @GET
    @Path("changes")
    public Response list(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, with("limit", "order"));
        AskedChanges asked = AskedChanges.read(question, start);
        int limit = question.parameters().number("limit", 1, 1000, 100);
        String order =
                question.parameters().word("order", List.of(OLDEST, NEWEST)).orElse(OLDEST);
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                if (order.equals(NEWEST)) {
                    List<FeedChange> changes =
                            reader.newest(reading.connection(), asked.stretchBefore(), asked.filter(), limit);
                    put(answer, changes);
                    Cursor floor = new Cursor(asked.after().epoch(), 0);
                    answer.put(
                            "next_cursor",
                            (changes.isEmpty() ? floor : changes.getLast().cursor()).toString());
                } else {
                    Batch batch = reader.after(
                            reading.connection(),
                            asked.stretch(),
                            asked.filter(),
                            new ChangeReader.Limits(limit, Integer.MAX_VALUE, Long.MAX_VALUE / 2));
                    put(answer, batch.changes());
                    answer.put("next_cursor", next(asked, batch).toString());
                }
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                writeTable(asked, reading, table);
            }

            @Override
            public void lines(Reading reading, JsonLines lines) throws SQLException, IOException {
                writeLines(asked, reading, lines::line);
            }

            @Override
            public void more(Reading reading, ZipPackage files) throws SQLException, IOException {
                files.file(
                        "changes.ndjson",
                        "The same changes whole, as CloudEvents with images before and after, one a line",
                        LINES,
                        out -> writeLines(asked, reading, out::write));
            }
        });
    }

    @GET
    @Path("changes.ndjson")
    public Response lines(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException {
        Question question = questions.ask(uri, headers, AskedChanges.NAMES);
        AskedChanges asked = AskedChanges.read(question, start);
        return answers.stream(question, headers, LINES, (reading, out) -> writeLines(asked, reading, out::write));
    }

    private interface Line {
        void write(byte[] line) throws IOException;
    }

    private void writeLines(AskedChanges asked, Reading reading, Line out) throws SQLException, IOException {
        long end = asked.stretch().upTo();
        long done = asked.after().sequence();
        while (done < end) {
            Batch batch = reader.after(reading.connection(), asked.stretchAfter(done), asked.filter(), CHUNK);
            for (FeedChange change : batch.changes()) {
                out.write(change.line());
            }
            done = batch.scannedTo();
        }
    }

    @GET
    @Path("changes.atom")
    public Response atom(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, with("limit"));
        AskedChanges asked = AskedChanges.read(question, start);
        int limit = question.parameters().number("limit", 1, 200, ENTRIES);
        return answers.answer(question, headers, ATOM, reading -> {
            boolean paged = question.parameters().text("since").isEmpty();
            List<FeedChange> changes = reader.newest(
                    reading.connection(), paged ? asked.stretchBefore() : asked.stretch(), asked.filter(), limit);
            String page = asked.filter().canonical();
            if (limit != ENTRIES) {
                page += (page.isEmpty() ? "" : "&") + "limit=" + limit;
            }
            return AtomFeed.of(
                    new AtomFeed.Address(
                            question.root(),
                            asked.filter().canonical(),
                            page,
                            question.parameters().text("cursor").orElse(null)),
                    changes,
                    paged && changes.size() == limit ? changes.getLast().cursor() : null);
        });
    }

    /** When everything was told, the reader goes on from what it was read up to, which its filter may not show. */
    private static Cursor next(AskedChanges asked, Batch batch) {
        return new Cursor(
                asked.after().epoch(), Math.max(batch.scannedTo(), asked.after().sequence()));
    }

    private static void put(ObjectNode answer, List<FeedChange> changes) throws IOException {
        ArrayNode items = answer.putArray("items");
        for (FeedChange change : changes) {
            items.add(JSON.readTree(change.json()));
        }
        answer.put("count", changes.size());
    }

    private static void writeTable(AskedChanges asked, Reading reading, Table table) throws SQLException, IOException {
        table.header("cursor", "id", "type", "subject", "time", "recordedtime", "log", "position");
        Sql sql = new Sql(
                """
                select c.sequence, c.event_id, c.type, c.subject, c.known_at, c.recorded_at, c.log, c.position, c.images
                  from change c
                 where c.sequence > ?
                   and c.sequence <= ?
                   and c.known_at <= ?
                 order by c.sequence
                """,
                asked.after().sequence(),
                reading.moment().cursor().sequence(),
                reading.moment().knownBy());
        try (PreparedStatement select = sql.prepare(reading.connection())) {
            select.setFetchSize(1000);
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    if (!asked.filter().takes(row.getString(3), List.of((String[])
                            row.getArray(9).getArray()))) {
                        continue;
                    }
                    table.row(
                            new Cursor(asked.after().epoch(), row.getLong(1)).toString(),
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

    private static Set<String> with(String... more) {
        Set<String> names = new HashSet<>(AskedChanges.NAMES);
        names.addAll(List.of(more));
        return names;
    }
}
