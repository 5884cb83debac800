package ledger287.operations.operation;

import java.time.Instant;
import java.time.LocalDate;
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

    boolean isBySameSpeakerOnSameMetric(Statement other) {
        return metric == other.metric && speaker.isSameAs(other.speaker);
    }
}
