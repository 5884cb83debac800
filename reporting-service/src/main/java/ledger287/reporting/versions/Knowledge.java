package ledger287.reporting.versions;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * What is held to be so about one thing: its open stretches, one after the other in known time.
 *
 * <p>An event known at k and recorded at sequence s changes what readers are told who ask as of k or later, from s on.
 * Each open stretch that reaches beyond k is closed at s; the part of it before k, if any, goes on with its image, and
 * the part from k on gets the change. Mostly k is the newest time and there is one such stretch. When an older workbook
 * comes after an editor's act, there are several: the last one, which is the present, takes the image after the event as
 * it is, and the stretches between take only the fields that the event changed, so that nothing known later leaks into
 * what was known earlier.
 *
 * <p>So what is held at (as of K, sequence S) is the fold, in order of sequence, of the events with sequence ≤ S and
 * known ≤ K.
 */
final class Knowledge {
    /** Known for good, until something else is known. */
    static final Instant FOREVER = Instant.MAX;

    /** Not superseded yet. */
    static final long OPEN = Long.MAX_VALUE;

    private final NavigableMap<Instant, Stretch> open = new TreeMap<>();
    private final List<Stretch> closed = new ArrayList<>();

    /** A stretch that the database holds as open. */
    void remember(Stretch stretch) {
        open.put(stretch.knownFrom(), stretch);
    }

    void learn(Instant known, long sequence, @Nullable JsonNode before, ObjectNode after) {
        List<Stretch> touched =
                open.values().stream().filter(s -> s.knownTo().isAfter(known)).toList();
        if (touched.isEmpty()) {
            put(new Stretch(known, FOREVER, sequence, OPEN, sequence, after, false));
            return;
        }
        if (touched.getFirst().knownFrom().isAfter(known)) {
            put(new Stretch(known, touched.getFirst().knownFrom(), sequence, OPEN, sequence, after, false));
        }
        for (Stretch stretch : touched) {
            close(stretch, sequence);
            if (stretch.knownFrom().isBefore(known)) {
                put(new Stretch(
                        stretch.knownFrom(), known, sequence, OPEN, stretch.changeSequence(), stretch.image(), false));
            }
            Instant from = stretch.knownFrom().isBefore(known) ? known : stretch.knownFrom();
            ObjectNode image = stretch.knownTo().equals(FOREVER) ? after : patched(stretch.image(), before, after);
            put(new Stretch(from, stretch.knownTo(), sequence, OPEN, sequence, image, false));
        }
    }

    /** Stored stretches that have been closed. */
    List<Stretch> closures() {
        return closed.stream().filter(Stretch::stored).toList();
    }

    /** Stretches to store, closed within this very transaction or open. */
    List<Stretch> additions() {
        List<Stretch> additions = new ArrayList<>(closed);
        additions.addAll(open.values());
        additions.removeIf(Stretch::stored);
        return additions;
    }

    private void put(Stretch stretch) {
        open.put(stretch.knownFrom(), stretch);
    }

    private void close(Stretch stretch, long sequence) {
        open.remove(stretch.knownFrom());
        closed.add(stretch.closedAt(sequence));
    }

    /** The image with only those fields replaced in which the event's two images differ. */
    private static ObjectNode patched(ObjectNode image, @Nullable JsonNode before, ObjectNode after) {
        ObjectNode patched = image.deepCopy();
        for (Map.Entry<String, JsonNode> field : after.properties()) {
            if (before == null || !field.getValue().equals(before.get(field.getKey()))) {
                patched.set(field.getKey(), field.getValue());
            }
        }
        return patched;
    }

    /**
     * One rectangle.
     *
     * @param changeSequence the change that its image comes from
     * @param stored whether the database has it already
     */
    record Stretch(
            Instant knownFrom,
            Instant knownTo,
            long fromSequence,
            long toSequence,
            long changeSequence,
            ObjectNode image,
            boolean stored) {
        Stretch closedAt(long sequence) {
            return new Stretch(knownFrom, knownTo, fromSequence, sequence, changeSequence, image, stored);
        }
    }
}
