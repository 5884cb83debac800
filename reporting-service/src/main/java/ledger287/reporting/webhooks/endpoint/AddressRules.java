package ledger287.reporting.webhooks.endpoint;

import java.net.Inet4Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;
import java.util.Optional;

/**
 * Which addresses are never connected to on a subscriber's word: all but global unicast, after IANA's registries of
 * special-purpose addresses, and those that have an IPv4 address inside. An IPv4-mapped address is the IPv4 address.
 */
final class AddressRules {
    private static final List<Block> IPV4 = List.of(
            new Block("0.0.0.0", 8, "of this network"),
            new Block("10.0.0.0", 8, "private"),
            new Block("100.64.0.0", 10, "of a carrier's own network"),
            new Block("127.0.0.0", 8, "loopback"),
            new Block("169.254.0.0", 16, "link-local"),
            new Block("172.16.0.0", 12, "private"),
            new Block("192.0.0.0", 24, "reserved for protocols"),
            new Block("192.0.2.0", 24, "for documentation"),
            new Block("192.31.196.0", 24, "reserved for protocols"),
            new Block("192.52.193.0", 24, "reserved for protocols"),
            new Block("192.88.99.0", 24, "of a 6to4 relay"),
            new Block("192.168.0.0", 16, "private"),
            new Block("192.175.48.0", 24, "reserved for protocols"),
            new Block("198.18.0.0", 15, "for benchmarks"),
            new Block("198.51.100.0", 24, "for documentation"),
            new Block("203.0.113.0", 24, "for documentation"),
            new Block("224.0.0.0", 4, "multicast"),
            new Block("240.0.0.0", 4, "reserved"));

    private static final Block IPV6_GLOBAL = new Block("2000::", 3, "global unicast");

    private static final List<Block> IPV6 = List.of(
            new Block("2001::", 23, "reserved for protocols (Teredo among them)"),
            new Block("2001:db8::", 32, "for documentation"),
            new Block("2002::", 16, "of 6to4"),
            new Block("2620:4f:8000::", 48, "reserved for protocols"),
            new Block("3fff::", 20, "for documentation"));

    private AddressRules() {}

    /** Why an address is not connected to; empty when it may be. */
    static Optional<String> refusal(InetAddress address) {
        if (address instanceof Inet4Address) {
            return firstOf(IPV4, address);
        }
        if (!IPV6_GLOBAL.holds(address)) {
            return Optional.of("is not a global unicast address");
        }
        return firstOf(IPV6, address);
    }

    private static Optional<String> firstOf(List<Block> blocks, InetAddress address) {
        return blocks.stream()
                .filter(block -> block.holds(address))
                .map(block -> "is " + block.what())
                .findFirst();
    }

    private record Block(InetAddress network, int bits, String what) {
        Block(String network, int bits, String what) {
            this(literal(network), bits, what);
        }

        boolean holds(InetAddress address) {
            byte[] mine = network.getAddress();
            byte[] other = address.getAddress();
            if (mine.length != other.length) {
                return false;
            }
            for (int bit = 0; bit < bits; bit++) {
                int mask = 0x80 >> (bit % 8);
                if ((mine[bit / 8] & mask) != (other[bit / 8] & mask)) {
                    return false;
                }
            }
            return true;
        }

        private static InetAddress literal(String text) {
            try {
                return InetAddress.getByName(text);
            } catch (UnknownHostException e) {
                throw new IllegalStateException(text + " is an address", e);
            }
        }
    }
}
