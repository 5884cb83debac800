package ledger287.local.client;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/** A service understood a request and would not do it; the message is its own explanation. */
public final class Refused extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;

    private Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    /** Reads RFC 9457 problem details, or makes the best of another body. */
    static Refused of(int status, String body) {
        try {
            JsonNode problem = new ObjectMapper().readTree(body);
            String title = problem.path("title").asText("");
            String detail = problem.path("detail").asText("");
            if (!title.isEmpty() || !detail.isEmpty()) {
                String both = title.isEmpty() || detail.isEmpty() ? title + detail : title + ": " + detail;
                return new Refused(status, "%s (HTTP %d)".formatted(both, status));
            }
        } catch (JsonProcessingException notJson) {
            // Some other server answered; what it said is shown below.
        }
        String start = body.strip().lines().findFirst().orElse("no explanation");
        return new Refused(status, "HTTP %d: %s".formatted(status, start.substring(0, Math.min(200, start.length()))));
    }

    /** Whether another request with the same key would be refused for the same reason. */
    public boolean isAboutTheKey() {
        return status == 401 || status == 403;
    }
}
