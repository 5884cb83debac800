package ledger287.reporting.stream;

import io.netty.channel.ChannelOption;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpConnection;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.core.http.HttpVersion;
import io.vertx.core.net.impl.ConnectionBase;
import java.time.Duration;

/** An open answer: what is written to it, whether its reader reads, when it ends. Used on its event loop only. */
final class Outlet {
    private static final long INTERNAL_ERROR = 2;
    private static final int KERNEL_BYTES = 64 * 1024;

    private final HttpServerRequest request;
    private final HttpServerResponse response;
    private final long endsAt;
    private long writtenAt;
    private long blockedSince;
    private boolean blocked;
    private boolean ended;
    private boolean left;

    /** @param lifetime after which it is to be ended */
    Outlet(HttpServerRequest request, Duration lifetime) {
        this.request = request;
        this.response = request.response();
        this.writtenAt = System.nanoTime();
        this.endsAt = writtenAt + lifetime.toNanos();
    }

    /** Sends the head of the answer. */
    void open(Form form, Buffer first) {
        if (request.connection() instanceof ConnectionBase base) {
            // Else the kernel takes megabytes for a reader who does not read, and nobody notices.
            base.channel().config().setOption(ChannelOption.SO_SNDBUF, KERNEL_BYTES);
        }
        response.setChunked(true)
                .putHeader("Content-Type", form.mediaType())
                .putHeader("Cache-Control", "no-store")
                .putHeader("X-Accel-Buffering", "no");
        if (request.version() != HttpVersion.HTTP_2) {
            // Who comes back comes by a new connection, perhaps to another instance.
            response.putHeader("Connection", "close");
        }
        write(first);
    }

    /** Whether more may be written. When not, {@link #whenReady} tells. */
    boolean ready() {
        if (ended) {
            return false;
        }
        boolean full = response.writeQueueFull();
        if (full && !blocked) {
            blockedSince = System.nanoTime();
        }
        blocked = full;
        return !full;
    }

    void write(Buffer bytes) {
        writtenAt = System.nanoTime();
        var unused = response.write(bytes);
    }

    /** Has something done when what was written has gone out. */
    void whenReady(Runnable action) {
        response.drainHandler(nothing -> {
            blocked = false;
            action.run();
        });
    }

    /** Has something done, once, when the answer is over: its reader has gone, or we have ended it. */
    void whenGone(Runnable action) {
        response.exceptionHandler(e -> ended = true);
        // Vert.x tells of a lost connection by the one, of an answer that came to its end by the other.
        response.closeHandler(nothing -> gone(action));
        response.endHandler(nothing -> gone(action));
    }

    private void gone(Runnable action) {
        ended = true;
        if (!left) {
            left = true;
            action.run();
        }
    }

    boolean silentFor(Duration time) {
        return System.nanoTime() - writtenAt >= time.toNanos();
    }

    boolean blockedFor(Duration time) {
        return !ready() && !ended && System.nanoTime() - blockedSince >= time.toNanos();
    }

    boolean due() {
        return System.nanoTime() - endsAt >= 0;
    }

    boolean ended() {
        return ended;
    }

    /** Ends it after whole messages; breaks it off when its reader has not taken those before. */
    void end(Buffer last) {
        if (ended) {
            return;
        }
        if (response.writeQueueFull()) {
            breakOff();
        } else {
            ended = true;
            var unused = response.end(last);
        }
    }

    /** Breaks it off. An orderly end would wait behind what the reader does not take. */
    void breakOff() {
        ended = true;
        HttpConnection connection = request.connection();
        if (request.version() != HttpVersion.HTTP_2 && connection instanceof ConnectionBase base) {
            var unused = base.channel().close();
        } else {
            var unused = response.reset(INTERNAL_ERROR);
        }
    }
}
