package ledger287.reporting.dashboard;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * The way from a browser to the service, which can be cut, on which streams can be refused while pages pass, and which can
 * fall silent without being cut.
 */
final class Relay implements AutoCloseable {
    private static final byte[] REFUSAL =
            "HTTP/1.1 503 Service Unavailable\r\nContent-Length: 0\r\nConnection: close\r\n\r\n"
                    .getBytes(StandardCharsets.US_ASCII);

    /** What passes. */
    enum Passing {
        ALL,
        NO_STREAMS,
        NOTHING,
        /** Nothing either, but nobody is told: connections stay open. */
        SILENCE
    }

    private final URI service;
    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final AtomicInteger streams = new AtomicInteger();
    private volatile Passing passing = Passing.ALL;

    Relay(URI service) throws IOException {
        this.service = service;
        this.door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread.ofVirtual().start(this::accept);
    }

    URI address() {
        return URI.create("http://127.0.0.1:" + door.getLocalPort());
    }

    /** From now on; what is under way breaks off, as when the service is started again, but for silence. */
    void let(Passing which) {
        passing = which;
        if (which != Passing.SILENCE) {
            open.forEach(Relay::breakOff);
        }
    }

    /** How many streams have been opened through it. */
    int streams() {
        return streams.get();
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket browser = door.accept();
                if (passing == Passing.NOTHING) {
                    breakOff(browser);
                    continue;
                }
                Socket beyond = new Socket(service.getHost(), service.getPort());
                open.add(browser);
                open.add(beyond);
                Thread.ofVirtual().start(() -> pump(browser, beyond, true));
                Thread.ofVirtual().start(() -> pump(beyond, browser, false));
            } catch (IOException e) {
                if (!door.isClosed()) {
                    throw new UncheckedIOException(e);
                }
            }
        }
    }

    private void pump(Socket from, Socket to, boolean asking) {
        byte[] some = new byte[64 * 1024];
        try {
            InputStream in = from.getInputStream();
            for (int length = in.read(some); length > 0; length = in.read(some)) {
                if (passing == Passing.SILENCE) {
                    continue;
                }
                if (asking && new String(some, 0, length, StandardCharsets.ISO_8859_1).startsWith("GET /v1/stream")) {
                    if (passing == Passing.NO_STREAMS) {
                        from.getOutputStream().write(REFUSAL);
                        break;
                    }
                    streams.incrementAndGet();
                }
                to.getOutputStream().write(some, 0, length);
            }
        } catch (IOException e) {
            // One end has gone; so does the other.
            open.remove(from);
        }
        breakOff(from);
        breakOff(to);
        open.remove(from);
        open.remove(to);
    }

    private static void breakOff(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        door.close();
        open.forEach(Relay::breakOff);
    }
}
