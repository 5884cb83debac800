package ledger287.eventstore;

import java.util.List;
import java.util.Map;

/**
 * Events that become visible together or not at all.
 *
 * @param expectedVersions by stream, the version that the decision was based on; 0 for a stream that must not exist yet.
 *     A stream named here without events of its own is checked as well; one that is not named is not checked.
 * @param events in the order in which they are to stand in the log; streams may interleave; never empty
 */
public record Append(Map<String, Long> expectedVersions, List<NewEvent> events) {

    public Append {
        expectedVersions = Map.copyOf(expectedVersions);
        events = List.copyOf(events);
        if (events.isEmpty()) {
            throw new IllegalArgumentException(
                    "An append holds at least one event; a command that changes nothing has" + " nothing to append.");
        }
    }
}
