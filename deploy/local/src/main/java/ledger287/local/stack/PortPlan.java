package ledger287.local.stack;

import java.util.Map;
import ledger287.local.LocalStackException;
import ledger287.local.Ports;

/** The ports a ledger listens on, all on the loopback address, each overridable by an environment variable. */
public record PortPlan(int reporting, int agreements, int operations, int postgres, int kafka) {

    private static final String REPORTING = "LEDGER287_REPORTING_PORT";
    private static final String AGREEMENTS = "LEDGER287_AGREEMENTS_PORT";
    private static final String OPERATIONS = "LEDGER287_OPERATIONS_PORT";
    private static final String POSTGRES = "LEDGER287_POSTGRES_PORT";
    private static final String KAFKA = "LEDGER287_KAFKA_PORT";

    static PortPlan of(Map<String, String> environment) {
        return new PortPlan(
                port(environment, REPORTING, 8080),
                port(environment, AGREEMENTS, 8081),
                port(environment, OPERATIONS, 8082),
                port(environment, POSTGRES, 15432),
                port(environment, KAFKA, 19092));
    }

    /** Refuses when another program has one of the ports. */
    void requireFree() {
        requireFree(reporting, "reporting-service", REPORTING);
        requireFree(agreements, "agreements-service", AGREEMENTS);
        requireFree(operations, "operations-service", OPERATIONS);
        requireFree(postgres, "PostgreSQL", POSTGRES);
        requireFree(kafka, "Kafka", KAFKA);
    }

    private static void requireFree(int port, String program, String variable) {
        if (!Ports.isFree(port)) {
            throw new LocalStackException(
                    "Port %d, wanted for %s, is taken by another program. Stop that program, or choose another port: %s=%d ./ledger up"
                            .formatted(port, program, variable, Ports.free()));
        }
    }

    private static int port(Map<String, String> environment, String variable, int otherwise) {
        String text = environment.getOrDefault(variable, "").strip();
        if (text.isEmpty()) {
            return otherwise;
        }
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) == 0 || Integer.parseInt(text) > 65_535) {
            throw new LocalStackException(
                    "%s=%s is not a port. Give a number from 1 to 65535.".formatted(variable, text));
        }
        return Integer.parseInt(text);
    }
}
