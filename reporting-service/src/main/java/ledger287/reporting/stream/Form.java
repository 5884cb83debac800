package ledger287.reporting.stream;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import java.util.concurrent.ThreadLocalRandom;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.feed.Start.Place.Gone;
import ledger287.reporting.stream.Tail.Entry;

/** How a stream is written. */
enum Form {
    SERVER_SENT_EVENTS("text/event-stream") {
        @Override
        Buffer opening(Cursor cursor) {
            return Buffer.buffer("retry: " + RETRY_MILLIS + "\n").appendBuffer(heartbeat(cursor));
        }

        @Override
        Buffer heartbeat(Cursor cursor) {
            // An id without data moves the reader's last event id and is otherwise not seen.
            return Buffer.buffer("id: " + cursor + "\n\n");
        }

        @Override
        Buffer reset(Gone gone, String snapshot) {
            // Without an id: a reader who overlooks it and reconnects is told again.
            return Buffer.buffer("event: reset\ndata: " + resetBody(gone, snapshot) + "\n\n");
        }

        @Override
        Buffer change(Entry entry) {
            return entry.event();
        }

        @Override
        Buffer goodbye(int retryMillis) {
            return Buffer.buffer("retry: " + retryMillis + "\n\n");
        }
    },
    LINES("application/x-ndjson") {
        @Override
        Buffer opening(Cursor cursor) {
            return heartbeat(cursor);
        }

        @Override
        Buffer heartbeat(Cursor cursor) {
            return line(new JsonObject().put("type", "heartbeat").put("cursor", cursor.toString()));
        }

        @Override
        Buffer reset(Gone gone, String snapshot) {
            return line(resetBody(gone, snapshot));
        }

        @Override
        Buffer change(Entry entry) {
            return entry.line();
        }

        @Override
        Buffer goodbye(int retryMillis) {
            return Buffer.buffer();
        }
    };

    /** How soon a reader comes back after its stream has ended. */
    static final int RETRY_MILLIS = 3000;

    private static final int EARLIEST_RETURN_MILLIS = 500;
    private static final int LATEST_RETURN_MILLIS = 5_000;

    private final String mediaType;

    Form(String mediaType) {
        this.mediaType = mediaType;
    }

    String mediaType() {
        return mediaType;
    }

    /** When a reader whose stream we end is to come back: not all of them at once. */
    static int comeBackMillis() {
        return ThreadLocalRandom.current().nextInt(EARLIEST_RETURN_MILLIS, LATEST_RETURN_MILLIS);
    }

    /** What a stream begins with: where it goes on from, so that one cut off at once can be resumed. */
    abstract Buffer opening(Cursor cursor);

    /** That everything up to a cursor has been told. */
    abstract Buffer heartbeat(Cursor cursor);

    /** That the reader's cursor is worth nothing any more. */
    abstract Buffer reset(Gone gone, String snapshot);

    abstract Buffer change(Entry entry);

    /** Before an end that is ours: come back after so long. */
    abstract Buffer goodbye(int retryMillis);

    private static JsonObject resetBody(Gone gone, String snapshot) {
        return new JsonObject()
                .put("type", "reset")
                .put("floor", gone.floor().toString())
                .put("snapshot", snapshot)
                .put("detail", gone.detail());
    }

    private static Buffer line(JsonObject object) {
        return object.toBuffer().appendString("\n");
    }
}
