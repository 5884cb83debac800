package ledger287.system;

import java.nio.file.Files;
import java.nio.file.Path;

/** Where this checkout is. */
public final class Checkout {

    private Checkout() {}

    /** The directory that holds {@code pom.xml} of the whole and {@code ledger}. */
    public static Path root() {
        String named = System.getProperty("ledger287.root");
        if (named == null) {
            throw new IllegalStateException("Run these tests through Maven, or set -Dledger287.root to the checkout.");
        }
        Path root = Path.of(named).toAbsolutePath().normalize();
        if (!Files.isRegularFile(root.resolve("contracts/README.md"))) {
            throw new IllegalStateException("%s is no checkout of ledger287.".formatted(root));
        }
        return root;
    }
}
