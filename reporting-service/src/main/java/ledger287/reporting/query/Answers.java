package ledger287.reporting.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.Arrays;
import ledger287.reporting.export.CsvTable;
import ledger287.reporting.export.JsonLines;
import ledger287.reporting.export.ParquetTable;
import ledger287.reporting.export.Table;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/**
 * Turns questions into answers that can be cached anywhere. An answer depends on nothing but its question and the cursor,
 * so a change to the query stores makes a new address in the cache and nothing needs to be thrown away.
 */
@Singleton
public final class Answers {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    private final QueryStore store;
    private final Cache<String, Body> cache;

    Answers(QueryStore store, @ConfigProperty(name = "ledger287.reporting.answer-cache-bytes") long answerCacheBytes) {
        this.store = store;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(answerCacheBytes)
                .weigher((String tag, Body body) -> body.bytes().length + 200)
                .build();
    }

    /** The answer, or 304 when the reader has it. */
    public Response answer(Question question, HttpHeaders headers, Content content) throws SQLException, IOException {
        String tag = question.tag();
        if (has(headers, tag)) {
            return described(Response.notModified(), question, tag).build();
        }
        return switch (question.format()) {
            case JSON -> {
                Body body = json(question, tag, content);
                Response.ResponseBuilder response =
                        described(Response.ok(body.bytes()), question, tag).type(Format.JSON.mediaType());
                if (body.next() != null) {
                    response.header(HttpHeaders.LINK, "<" + body.next() + ">; rel=\"next\"");
                }
                yield response.build();
            }
            case CSV, NDJSON, PARQUET ->
                stream(
                        question,
                        headers,
                        question.format().mediaType(),
                        (reading, out) -> write(question, content, reading, out));
        };
    }

    private static void write(Question question, Content content, Reading reading, OutputStream out)
            throws SQLException, IOException {
        if (question.format() == Format.NDJSON) {
            var lines = new JsonLines(out);
            content.lines(reading, lines);
            lines.end();
            return;
        }
        Table table = question.format() == Format.PARQUET
                ? new ParquetTable(out)
                : question.forExcel() ? CsvTable.forExcel(out) : new CsvTable(out);
        content.table(reading, table);
        table.end();
    }

    /** An answer in a form of its own, whole, or 304 when the reader has it. */
    public Response answer(Question question, HttpHeaders headers, String mediaType, QueryStore.Work<byte[]> content)
            throws SQLException, IOException {
        String tag = question.tag();
        if (has(headers, tag)) {
            return described(Response.notModified(), question, tag).build();
        }
        Body body = cache.getIfPresent(tag);
        if (body == null) {
            body = new Body(store.read(question.moment(), content), null);
            cache.put(tag, body);
        }
        return described(Response.ok(body.bytes()), question, tag)
                .type(mediaType)
                .build();
    }

    /** An answer in a form of its own that may be too long to hold: written as it is read. */
    public Response stream(Question question, HttpHeaders headers, String mediaType, Writing content) {
        String tag = question.tag();
        if (has(headers, tag)) {
            return described(Response.notModified(), question, tag).build();
        }
        StreamingOutput body = out -> {
            try {
                store.read(question.moment(), reading -> {
                    content.write(reading, out);
                    return true;
                });
            } catch (SQLException e) {
                // Breaks the connection: a reader must not take half for the whole.
                throw new IOException("The query store failed while an answer was sent", e);
            }
        };
        return described(Response.ok(body), question, tag)
                .type(mediaType)
                .header("Ledger287-Complete", question.moment().head().complete())
                .header("Ledger287-Sample", question.moment().head().sample())
                .build();
    }

    /** Writes an answer. */
    public interface Writing {
        void write(Reading reading, OutputStream out) throws SQLException, IOException;
    }

    /** @param next address of the next page, else null */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    private record Body(byte[] bytes, @Nullable String next) {}

    private Body json(Question question, String tag, Content content) throws SQLException, IOException {
        Body known = cache.getIfPresent(tag);
        if (known != null) {
            return known;
        }
        Body body = store.read(question.moment(), reading -> {
            ObjectNode answer = JSON.createObjectNode();
            question.describe(answer);
            content.json(reading, answer);
            JsonNode next = answer.remove(Content.NEXT);
            return new Body(JSON.writeValueAsBytes(answer), next == null ? null : next.asText());
        });
        cache.put(tag, body);
        return body;
    }

    private static Response.ResponseBuilder described(
            Response.ResponseBuilder response, Question question, String tag) {
        return response.header(HttpHeaders.ETAG, tag)
                .header(HttpHeaders.VARY, HttpHeaders.ACCEPT)
                .header("Feed-Position", question.moment().cursor())
                .header(
                        HttpHeaders.CACHE_CONTROL,
                        question.moment().pinned() ? "public, max-age=31536000, immutable" : "no-cache");
    }

    /** If-None-Match compares weakly: intermediaries that compress mark our tags weak. */
    private static boolean has(HttpHeaders headers, String tag) {
        @Nullable String known = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
        return known != null
                && Arrays.stream(known.split(","))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }
}
