package ledger287.reporting.webhooks.endpoint;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.List;

/** Finds the addresses of a host. */
@FunctionalInterface
interface Resolver {
    /** All of them, in the order of preference. May take as long as the system's resolver does. */
    List<InetAddress> resolve(String host) throws UnknownHostException;
}
