package ledger287.agreements.sheet;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/** ICE's workbooks, which stand beside the project and never in it. */
final class RealWorkbooks {
    private RealWorkbooks() {}

    /** Their directory; without it a test is skipped, except where a skip is a failure. */
    static Path directory() {
        String sheets = System.getProperty("ledger287.sheets", "");
        boolean there = !sheets.isBlank() && Files.isDirectory(Path.of(sheets));
        String missing = "No ICE workbooks at ledger287.sheets='" + sheets
                + "'. Give the directory that holds them with -Dledger287.sheets=DIR.";
        if (Boolean.getBoolean("ledger287.require-sheets") || System.getenv("CI") != null) {
            assertFalse(!there, missing);
        }
        assumeTrue(there, missing);
        return Path.of(sheets);
    }

    static List<Path> all() throws IOException {
        try (Stream<Path> files = Files.walk(directory())) {
            return files.filter(file -> file.toString().endsWith(".xlsx"))
                    .sorted()
                    .toList();
        }
    }
}
