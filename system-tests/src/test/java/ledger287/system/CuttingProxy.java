package ledger287.system;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A bad line to several servers: each connection goes to one of them at random and is cut after so many bytes or so long,
 * in the middle of whatever is being said, until it has cut often enough. Then it is a good line.
 */
final class CuttingProxy implements AutoCloseable {

    private static final int MOST_BYTES = 200_000;
    private static final int LONGEST_MILLIS = 900;
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(2);

    private final ServerSocket listening;
    private final List<Integer> servers;
    private final Random random;
    private final int cutsWanted;
    private final AtomicInteger cuts = new AtomicInteger();
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("cutting-proxy").factory());

    /** @param servers ports of this machine */
    CuttingProxy(List<Integer> servers, int cutsWanted, Random random) {
        this.servers = List.copyOf(servers);
        this.cutsWanted = cutsWanted;
        this.random = random;
        try {
            this.listening = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    String address() {
        return "http://127.0.0.1:" + listening.getLocalPort();
    }

    /** How many connections it has cut that had begun to answer. */
    int cuts() {
        return cuts.get();
    }

    private void accept() {
        while (!listening.isClosed()) {
            try {
                Socket client = listening.accept();
                threads.execute(() -> serve(client));
            } catch (IOException closed) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        boolean cutting;
        int bytes;
        int millis;
        int server;
        synchronized (random) {
            cutting = cuts.get() < cutsWanted;
            bytes = cutting ? random.nextInt(MOST_BYTES) : Integer.MAX_VALUE;
            millis = random.nextInt(LONGEST_MILLIS);
            server = servers.get(random.nextInt(servers.size()));
        }
        try (client;
                var upstream = new Socket()) {
            open.add(client);
            upstream.connect(
                    new InetSocketAddress(InetAddress.getLoopbackAddress(), server), (int) CONNECT_WITHIN.toMillis());
            threads.execute(() -> forward(client, upstream));
            var answered = new AtomicBoolean();
            if (cutting) {
                var unused = clock.schedule(() -> cut(client, answered), millis, TimeUnit.MILLISECONDS);
            }
            if (copy(upstream.getInputStream(), client.getOutputStream(), bytes, answered)) {
                cut(client, answered);
            }
        } catch (IOException over) {
            // One of the two has hung up, which is what lines do.
        } finally {
            open.remove(client);
        }
    }

    private void forward(Socket client, Socket upstream) {
        try (client;
                upstream) {
            client.getInputStream().transferTo(upstream.getOutputStream());
        } catch (IOException over) {
            // As above.
        }
    }

    /** Answers whether all the bytes that were allowed have gone through. */
    private static boolean copy(InputStream in, OutputStream out, int most, AtomicBoolean answered) throws IOException {
        byte[] buffer = new byte[8192];
        int left = most;
        while (true) {
            int read = in.read(buffer, 0, Math.min(buffer.length, Math.max(1, left)));
            if (read < 0) {
                return false;
            }
            answered.set(true);
            out.write(buffer, 0, read);
            if (most != Integer.MAX_VALUE) {
                left -= read;
                if (left <= 0) {
                    return true;
                }
            }
        }
    }

    /** As a cable that is pulled: what is on the way is gone. */
    private void cut(Socket client, AtomicBoolean answered) {
        try {
            if (!client.isClosed() && answered.getAndSet(false)) {
                cuts.incrementAndGet();
            }
            client.setSoLinger(true, 0);
            client.close();
        } catch (IOException cutAlready) {
            // That was the purpose.
        }
    }

    @Override
    public void close() {
        try {
            listening.close();
            for (Socket client : open) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        clock.shutdownNow();
        threads.close();
    }
}
