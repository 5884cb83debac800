package ledger287.reporting.stream;

import io.vertx.core.buffer.Buffer;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.feed.ChangeFilter;
import ledger287.reporting.feed.ChangeReader.Batch;
import ledger287.reporting.feed.FeedChange;
import ledger287.reporting.feed.Start.Place.Gone;
import ledger287.reporting.stream.Tail.Entry;
import ledger287.reporting.stream.Tail.Window;

/**
 * A reader of changes. It holds a place in the log and no queue: when it can take more, it takes what comes next, from
 * memory or from the database. Used on its event loop only.
 */
final class Subscriber {
    private final Outlet outlet;
    private final Form form;
    private final ChangeFilter filter;
    private final String snapshot;
    private Cursor position;
    private boolean reading;

    /**
     * @param position everything up to here is not sent
     * @param snapshot where a reader begins anew
     */
    Subscriber(Outlet outlet, Form form, ChangeFilter filter, Cursor position, String snapshot) {
        this.outlet = outlet;
        this.form = form;
        this.filter = filter;
        this.position = position;
        this.snapshot = snapshot;
    }

    /** What a subscriber that is behind the window has read for it. */
    interface Library {
        /** Answers by {@link Subscriber#read} or {@link Subscriber#readFailed}, on the subscriber's event loop. */
        void fetch(Subscriber subscriber, Cursor after, ChangeFilter filter);
    }

    Outlet outlet() {
        return outlet;
    }

    /** Sends as much as the reader takes. */
    void pump(Round round, Library library) {
        Window window = round.window();
        while (!reading && outlet.ready()) {
            if (!position.epoch().equals(window.epoch())) {
                reset(window);
            }
            if (position.sequence() >= window.last()) {
                return;
            }
            if (position.sequence() < window.after()) {
                reading = true;
                library.fetch(this, position, filter);
                return;
            }
            Round.Piece piece = round.after(form, filter, position.sequence());
            advance(piece.to());
            if (piece.bytes() != null) {
                outlet.write(piece.bytes());
            }
        }
    }

    /** Takes what was read from the database. */
    void read(Batch batch) {
        reading = false;
        if (outlet.ended()) {
            return;
        }
        Buffer bytes = Buffer.buffer();
        for (FeedChange change : batch.changes()) {
            bytes.appendBuffer(form.change(Entry.of(change)));
        }
        advance(batch.scannedTo());
        if (bytes.length() > 0) {
            outlet.write(bytes);
        }
    }

    /** The database did not answer; the next round asks again. */
    void readFailed() {
        reading = false;
    }

    /** Tells how far the log has been looked through, which a filter that takes little would not show. */
    void heartbeat() {
        if (outlet.ready()) {
            outlet.write(form.heartbeat(position));
        }
    }

    void end(int retryMillis) {
        outlet.end(form.goodbye(retryMillis));
    }

    /** The change log was built anew while this reader was connected. */
    private void reset(Window window) {
        Head head = new Head(
                new Cursor(window.epoch(), window.last()), null, null, java.util.List.of(), 0, java.util.Map.of());
        Gone gone = new Gone(position, head);
        outlet.write(form.reset(gone, snapshot));
        position = gone.floor();
    }

    private void advance(long sequence) {
        position = new Cursor(position.epoch(), sequence);
    }
}
