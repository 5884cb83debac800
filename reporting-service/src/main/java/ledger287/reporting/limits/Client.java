package ledger287.reporting.limits;

import io.netty.util.NetUtil;
import io.vertx.core.net.SocketAddress;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Who asks, as far as limits tell clients apart: an IPv4 address, or the /64 network of an IPv6 address, since whoever has
 * one has all of its addresses.
 *
 * @param network the address's bytes, or the first half of them; zero for addresses that are none
 * @param loopback whether it is this machine
 */
public record Client(long network, int version, boolean loopback) {
    private static final int IPV4_BYTES = 4;
    private static final int IPV6_BYTES = 16;
    private static final byte[] MAPPED = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, -1, -1};
    private static final byte[] IPV6_LOOPBACK = {0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 1};
    private static final int LOOPBACK_NETWORK = 127;

    /** Whoever gives no address that can be read: all of them are one client. */
    private static final Client NOBODY = new Client(0, 0, false);

    /** @param address of the connection, or of the client that a trusted proxy names */
    public static Client of(@Nullable SocketAddress address) {
        String host = address == null ? null : address.hostAddress();
        return of(host == null && address != null ? address.host() : host);
    }

    /** @param address as text; names are not looked up */
    static Client of(@Nullable String address) {
        byte[] bytes = address == null ? null : NetUtil.createByteArrayFromIpAddressString(address);
        if (bytes == null) {
            return NOBODY;
        }
        if (bytes.length == IPV6_BYTES && Arrays.equals(bytes, 0, MAPPED.length, MAPPED, 0, MAPPED.length)) {
            return ipv4(bytes, MAPPED.length);
        }
        if (bytes.length == IPV4_BYTES) {
            return ipv4(bytes, 0);
        }
        return new Client(number(bytes, 0, IPV6_BYTES / 2), 6, Arrays.equals(bytes, IPV6_LOOPBACK));
    }

    private static Client ipv4(byte[] bytes, int from) {
        return new Client(number(bytes, from, from + IPV4_BYTES), 4, bytes[from] == LOOPBACK_NETWORK);
    }

    private static long number(byte[] bytes, int from, int to) {
        long number = 0;
        for (int i = from; i < to; i++) {
            number = number << 8 | (bytes[i] & 0xff);
        }
        return number;
    }
}
