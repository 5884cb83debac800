package ledger287.operations.operation;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What somebody said about a number, and where.
 *
 * @param asOf the day that the figure is about
 * @param publishedOn the day of the source: from then on the public could know it
 * @param quotation the source's own words
 * @param archivedUrl a copy that stays when the page changes
 */
public record Statement(
        Metric metric,
        Figure figure,
        PartialDate asOf,
        @Nullable LocalDate publishedOn,
        Speaker speaker,
        @Nullable String quotation,
        String sourceUrl,
        @Nullable String archivedUrl) {

    /** Noon in New York of the source's day, and never later than its recording, which it is when no day is known. */
    Instant knownAt(Instant recordedAt) {
        if (publishedOn == null) {
            return recordedAt;
        }
        Instant noon = NewYork.noonOf(publishedOn);
        return noon.isBefore(recordedAt) ? noon : recordedAt;
    }

    /** With the day of the operation's source of the same address, where the claim itself names none. */
    Statement datedBy(List<Source> sources) {
        LocalDate day = publishedOn != null
                ? publishedOn
                : sources.stream()
                        .filter(source -> source.url().equals(sourceUrl))
                        .map(Source::publishedOn)
                        .filter(Objects::nonNull)
                        .findFirst()
                        .orElse(null);
        return new Statement(metric, figure, asOf, day, speaker, quotation, sourceUrl, archivedUrl);
    }

    boolean isBySameSpeakerOnSameMetric(Statement other) {
        return metric == other.metric && speaker.isSameAs(other.speaker);
    }
}
