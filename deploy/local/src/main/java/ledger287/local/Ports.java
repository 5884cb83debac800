package ledger287.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.concurrent.ThreadLocalRandom;

/** TCP ports on the loopback address. */
public final class Ports {

    // Below the range from which systems take ports for outgoing connections, so that nobody takes the port of a server
    // between its crash and its restart.
    private static final int LOWEST = 20_000;
    private static final int HIGHEST = 32_000;

    private Ports() {}

    /** A port that nobody listens on at this moment. */
    public static int free() {
        return ThreadLocalRandom.current()
                .ints(1_000, LOWEST, HIGHEST)
                .filter(Ports::isFree)
                .findFirst()
                .orElseThrow(() -> new LocalStackException(
                        "No free port between %d and %d on the loopback address.".formatted(LOWEST, HIGHEST)));
    }

    /** Whether a server could listen on this port now. */
    public static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            // Servers set this too: the remains of closed connections do not keep a port taken.
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
            return true;
        } catch (IOException e) {
            return false;
        }
    }
}
