package ledger287.local;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The checkout this code was built in, whose {@code target} directories hold the servers.
 *
 * @param root the directory of the file {@code ledger}
 */
public record Checkout(Path root) {

    /**
     * Finds the checkout: by the system property {@code ledger287.root}, else the first directory, from the current one
     * upwards, that holds the file {@code ledger}.
     */
    public static Checkout find() {
        return find(System.getProperty("ledger287.root"), Path.of("").toAbsolutePath());
    }

    static Checkout find(@Nullable String property, Path start) {
        if (property != null && !property.isBlank()) {
            return new Checkout(Path.of(property).toAbsolutePath().normalize());
        }
        return Stream.<Path>iterate(start, directory -> directory != null, Path::getParent)
                .filter(directory -> Files.isRegularFile(directory.resolve("ledger"))
                        && Files.isRegularFile(directory.resolve("pom.xml")))
                .findFirst()
                .map(Checkout::new)
                .orElseThrow(() -> new LocalStackException(
                        "No ledger287 checkout at or above %s. Run from inside one, or set -Dledger287.root."
                                .formatted(start)));
    }

    Path brokerLibraries() {
        return built(root.resolve("deploy/local/target/broker-libs"));
    }

    Path postgresArchives() {
        return built(root.resolve("deploy/local/target/postgres"));
    }

    private static Path built(Path directory) {
        if (!Files.isDirectory(directory)) {
            throw new LocalStackException(
                    "%s is missing. Build it with: mvn -pl deploy/local generate-resources".formatted(directory));
        }
        return directory;
    }
}
