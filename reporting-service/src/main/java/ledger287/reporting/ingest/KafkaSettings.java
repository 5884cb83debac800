package ledger287.reporting.ingest;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/** Settings of all our Kafka clients ({@code kafka.…}). */
final class KafkaSettings {
    private KafkaSettings() {}

    /** Those that a kind of client knows: it warns of others. */
    static Map<String, Object> known(Map<String, Object> all, Set<String> names) {
        var known = new HashMap<>(all);
        known.keySet().retainAll(names);
        return known;
    }
}
