package ledger287.reporting.stream;

import io.vertx.core.buffer.Buffer;
import java.util.HashMap;
import java.util.Map;
import ledger287.reporting.feed.ChangeFilter;
import ledger287.reporting.stream.Tail.Entry;
import ledger287.reporting.stream.Tail.Window;
import org.jspecify.annotations.Nullable;

/**
 * One pass over an event loop's subscribers. Most of them stand at the same place and want the same, so what is sent to
 * one is kept for the next.
 */
final class Round {
    private static final int MOST_BYTES = 64 * 1024;

    private final Window window;
    private final Map<Wish, Piece> pieces = new HashMap<>();

    Round(Window window) {
        this.window = window;
    }

    private record Wish(Form form, ChangeFilter filter, long after) {}

    /**
     * What comes next.
     *
     * @param bytes null when nothing of it is wanted
     * @param to the last change it takes account of
     */
    record Piece(@Nullable Buffer bytes, long to) {}

    Window window() {
        return window;
    }

    /** The next piece after a sequence within the window. */
    Piece after(Form form, ChangeFilter filter, long sequence) {
        return pieces.computeIfAbsent(new Wish(form, filter, sequence), this::piece);
    }

    private Piece piece(Wish wish) {
        Buffer only = null;
        Buffer merged = null;
        long sequence = wish.after();
        while (sequence < window.last() && (merged == null || merged.length() < MOST_BYTES)) {
            sequence++;
            Entry entry = window.at(sequence);
            if (!wish.filter().takes(entry.type(), entry.images())) {
                continue;
            }
            Buffer bytes = wish.form().change(entry);
            if (only == null) {
                only = bytes;
            } else if (merged == null) {
                merged = Buffer.buffer(only.length() + bytes.length())
                        .appendBuffer(only)
                        .appendBuffer(bytes);
            } else {
                merged.appendBuffer(bytes);
            }
        }
        return new Piece(merged == null ? only : merged, sequence);
    }
}
