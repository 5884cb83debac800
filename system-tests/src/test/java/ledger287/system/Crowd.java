package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * Very many subscribers of one address on one thread, so that the client costs little: it looks for what marks a message
 * in what comes, and notes how long after its sending each change came.
 */
final class Crowd implements AutoCloseable {

    /** Begins a change's data in SSE, ours and others'. */
    private static final byte[] DATA = "\ndata: ".getBytes(UTF_8);

    private static final Duration ALL_WITHIN = Duration.ofSeconds(60);

    private final List<Subscriber> subscribers = new ArrayList<>();
    private final Selector selector;
    private final Thread thread;
    private final AtomicLong deliveries = new AtomicLong();
    private final AtomicLong ended = new AtomicLong();
    private final CountDownLatch joined;
    private volatile boolean stopping;
    private volatile Sendings sendings = new Sendings(0, 0);

    /** When changes were sent, in their order, and how long each took to each subscriber. One thread sends, one reads. */
    static final class Sendings {
        private final long[] at;
        private final int[] micros;
        private final AtomicInteger sent = new AtomicInteger();
        private final AtomicInteger noted = new AtomicInteger();

        private Sendings(int most, int subscribers) {
            this.at = new long[most];
            this.micros = new int[most * subscribers];
        }

        /** Says that the next change is about to be sent. */
        void sent(long nanos) {
            at[sent.get()] = nanos;
            sent.incrementAndGet();
        }

        private void came(int index, long now) {
            int place = noted.get();
            if (index < sent.get() && place < micros.length) {
                micros[place] = (int) Math.max(0, (now - at[index]) / 1_000);
                noted.incrementAndGet();
            }
        }
    }

    /** One connection; what it has counted of the messages since the last measurement began. */
    private static final class Subscriber {
        private final SocketChannel channel;
        private boolean answered;
        private int matched;
        private int seen;

        private Subscriber(SocketChannel channel) {
            this.channel = channel;
        }
    }

    /** Connects them all and returns when each has had the beginning of an answer. */
    Crowd(int port, String path, int size) {
        joined = new CountDownLatch(size);
        try {
            selector = Selector.open();
            byte[] request = "GET %s HTTP/1.1\r\nHost: 127.0.0.1\r\nAccept: text/event-stream\r\n\r\n"
                    .formatted(path)
                    .getBytes(UTF_8);
            for (int i = 0; i < size; i++) {
                SocketChannel channel = SocketChannel.open();
                channel.setOption(StandardSocketOptions.SO_RCVBUF, 64 * 1024);
                channel.connect(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
                channel.write(ByteBuffer.wrap(request));
                channel.configureBlocking(false);
                var subscriber = new Subscriber(channel);
                subscribers.add(subscriber);
                channel.register(selector, SelectionKey.OP_READ, subscriber);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        thread = Thread.ofPlatform().daemon().name("crowd").start(this::read);
        try {
            if (!joined.await(ALL_WITHIN.toSeconds(), TimeUnit.SECONDS)) {
                throw new IllegalStateException(joined.getCount() + " of " + size + " subscribers have no answer");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** Begins to measure: from now on the n-th change that comes is the n-th that was sent. Nothing may be on its way. */
    Sendings measure(int changes) {
        for (Subscriber subscriber : subscribers) {
            subscriber.seen = 0;
        }
        deliveries.set(0);
        sendings = new Sendings(changes, subscribers.size());
        return sendings;
    }

    long deliveries() {
        return deliveries.get();
    }

    /** How many have been closed by the server. */
    long ended() {
        return ended.get();
    }

    /** Waits until every subscriber has had so many changes since the measurement began; answers whether they had. */
    boolean await(int changes, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        while (deliveries.get() < (long) changes * subscribers.size()) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            LockSupport.parkNanos(1_000_000);
        }
        return true;
    }

    /** The milliseconds within which a part of the deliveries had come. */
    double percentile(double part) {
        Sendings now = sendings;
        int[] sorted = Arrays.copyOf(now.micros, now.noted.get());
        Arrays.sort(sorted);
        return sorted.length == 0 ? Double.NaN : sorted[(int) Math.min(sorted.length - 1, sorted.length * part)] / 1e3;
    }

    private void read() {
        ByteBuffer buffer = ByteBuffer.allocateDirect(256 * 1024);
        byte[] bytes = new byte[buffer.capacity()];
        while (!stopping) {
            try {
                selector.select(
                        key -> {
                            var subscriber = (Subscriber) key.attachment();
                            buffer.clear();
                            int length;
                            try {
                                length = subscriber.channel.read(buffer);
                            } catch (IOException reset) {
                                length = -1;
                            }
                            if (length < 0) {
                                key.cancel();
                                ended.incrementAndGet();
                                return;
                            }
                            if (!subscriber.answered) {
                                subscriber.answered = true;
                                joined.countDown();
                            }
                            buffer.flip().get(bytes, 0, length);
                            look(subscriber, bytes, length);
                        },
                        200);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void look(Subscriber subscriber, byte[] bytes, int length) {
        long now = 0;
        int matched = subscriber.matched;
        for (int i = 0; i < length; i++) {
            byte b = bytes[i];
            matched = b == DATA[matched] ? matched + 1 : b == DATA[0] ? 1 : 0;
            if (matched == DATA.length) {
                matched = 0;
                now = now == 0 ? System.nanoTime() : now;
                came(subscriber, now);
            }
        }
        subscriber.matched = matched;
    }

    private void came(Subscriber subscriber, long now) {
        sendings.came(subscriber.seen++, now);
        deliveries.incrementAndGet();
    }

    @Override
    public void close() {
        stopping = true;
        selector.wakeup();
        try {
            thread.join();
            for (Subscriber subscriber : subscribers) {
                subscriber.channel.close();
            }
            selector.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
