package ledger287.local.stack;

import java.io.IOException;
import java.io.Reader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import ledger287.local.LocalStackException;

/** Where the services of a running ledger are; a file in its home tells the other commands. */
public record Addresses(URI agreements, URI operations, URI reporting) {

    static Addresses onLoopback(PortPlan ports) {
        return new Addresses(
                URI.create("http://127.0.0.1:%d/".formatted(ports.agreements())),
                URI.create("http://127.0.0.1:%d/".formatted(ports.operations())),
                URI.create("http://127.0.0.1:%d/".formatted(ports.reporting())));
    }

    /** Those of a ledger elsewhere when the environment names them, else those of the one that is up here. */
    static Addresses find(Map<String, String> environment, Home home) {
        String agreements = environment.getOrDefault("LEDGER287_AGREEMENTS_URL", "");
        String operations = environment.getOrDefault("LEDGER287_OPERATIONS_URL", "");
        String reporting = environment.getOrDefault("LEDGER287_REPORTING_URL", "");
        if (!agreements.isBlank() && !operations.isBlank() && !reporting.isBlank()) {
            return new Addresses(URI.create(agreements), URI.create(operations), URI.create(reporting));
        }
        return read(home.addresses())
                .orElseThrow(() -> new LocalStackException("The ledger is not up. Start it with: ./ledger up"));
    }

    static Optional<Addresses> read(Path file) {
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        var properties = new Properties();
        try (Reader reader = Files.newBufferedReader(file)) {
            properties.load(reader);
        } catch (IOException e) {
            throw new LocalStackException("Cannot read " + file, e);
        }
        return Optional.of(new Addresses(
                URI.create(properties.getProperty("agreements", "")),
                URI.create(properties.getProperty("operations", "")),
                URI.create(properties.getProperty("reporting", ""))));
    }

    void write(Path file) {
        try {
            Files.writeString(
                    file, "agreements=%s\noperations=%s\nreporting=%s\n".formatted(agreements, operations, reporting));
        } catch (IOException e) {
            throw new LocalStackException("Cannot write " + file, e);
        }
    }
}
