package ledger287.reporting.feed;

import java.nio.charset.StandardCharsets;
import java.util.List;
import ledger287.reporting.changelog.Cursor;

/**
 * A change as every reader gets it, whatever the transport.
 *
 * @param images what filters look at
 * @param json the event on one line, with its {@code cursor}
 */
public record FeedChange(Cursor cursor, String type, List<String> images, String json) {

    /** @param event as it was published */
    static FeedChange of(Cursor cursor, String type, List<String> images, String event) {
        return new FeedChange(cursor, type, images, withCursor(event, cursor));
    }

    /** As SSE: no event name, so that {@code onmessage} sees it. */
    public byte[] serverSentEvent() {
        return ("id: " + cursor + "\ndata: " + json + "\n\n").getBytes(StandardCharsets.UTF_8);
    }

    /** As a line of NDJSON. */
    public byte[] line() {
        return (json + "\n").getBytes(StandardCharsets.UTF_8);
    }

    /** In JSON a line's end can only stand between tokens; in a string it is escaped. */
    private static String withCursor(String event, Cursor cursor) {
        String line = event.replace('\n', ' ').replace('\r', ' ');
        return line.substring(0, line.lastIndexOf('}')) + ",\"cursor\":\"" + cursor + "\"}";
    }
}
