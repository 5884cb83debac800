package ledger287.reporting.webhooks.endpoint;

import jakarta.annotation.Priority;
import jakarta.enterprise.inject.Alternative;
import jakarta.inject.Singleton;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;

/** Names that lead where a test says, look-up by look-up; all others to this machine. */
@Alternative
@Priority(1)
@Singleton
public final class SetNames implements Resolver {
    private final Map<String, Queue<List<InetAddress>>> next = new ConcurrentHashMap<>();
    private final Map<String, CountDownLatch> hanging = new ConcurrentHashMap<>();

    /** The answer to the next look-up that has none yet: these addresses. */
    public void then(String host, String... addresses) {
        next.computeIfAbsent(host, name -> new ConcurrentLinkedQueue<>())
                .add(Arrays.stream(addresses).map(SetNames::address).toList());
    }

    /** Look-ups of this name do not end until the latch opens. */
    public void hang(String host, CountDownLatch until) {
        hanging.put(host, until);
    }

    @Override
    public List<InetAddress> resolve(String host) throws UnknownHostException {
        CountDownLatch latch = hanging.get(host);
        if (latch != null) {
            try {
                latch.await();
            } catch (InterruptedException e) {
                throw new UnknownHostException(host);
            }
        }
        List<InetAddress> set =
                next.getOrDefault(host, new ConcurrentLinkedQueue<>()).poll();
        return set == null ? List.of(InetAddress.getLoopbackAddress()) : set;
    }

    private static InetAddress address(String literal) {
        try {
            return InetAddress.getByName(literal);
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(e);
        }
    }
}
