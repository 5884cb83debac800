package ledger287.reporting;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A stream as its reader sees it: a socket, so that it can be cut at any byte, or not be read at all. */
public final class OpenStream implements AutoCloseable {
    private final Socket socket;
    private final InputStream in;
    private final int status;
    private final Map<String, String> headers = new LinkedHashMap<>();
    private long chunkLeft;
    private boolean firstChunk = true;

    /** Asks and reads the head of the answer. */
    public OpenStream(URI root, String path, String... extraHeaders) throws IOException {
        this(root, path, 0, extraHeaders);
    }

    /** @param receiveBuffer bytes that the kernel holds for a reader who does not read; 0 for as many as it likes */
    public OpenStream(URI root, String path, int receiveBuffer, String... extraHeaders) throws IOException {
        this.socket = new Socket();
        if (receiveBuffer > 0) {
            socket.setReceiveBufferSize(receiveBuffer);
        }
        socket.connect(new InetSocketAddress(root.getHost(), root.getPort()));
        socket.setSoTimeout(20_000);
        StringBuilder request = new StringBuilder("GET " + path + " HTTP/1.1\r\nHost: " + root.getAuthority() + "\r\n");
        for (int i = 0; i < extraHeaders.length; i += 2) {
            request.append(extraHeaders[i])
                    .append(": ")
                    .append(extraHeaders[i + 1])
                    .append("\r\n");
        }
        socket.getOutputStream().write(request.append("\r\n").toString().getBytes(StandardCharsets.ISO_8859_1));
        this.in = new BufferedInputStream(socket.getInputStream(), receiveBuffer > 0 ? 1 : 8192);
        String first = line();
        this.status = Integer.parseInt(first.substring(9, 12));
        for (String header = line(); !header.isEmpty(); header = line()) {
            int colon = header.indexOf(':');
            headers.put(
                    header.substring(0, colon).toLowerCase(Locale.ROOT),
                    header.substring(colon + 1).strip());
        }
    }

    /**
     * One message of a stream.
     *
     * @param data null when it has none, as a heartbeat
     */
    public record Message(
            @Nullable String id,
            @Nullable String event,
            @Nullable String data,
            @Nullable String retry) {}

    public int status() {
        return status;
    }

    public Optional<String> header(String name) {
        return Optional.ofNullable(headers.get(name.toLowerCase(Locale.ROOT)));
    }

    /** How long a read waits; zero waits for ever. */
    public OpenStream patience(Duration patience) throws IOException {
        socket.setSoTimeout((int) patience.toMillis());
        return this;
    }

    /** The next message, heartbeats too; empty when the stream has ended. */
    public Optional<Message> next() throws IOException {
        String id = null;
        String event = null;
        String data = null;
        String retry = null;
        boolean any = false;
        while (true) {
            String line = bodyLine();
            if (line == null) {
                return Optional.empty();
            }
            if (line.isEmpty()) {
                if (any) {
                    return Optional.of(new Message(id, event, data, retry));
                }
                continue;
            }
            any = true;
            int colon = line.indexOf(": ");
            String value = line.substring(colon + 2);
            switch (line.substring(0, colon)) {
                case "id" -> id = value;
                case "event" -> event = value;
                case "data" -> data = value;
                case "retry" -> retry = value;
                case "" -> data = null;
                default -> throw new IOException("Not SSE: " + line);
            }
        }
    }

    /** The next message with data that is no heartbeat. */
    public Message nextWithData() throws IOException {
        while (true) {
            Message message = next().orElseThrow(() -> new IOException("The stream has ended"));
            if (message.data() != null && !"heartbeat".equals(message.event())) {
                return message;
            }
        }
    }

    /** A line of the body, without its end; null at the end. What was cut off is not a line. */
    public @Nullable String bodyLine() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        while (true) {
            int b = bodyByte();
            if (b < 0) {
                return null;
            }
            if (b == '\n') {
                return line.toString(StandardCharsets.UTF_8);
            }
            line.write(b);
        }
    }

    /** So many bytes of an answer that is no stream. */
    public String text(int length) throws IOException {
        return new String(in.readNBytes(length), StandardCharsets.UTF_8);
    }

    /** Reads and forgets so many bytes of the body. */
    public void skip(int bytes) throws IOException {
        for (int i = 0; i < bytes && bodyByte() >= 0; i++) {
            // Forgotten.
        }
    }

    /** Whether the other side closes within some time, nothing being read before. */
    public boolean closedWithin(Duration time) throws IOException {
        long deadline = System.nanoTime() + time.toNanos();
        socket.setSoTimeout(200);
        while (System.nanoTime() < deadline) {
            try {
                if (in.read() < 0) {
                    return true;
                }
            } catch (SocketTimeoutException stillOpen) {
                // Asks again.
            } catch (IOException reset) {
                return true;
            }
        }
        return false;
    }

    @Override
    public void close() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    private int bodyByte() throws IOException {
        if (!"chunked".equals(headers.get("transfer-encoding"))) {
            return in.read();
        }
        if (chunkLeft == 0) {
            if (!firstChunk) {
                line();
            }
            firstChunk = false;
            String size = line();
            if (size.isEmpty()) {
                return -1;
            }
            chunkLeft = Long.parseLong(size, 16);
            if (chunkLeft == 0) {
                return -1;
            }
        }
        chunkLeft--;
        return in.read();
    }

    private String line() throws IOException {
        StringBuilder line = new StringBuilder();
        while (true) {
            int b = in.read();
            if (b < 0 || b == '\n') {
                return line.toString();
            }
            if (b != '\r') {
                line.append((char) b);
            }
        }
    }
}
