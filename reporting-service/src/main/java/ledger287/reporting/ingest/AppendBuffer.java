package ledger287.reporting.ingest;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import ledger287.reporting.ingest.TopicRecord.Illegible;
import ledger287.reporting.ingest.TopicRecord.Legible;

/**
 * Collects records until an append is whole. Pure: it is told how far the query stores are and decides about one record
 * at a time.
 *
 * <p>An unreadable record may be one of the log's, with its position lost, or none of its. So it may account for one
 * missing position, and never hides one that comes after all.
 */
final class AppendBuffer {
    private final List<TopicRecord> records = new ArrayList<>();
    private long applied;
    private int unaccounted;
    private int unaccountedInBuffer;

    /**
     * Begins anew.
     *
     * @param appliedPosition the newest position in the query stores
     * @param parkedAfter parked unreadable records that may account for positions after it
     */
    void reset(long appliedPosition, int parkedAfter) {
        records.clear();
        applied = appliedPosition;
        unaccounted = parkedAfter;
        unaccountedInBuffer = 0;
    }

    /** What to do after a record. */
    sealed interface Step {}

    /** The append is not whole yet, or the record was known. */
    record Wait() implements Step {}

    /** These records belong together and are to be applied. */
    record Apply(List<TopicRecord> records) implements Step {}

    /** A position is missing. */
    record Gap(long expected, long found) implements Step {}

    Step take(TopicRecord record) {
        return switch (record) {
            case Legible readable -> takeLegible(readable);
            case Illegible unreadable -> takeIllegible(unreadable);
        };
    }

    private Step takeLegible(Legible record) {
        long position = record.event().position();
        long newest = newest();
        if (position <= newest) {
            return new Wait();
        }
        if (position > newest + 1 + unaccounted + unaccountedInBuffer) {
            return new Gap(newest + 1, position);
        }
        records.add(record);
        unaccounted = 0;
        unaccountedInBuffer = 0;
        return wholeAppend();
    }

    private Step takeIllegible(Illegible record) {
        records.add(record);
        unaccountedInBuffer++;
        return wholeAppend();
    }

    /** Whole when its last position is here, read or presumed; an unreadable record alone waits for nobody. */
    private Step wholeAppend() {
        Optional<Legible> last = lastLegible();
        boolean whole = last.isEmpty()
                || last.get().event().position() + unaccountedInBuffer
                        >= last.get().event().appendEnd();
        if (!whole) {
            return new Wait();
        }
        Apply apply = new Apply(List.copyOf(records));
        records.clear();
        applied = last.map(readable -> readable.event().position()).orElse(applied);
        unaccounted += unaccountedInBuffer;
        unaccountedInBuffer = 0;
        return apply;
    }

    /** Whether nothing waits for the rest of its append. */
    boolean isEmpty() {
        return records.isEmpty();
    }

    /** The newest position taken, in the query stores or here. */
    long newest() {
        return lastLegible().map(readable -> readable.event().position()).orElse(applied);
    }

    private Optional<Legible> lastLegible() {
        for (int i = records.size() - 1; i >= 0; i--) {
            if (records.get(i) instanceof Legible readable) {
                return Optional.of(readable);
            }
        }
        return Optional.empty();
    }
}
