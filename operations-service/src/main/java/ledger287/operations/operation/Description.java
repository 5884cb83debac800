package ledger287.operations.operation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What is said of an operation, apart from figures.
 *
 * @param phase which part of a longer operation, as the source names it
 * @param leadOffice the federal office that led it
 * @param legalBasis the authority that the source names for it
 */
public record Description(
        String name,
        @Nullable String phase,
        PartialDate start,
        PartialDate end,
        List<Place> places,
        @Nullable String leadOffice,
        List<Partner> partners,
        @Nullable String legalBasis,
        List<Source> sources,
        Scope scope) {

    public Description {
        places = List.copyOf(places);
        partners = List.copyOf(partners);
        sources = List.copyOf(sources);
        LocalDate earliestStart = start.earliest();
        LocalDate latestEnd = end.latest();
        if (earliestStart != null && latestEnd != null && latestEnd.isBefore(earliestStart)) {
            throw new IllegalArgumentException(
                    "It would end (" + latestEnd + " at the latest) before it starts (" + earliestStart + ").");
        }
    }

    public Description withPartners(List<Partner> others) {
        return new Description(name, phase, start, end, places, leadOffice, others, legalBasis, sources, scope);
    }

    /** When the oldest dated source came out; empty without one. */
    Stream<Instant> sourcesKnownAt() {
        return sources.stream()
                .map(Source::publishedOn)
                .filter(Objects::nonNull)
                .map(NewYork::noonOf);
    }
}
