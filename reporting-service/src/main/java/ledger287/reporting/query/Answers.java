package ledger287.reporting.query;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.StreamingOutput;
import java.io.IOException;
import java.io.OutputStream;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Objects;
import ledger287.reporting.export.CsvTable;
import ledger287.reporting.export.JsonLines;
import ledger287.reporting.export.ParquetTable;
import ledger287.reporting.export.Table;
import ledger287.reporting.export.ZipPackage;
import ledger287.reporting.limits.Downloads;
import ledger287.reporting.problem.Problem;
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
    private final CurrentVertxRequest current;
    private final Downloads downloads;
    private final Cache<String, Body> cache;

    Answers(
            QueryStore store,
            CurrentVertxRequest current,
            Downloads downloads,
            @ConfigProperty(name = "ledger287.reporting.answer-cache-bytes") long answerCacheBytes) {
        this.store = store;
        this.current = current;
        this.downloads = downloads;
        this.cache = Caffeine.newBuilder()
                .maximumWeight(answerCacheBytes)
                .weigher((String tag, Body body) -> body.bytes().length + 200)
                .build();
    }

    /** The answer, or 304 when the reader has it. */
    public Response answer(Question question, HttpHeaders headers, Content content) throws SQLException, IOException {
        question.require(content.formats());
        Format format = question.format();
        return switch (format) {
            case JSON ->
                whole(question, headers, format, reading -> {
                    ObjectNode answer = JSON.createObjectNode();
                    question.describe(answer);
                    content.json(reading, answer);
                    JsonNode next = answer.remove(Content.NEXT);
                    return new Body(JSON.writeValueAsBytes(answer), next == null ? null : next.asText());
                });
            case GEOJSON ->
                whole(question, headers, format, reading -> {
                    ObjectNode collection = JSON.createObjectNode();
                    collection.put("type", "FeatureCollection");
                    question.describe(collection);
                    content.features(reading, collection);
                    return new Body(JSON.writeValueAsBytes(collection), null);
                });
            case CSV, NDJSON, PARQUET, ZIP ->
                stream(question, headers, format.mediaType(), (reading, out) -> write(question, content, reading, out));
        };
    }

    private static void write(Question question, Content content, Reading reading, OutputStream out)
            throws SQLException, IOException {
        switch (question.format()) {
            case NDJSON -> {
                var lines = new JsonLines(out);
                content.lines(reading, lines);
                lines.end();
            }
            case ZIP -> {
                ObjectNode said = JSON.createObjectNode();
                question.describe(said);
                content.about(reading, said);
                var files = new ZipPackage(out, question.about(said));
                content.table(reading, files);
                content.more(reading, files);
                files.end();
            }
            case PARQUET -> write(content, reading, new ParquetTable(question.table(), out));
            case JSON, GEOJSON, CSV ->
                write(content, reading, question.forExcel() ? CsvTable.forExcel(out) : new CsvTable(out));
        }
    }

    private static void write(Content content, Reading reading, Table table) throws SQLException, IOException {
        content.table(reading, table);
        table.end();
    }

    /** An answer in a form of its own, whole, or 304 when the reader has it. */
    public Response answer(Question question, HttpHeaders headers, String mediaType, QueryStore.Work<byte[]> content)
            throws SQLException, IOException {
        var answer = new Answer(question, headers, Compression.WORTHWHILE);
        if (answer.isKnown()) {
            return answer.notModified();
        }
        return whole(answer, mediaType, reading -> new Body(content.in(reading), null));
    }

    private Response whole(Question question, HttpHeaders headers, Format format, QueryStore.Work<Body> content)
            throws SQLException, IOException {
        var answer = new Answer(question, headers, format.compression());
        return answer.isKnown() ? answer.notModified() : whole(answer, format.mediaType(), content);
    }

    private Response whole(Answer answer, String mediaType, QueryStore.Work<Body> content)
            throws SQLException, IOException {
        String tag = answer.question.tag();
        Body body = cache.getIfPresent(tag);
        if (body == null) {
            body = store.read(answer.question.moment(), content);
            cache.put(tag, body);
        }
        Response.ResponseBuilder response = answer.found(body.bytes()).type(mediaType);
        if (body.next() != null) {
            response.header(HttpHeaders.LINK, "<" + body.next() + ">; rel=\"next\"");
        }
        if (asksForHeadersOnly() && !answer.compressed()) {
            response.header(HttpHeaders.CONTENT_LENGTH, body.bytes().length);
        }
        return response.build();
    }

    /** An answer in a form of its own that may be too long to hold: written as it is read. */
    public Response stream(Question question, HttpHeaders headers, String mediaType, Writing content) {
        // As it is: the server ends what it compresses well even when it was broken off, and half would look whole.
        var answer = new Answer(question, headers, Compression.FUTILE);
        if (answer.isKnown()) {
            return answer.notModified();
        }
        RoutingContext request = Objects.requireNonNull(current.getCurrent(), "a request");
        StreamingOutput body = out -> downloads.run(request, out, watched -> {
            var held = new HeldBack(watched);
            boolean whole = false;
            try {
                store.readAtLength(question.moment(), reading -> {
                    content.write(reading, held);
                    return true;
                });
                held.end();
                whole = true;
            } catch (SQLException e) {
                throw Problem.of(e);
            } finally {
                // Before the framework, which ends what it gives up, and at times well: a reader must not take half for
                // the whole. What fails before anything was sent is told in words.
                if (!whole && held.begun()) {
                    Downloads.breakOff(request.request());
                }
            }
        });
        return answer.found(asksForHeadersOnly() ? null : body)
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

    private boolean asksForHeadersOnly() {
        RoutingContext request = current.getCurrent();
        return request != null && request.request().method().equals(HttpMethod.HEAD);
    }

    /** What is sent to whom, so far as headers say it. */
    private final class Answer {
        private final Question question;
        private final @Nullable String known;
        private final @Nullable String acceptEncoding;
        private final Compression compression;

        Answer(Question question, HttpHeaders headers, Compression compression) {
            this.question = question;
            this.known = headers.getHeaderString(HttpHeaders.IF_NONE_MATCH);
            this.acceptEncoding = headers.getHeaderString(HttpHeaders.ACCEPT_ENCODING);
            this.compression = compression;
        }

        boolean compressed() {
            return compression == Compression.WORTHWHILE && Compression.accepted(acceptEncoding);
        }

        /** Whichever of its encodings the reader has, it is the same answer: If-None-Match compares weakly. */
        boolean isKnown() {
            String tag = question.tag();
            String marked = Compression.marked(tag);
            return known != null
                    && Arrays.stream(known.split(","))
                            .map(String::strip)
                            .map(one -> one.startsWith("W/") ? one.substring(2) : one)
                            .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals(marked));
        }

        Response notModified() {
            forgetEncoding();
            return described(Response.notModified()).build();
        }

        Response.ResponseBuilder found(@Nullable Object body) {
            Response.ResponseBuilder response = described(Response.ok(body));
            if (asksForHeadersOnly()) {
                forgetEncoding();
                return compressed() ? response.header(HttpHeaders.CONTENT_ENCODING, "gzip") : response;
            }
            // The server reads Accept-Encoding less exactly than we do; this keeps it from compressing, and is not
            // sent.
            return compressed() ? response : response.header(HttpHeaders.CONTENT_ENCODING, "identity");
        }

        /** Where there is no body to compress the server does not take its own mark away. */
        private void forgetEncoding() {
            RoutingContext request = current.getCurrent();
            if (request != null) {
                request.response().headers().remove(HttpHeaders.CONTENT_ENCODING);
            }
        }

        private Response.ResponseBuilder described(Response.ResponseBuilder response) {
            String tag = question.tag();
            response.header(HttpHeaders.ETAG, compressed() ? Compression.marked(tag) : tag)
                    .header(HttpHeaders.VARY, "Accept, Accept-Encoding")
                    .header("Feed-Position", question.moment().cursor())
                    .header(
                            HttpHeaders.CACHE_CONTROL,
                            question.moment().pinned() ? "public, max-age=31536000, immutable" : "no-cache");
            return response;
        }
    }
}
