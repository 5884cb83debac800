package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.lang.reflect.Proxy;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ledger287.reporting.operations.OperationsResource;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.roster.RosterResource;
import ledger287.reporting.sources.SourcesResource;
import ledger287.reporting.statistics.StatisticsResource;

/**
 * The public API, asked from within. Pages take their figures and rows from the answers that everybody gets, so that a page
 * can never say what the API does not, and what the API keeps in memory serves pages too.
 */
@Singleton
final class PublicApi {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final StatisticsResource statistics;
    private final RosterResource roster;
    private final OperationsResource operations;
    private final SourcesResource sources;
    private final Questions questions;

    PublicApi(
            StatisticsResource statistics,
            RosterResource roster,
            OperationsResource operations,
            SourcesResource sources,
            Questions questions) {
        this.statistics = statistics;
        this.roster = roster;
        this.operations = operations;
        this.sources = sources;
        this.questions = questions;
    }

    /** A way to ask one resource. */
    private interface Ask {
        Response answer(UriInfo uri, HttpHeaders headers) throws SQLException, IOException;
    }

    JsonNode headline(Query query) throws SQLException, IOException {
        return ask("/v1/statistics/headline", query, statistics::headline);
    }

    JsonNode states(Query query) throws SQLException, IOException {
        return ask("/v1/statistics/states", query, statistics::states);
    }

    JsonNode applications(Query query) throws SQLException, IOException {
        return ask("/v1/statistics/applications", query, statistics::applications);
    }

    JsonNode series(Query query) throws SQLException, IOException {
        return ask("/v1/statistics/series", query, statistics::series);
    }

    /** The workbooks, the oldest first; the newest thousand of them. */
    JsonNode sources(Query query) throws SQLException, IOException {
        ObjectNode answer = (ObjectNode)
                ask("/v1/sources", query.with("limit", "1000").with("sort", "-published_at,kind"), sources::list);
        ArrayNode items = answer.withArray("items");
        List<JsonNode> oldestFirst = new ArrayList<>();
        items.forEach(oldestFirst::addFirst);
        items.removeAll();
        items.addAll(oldestFirst);
        return answer;
    }

    /** @param kind {@code agreements}, {@code agencies}, {@code applications}, {@code operations} or {@code claims} */
    JsonNode list(String kind, Query query) throws SQLException, IOException {
        return ask(
                "/v1/" + kind,
                query,
                switch (kind) {
                    case "agreements" -> roster::agreements;
                    case "agencies" -> roster::agencies;
                    case "applications" -> roster::applications;
                    case "operations" -> operations::operations;
                    case "claims" -> operations::claims;
                    default -> throw new IllegalArgumentException(kind);
                });
    }

    JsonNode one(String kind, String id, Query query) throws SQLException, IOException {
        return ask("/v1/" + kind + "/" + id, query, (uri, headers) -> switch (kind) {
            case "agreements" -> roster.agreement(id, uri, headers);
            case "agencies" -> roster.agency(id, uri, headers);
            case "applications" -> roster.application(id, uri, headers);
            case "operations" -> operations.operation(id, uri, headers);
            case "claims" -> operations.claim(id, uri, headers);
            case "sources" -> sources.one(id, uri, headers);
            default -> throw new IllegalArgumentException(kind);
        });
    }

    JsonNode history(String kind, String id, Query query) throws SQLException, IOException {
        return ask("/v1/" + kind + "/" + id + "/history", query, (uri, headers) -> switch (kind) {
            case "agreements" -> roster.agreementHistory(id, uri, headers);
            case "agencies" -> roster.agencyHistory(id, uri, headers);
            case "applications" -> roster.applicationHistory(id, uri, headers);
            case "operations" -> operations.operationHistory(id, uri, headers);
            case "claims" -> operations.claimHistory(id, uri, headers);
            case "sources" -> sources.history(id, uri, headers);
            default -> throw new IllegalArgumentException(kind);
        });
    }

    /** The moment that a query asks about, for what the API has no answer of its own for. */
    Question question(Query query) throws SQLException {
        return questions.ask(uri("/", query), NO_PREFERENCES, Set.of("on"));
    }

    private static JsonNode ask(String path, Query query, Ask ask) throws SQLException, IOException {
        Response response = ask.answer(uri(path, query), NO_PREFERENCES);
        if (response.getEntity() instanceof byte[] bytes) {
            return JSON.readTree(bytes);
        }
        throw new IllegalStateException(path + " answered with " + response.getStatus() + " and no JSON");
    }

    /** What a request would say of itself: an address, and that it takes JSON and knows no earlier answer. */
    private static UriInfo uri(String path, Query query) {
        URI uri = URI.create("http://localhost" + path + query);
        URI absolute = URI.create("http://localhost" + path);
        return only(UriInfo.class, name -> switch (name) {
            case "getRequestUri" -> uri;
            case "getAbsolutePath" -> absolute;
            case "getPath" -> path;
            default -> throw new UnsupportedOperationException("UriInfo." + name);
        });
    }

    private static final HttpHeaders NO_PREFERENCES = only(HttpHeaders.class, name -> switch (name) {
        case "getAcceptableMediaTypes" -> List.of(MediaType.APPLICATION_JSON_TYPE);
        case "getHeaderString" -> null;
        default -> throw new UnsupportedOperationException("HttpHeaders." + name);
    });

    private interface Member {
        @org.jspecify.annotations.Nullable
        Object called(String name);
    }

    @SuppressWarnings("NullAway") // an absent header is null by the interface's contract
    private static <T> T only(Class<T> type, Member member) {
        return type.cast(Proxy.newProxyInstance(
                type.getClassLoader(),
                new Class<?>[] {type},
                (proxy, method, arguments) -> member.called(method.getName())));
    }
}
