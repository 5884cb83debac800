package ledger287.service.problem;

import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Arrays;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jspecify.annotations.Nullable;

/** Refuses query parameters that an address does not know: a mistyped filter must not look like an answer to it. */
final class KnownParameters {

    @ServerRequestFilter
    void refuseUnknown(ContainerRequestContext request, ResourceInfo resource) {
        Set<String> given = request.getUriInfo().getQueryParameters().keySet();
        Method method = resource.getResourceMethod();
        if (given.isEmpty() || method == null) {
            return;
        }
        Set<String> known = Arrays.stream(method.getParameters())
                .map(KnownParameters::nameOf)
                .filter(Objects::nonNull)
                .collect(Collectors.toSet());
        for (String name : given) {
            if (!known.contains(name)) {
                throw Problem.of(
                                ProblemType.UNKNOWN_PARAMETER,
                                known.isEmpty()
                                        ? "This address takes no parameters."
                                        : "This address takes: "
                                                + known.stream().sorted().collect(Collectors.joining(", ")) + ".")
                        .about(name, Suggestion.nearest(name, known))
                        .asException();
            }
        }
    }

    private static @Nullable String nameOf(Parameter parameter) {
        QueryParam query = parameter.getAnnotation(QueryParam.class);
        return query == null ? null : query.value();
    }
}
