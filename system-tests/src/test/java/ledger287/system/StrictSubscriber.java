package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.HttpURLConnection;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * A reader of a stream who comes back at once whenever it is cut off, and holds every message against what it was
 * promised: cursors only grow, nothing comes before where it asked to go on, no reset.
 */
final class StrictSubscriber implements AutoCloseable {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofMillis(20);

    private final URI address;
    private final boolean lines;
    private final List<Told> told = new ArrayList<>();
    private final Set<String> ids = new HashSet<>();
    private final Thread thread;
    private volatile boolean stopping;
    private volatile @Nullable String broken;
    private String cursor;

    /** A change as it was told. */
    record Told(long sequence, String id) {}

    /**
     * Begins to read.
     *
     * @param address of a stream with filters: SSE, or NDJSON when it says so
     * @param cursor where to begin
     */
    StrictSubscriber(String address, String cursor) {
        this.address = URI.create(address);
        this.lines = address.contains(".ndjson");
        this.cursor = cursor;
        this.thread = Thread.ofPlatform().daemon().name("strict-subscriber").start(this::run);
    }

    /** What it has, each change once, in the order in which it was first told. */
    synchronized List<Told> told() {
        return List.copyOf(told);
    }

    synchronized int count() {
        return told.size();
    }

    /** What was not as promised; null when all was. */
    @Nullable
    String broken() {
        return broken;
    }

    private void run() {
        while (!stopping && broken == null) {
            try {
                read();
            } catch (IOException cutOff) {
                // Comes back.
            }
            LockSupport.parkNanos(PAUSE.toNanos());
        }
    }

    private void read() throws IOException {
        var connection = (HttpURLConnection) address.toURL().openConnection();
        connection.setConnectTimeout(5_000);
        connection.setReadTimeout(30_000);
        connection.setRequestProperty("Last-Event-ID", cursor);
        int status = connection.getResponseCode();
        if (status == 400 || status == 410) {
            broken = "Asked to go on after " + cursor + ", was refused: " + status;
            return;
        }
        if (status != 200) {
            return;
        }
        try (InputStream in = new BufferedInputStream(connection.getInputStream())) {
            Map<String, String> message = new HashMap<>();
            for (String line = line(in); line != null && !stopping && broken == null; line = line(in)) {
                if (lines) {
                    takeLine(JSON.readTree(line));
                } else if (line.isEmpty()) {
                    take(message);
                    message.clear();
                } else {
                    int colon = line.indexOf(": ");
                    message.put(line.substring(0, colon), line.substring(colon + 2));
                }
            }
        }
    }

    private void takeLine(JsonNode line) {
        if (line.path("type").asText().equals("heartbeat")) {
            move(line.path("cursor").asText(), null);
        } else if (line.path("type").asText().equals("reset")) {
            broken = line.toString();
        } else {
            move(line.path("cursor").asText(), line);
        }
    }

    private void take(Map<String, String> message) throws IOException {
        String id = message.get("id");
        String data = message.get("data");
        if (message.containsKey("event")) {
            broken = message.toString();
        } else if (id != null) {
            move(id, data == null ? null : JSON.readTree(data));
        } else if (data != null) {
            broken = "A change without a cursor: " + data;
        }
    }

    private void move(String to, @Nullable JsonNode change) {
        long before = sequence(cursor);
        long now = sequence(to);
        if (change == null ? now < before : now <= before) {
            broken = "After %s came %s".formatted(cursor, to);
            return;
        }
        cursor = to;
        if (change != null) {
            String id = change.path("id").asText();
            synchronized (this) {
                if (ids.add(id)) {
                    told.add(new Told(now, id));
                }
            }
        }
    }

    static long sequence(String cursor) {
        return Long.parseLong(cursor.substring(cursor.lastIndexOf('-') + 1));
    }

    /** A line that has come to its end; null when there is none. */
    private static @Nullable String line(InputStream in) throws IOException {
        var line = new ByteArrayOutputStream();
        for (int read = in.read(); read >= 0; read = in.read()) {
            if (read == '\n') {
                return line.toString(UTF_8);
            }
            line.write(read);
        }
        return null;
    }

    @Override
    public void close() {
        stopping = true;
        thread.interrupt();
    }
}
