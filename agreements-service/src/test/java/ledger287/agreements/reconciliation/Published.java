package ledger287.agreements.reconciliation;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.sheet.SheetReader;
import ledger287.agreements.sheet.SheetSource;
import ledger287.agreements.vocabulary.SheetKind;

/** The workbooks that ICE published; they stand beside the project and never in it. */
record Published(List<Sheet> all) {
    /** Skips the test where the workbooks are not there, unless a skip is a failure. */
    static Published read() throws IOException {
        String sheets = System.getProperty("ledger287.sheets", "");
        boolean there = !sheets.isBlank() && Files.isDirectory(Path.of(sheets));
        String missing = "No ICE workbooks at ledger287.sheets='" + sheets
                + "'. Give the directory that holds them with -Dledger287.sheets=DIR.";
        if (Boolean.getBoolean("ledger287.require-sheets") || System.getenv("CI") != null) {
            assertFalse(!there, missing);
        }
        assumeTrue(there, missing);
        SheetReader reader = new SheetReader();
        try (Stream<Path> files = Files.walk(Path.of(sheets))) {
            return new Published(files.filter(file -> file.toString().endsWith(".xlsx"))
                    .sorted()
                    .map(file -> reader.read(
                                    file, SheetSource.named(file.getFileName().toString()))
                            .sheet())
                    .sorted(Comparator.comparing(Sheet::publication).thenComparing(Sheet::kind))
                    .toList());
        }
    }

    List<Sheet> of(SheetKind kind) {
        return all.stream().filter(sheet -> sheet.kind() == kind).toList();
    }

    Sheet labelled(SheetKind kind, String label) {
        return of(kind).stream()
                .filter(sheet -> sheet.publication().label().equals(label))
                .findFirst()
                .orElseThrow();
    }
}
