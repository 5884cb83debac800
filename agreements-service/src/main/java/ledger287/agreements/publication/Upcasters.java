package ledger287.agreements.publication;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Map;

/**
 * Brings stored events of older schema versions to the newest shape, one version at a time, so that everything behind it
 * knows the newest only. The one registry of this service; empty as long as every change has been additive.
 */
public final class Upcasters {
    /** The schema version that new events are stored with; a type that is not named here is at version 1. */
    private static final Map<String, Integer> NEWEST = Map.of();

    private static final Map<From, Upcaster> REGISTRY = Map.of();

    private final Map<String, Integer> newest;
    private final Map<From, Upcaster> steps;

    Upcasters(Map<String, Integer> newest, Map<From, Upcaster> steps) {
        this.newest = Map.copyOf(newest);
        this.steps = Map.copyOf(steps);
    }

    /** What this service has ever stored. */
    public static Upcasters registered() {
        return new Upcasters(NEWEST, REGISTRY);
    }

    /** The version that new events of a type are stored with. */
    int newestVersion(String type) {
        return newest.getOrDefault(type, 1);
    }

    /** Changes {@code data} and {@code metadata} in place to the newest shape. */
    void bringUp(String type, int storedVersion, ObjectNode data, ObjectNode metadata) {
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
    record From(String type, int version) {}

    /** Changes one event from a version to the next. */
    @FunctionalInterface
    interface Upcaster {
        void raise(ObjectNode data, ObjectNode metadata);
    }
}
