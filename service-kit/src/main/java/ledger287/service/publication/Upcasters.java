package ledger287.service.publication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Brings stored events of older schema versions to the newest shape, one version at a time, so that everything behind it
 * knows the newest only. Every service has one registry.
 */
public final class Upcasters {
    private final Map<String, Integer> newest;
    private final Map<From, Upcaster> steps;

    /**
     * @param newest the schema version that new events are stored with; a type that is not named here is at version 1
     * @param steps from each version of a type to the next
     */
    public Upcasters(Map<String, Integer> newest, Map<From, Upcaster> steps) {
        this.newest = Map.copyOf(newest);
        this.steps = Map.copyOf(steps);
    }

    /** As long as every change has been additive. */
    public static Upcasters none() {
        return new Upcasters(Map.of(), Map.of());
    }

    /** The version that new events of a type are stored with. */
    public int newestVersion(String type) {
        return newest.getOrDefault(type, 1);
    }

    /** Changes {@code data} and {@code metadata} in place to the newest shape. */
    public void bringUp(String type, int storedVersion, ObjectNode data, ObjectNode metadata) {
        int target = newestVersion(type);
        if (storedVersion > target) {
            throw new IllegalStateException(
                    type + " is stored in version " + storedVersion + ", but this program knows " + target
                            + " at most: it is older than the log. Run the newer release.");
        }
        for (int version = storedVersion; version < target; version++) {
            Upcaster step = steps.get(new From(type, version));
            if (step == null) {
                throw new IllegalStateException("No upcaster of " + type + " from version " + version);
            }
            step.raise(data, metadata);
        }
    }

    /** One step: from a version of a type to the next. */
    public record From(String type, int version) {}

    /** Changes one event from a version to the next. */
    @FunctionalInterface
    public interface Upcaster {
        void raise(ObjectNode data, ObjectNode metadata);
    }
}
