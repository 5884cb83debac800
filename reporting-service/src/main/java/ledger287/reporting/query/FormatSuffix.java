package ledger287.reporting.query;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** {@code /v1/agreements.csv} is {@code /v1/agreements} with {@code Accept: text/csv}, for those who share links. */
final class FormatSuffix {
    private static final Pattern SUFFIX = Pattern.compile("(/v1/.+)\\.([a-z]{2,10})");

    /** Addresses that are no other address in another form. */
    private static final Set<String> OWN = Set.of("/v1/changes.atom", "/v1/changes.ndjson");

    @ServerRequestFilter(preMatching = true)
    void strip(ContainerRequestContext request) {
        URI uri = request.getUriInfo().getRequestUri();
        Matcher matcher = SUFFIX.matcher(Optional.ofNullable(uri.getRawPath()).orElse(""));
        if (!matcher.matches() || OWN.contains(matcher.group())) {
            return;
        }
        Format format = Format.ofSuffix(matcher.group(2))
                .orElseThrow(() -> new Problem(
                        ProblemType.NOT_FOUND,
                        "'.%s' is not served here. Tables come as %s, what is on a map as .geojson too."
                                .formatted(matcher.group(2), Format.suffixes(List.copyOf(Content.TABLE)))));
        request.getHeaders().putSingle(HttpHeaders.ACCEPT, format.mediaType());
        request.setRequestUri(request.getUriInfo()
                .getRequestUriBuilder()
                .replacePath(matcher.group(1))
                .build());
    }
}
