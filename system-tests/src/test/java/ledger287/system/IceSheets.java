package ledger287.system;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;

/** ICE's own workbooks, which lie beside the checkout, never in it. */
final class IceSheets {

    private static final String PROPERTY = "ledger287.sheets";

    private final Path directory;

    private IceSheets(Path directory) {
        this.directory = directory;
    }

    /**
     * The workbooks, or the end of the test: skipped when they are not here, failed where they have to be
     * ({@code CI}, {@code -Dledger287.require-sheets=true}).
     */
    static IceSheets find() {
        Path directory = Path.of(System.getProperty(PROPERTY, "no-such-directory"));
        if (!Files.isDirectory(directory.resolve("participating"))) {
            String message = "ICE's workbooks are not in %s; name their directory: -D%s=DIR"
                    .formatted(directory.toAbsolutePath().normalize(), PROPERTY);
            abort(message);
        }
        return new IceSheets(directory);
    }

    private static void abort(String message) {
        if (System.getenv("CI") != null || Boolean.getBoolean("ledger287.require-sheets")) {
            Assertions.fail(message);
        }
        Assumptions.abort("Skipped: " + message);
    }

    /**
     * The Census Bureau's counties and estimates, which lie beside the workbooks; without them the test ends as it does
     * without workbooks.
     */
    List<Path> referenceFiles() {
        Path reference = directory.resolveSibling("reference");
        List<Path> files = List.of(
                reference.resolve("2025_Gaz_counties_national.txt"), reference.resolve("co-est2023-alldata.csv"));
        for (Path file : files) {
            if (!Files.exists(file)) {
                abort("The Census Bureau's file %s is not there.".formatted(file));
            }
        }
        return files;
    }

    /** All of them, in order of publication, with the number of data rows as counted by hand. */
    List<Workbook> all() {
        return List.of(
                pending("05152025am", 92),
                participating("05162025am", 571),
                participating("05192025am", 581),
                pending("05192025am", 82),
                participating("05192025pm", 588),
                pending("05192025pm", 83),
                participating("05202025pm", 603),
                pending("05202025pm", 68),
                pending("05212025pm", 87),
                participating("05232025am", 627),
                pending("05232025am", 66),
                participating("05232025pm", 628),
                pending("05232025pm", 65),
                participating("05282025am", 628),
                pending("05282025am", 72),
                participating("05292025am", 635),
                pending("05292025am", 68),
                pending("05302025pm", 82),
                pending("06032025am", 88),
                pending("06032025pm", 82),
                participating("06042025am", 641),
                participating("06062025am", 649),
                pending("06062025am", 79),
                pending("06102025am", 93),
                participating("06172025pm", 706),
                pending("06172025pm", 69),
                participating("06202025am", 719),
                pending("06202025am", 56),
                participating("06232025am", 719),
                pending("06232025am", 58),
                pending("06242025am", 62),
                pending("06252025am", 75),
                participating("06262025am", 728),
                pending("06262025am", 68),
                participating("06272025am", 737),
                pending("06272025am", 61));
    }

    /** The two of June 6, 2025, from which the golden figures follow. */
    List<Workbook> ofJuneSixth() {
        return List.of(participating("06062025am", 649), pending("06062025am", 79));
    }

    Workbook participating(String stamp, int dataRows) {
        return new Workbook(
                Workbook.Kind.PARTICIPATING,
                directory.resolve("participating/participatingAgencies%s.xlsx".formatted(stamp)),
                dataRows);
    }

    Workbook pending(String stamp, int dataRows) {
        return new Workbook(
                Workbook.Kind.PENDING, directory.resolve("pending/pendingAgencies%s.xlsx".formatted(stamp)), dataRows);
    }
}
