package ledger287.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;

/**
 * How far operations-service is with a file.
 *
 * @param state {@code receiving}, {@code queued}, {@code running}, {@code done} or {@code stopped}
 * @param message why it stopped; empty while it has not
 * @param total lines received
 * @param recorded lines that led to something new
 * @param unchanged lines that the ledger had already
 * @param failed lines that were refused
 * @param position the newest position it led to, such as {@code operations:4711}; empty when there is none
 */
public record Job(
        String id,
        String state,
        String message,
        long total,
        long recorded,
        long unchanged,
        long failed,
        String position) {

    /**
     * A line that was refused.
     *
     * @param number from 1, in the file
     * @param reason what is wrong with it, and what to do
     */
    public record FailedLine(long number, String reason) {}

    static Job of(JsonNode job) {
        JsonNode lines = job.path("lines");
        return new Job(
                job.path("job_id").asText(),
                job.path("state").asText(),
                text(job.path("message")),
                lines.path("total").asLong(),
                lines.path("recorded").asLong(),
                lines.path("unchanged").asLong(),
                lines.path("failed").asLong(),
                text(job.path("position")));
    }

    static List<FailedLine> failures(JsonNode job) {
        List<FailedLine> failures = new ArrayList<>();
        for (JsonNode line : job.path("failures").path("items")) {
            String field = text(line.path("field"));
            failures.add(new FailedLine(
                    line.path("line").asLong(),
                    (field.isEmpty() ? "" : field + ": ") + line.path("reason").asText()));
        }
        return failures;
    }

    public boolean ended() {
        return state.equals("done") || state.equals("stopped");
    }

    public long done() {
        return recorded + unchanged + failed;
    }

    /** The outcome in one line. */
    public String line() {
        List<String> words = new ArrayList<>();
        words.add("%,d lines".formatted(total));
        words.add("%,d recorded".formatted(recorded));
        if (unchanged > 0) {
            words.add("%,d known already".formatted(unchanged));
        }
        if (failed > 0) {
            words.add("%,d FAILED".formatted(failed));
        }
        return String.join(", ", words) + (message.isEmpty() ? "" : "; stopped: " + message);
    }

    /** Null is no text, whatever Jackson says. */
    private static String text(JsonNode node) {
        return node.isTextual() ? node.asText() : "";
    }
}
