package ledger287.eventstore;

import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

/** Events for tests: fictional facts about streams of any name. */
final class Facts {

    private Facts() {}

    static NewEvent fact(String stream) {
        return fact(stream, "{\"name\": \"Example County\"}");
    }

    static NewEvent fact(String stream, String data) {
        return new NewEvent(UUID.randomUUID(), stream, "thing-happened", 1, data, "{\"why\": \"test\"}");
    }

    static List<NewEvent> facts(String stream, int count) {
        return IntStream.range(0, count).mapToObj(i -> fact(stream)).toList();
    }

    /** Unchecked. */
    static Append append(NewEvent... events) {
        return new Append(Map.of(), List.of(events));
    }

    static Append append(List<NewEvent> events) {
        return new Append(Map.of(), events);
    }
}
