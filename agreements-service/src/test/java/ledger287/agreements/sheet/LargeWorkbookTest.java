package ledger287.agreements.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LargeWorkbookTest {
    private static final int ROWS = 250_000;

    @Test
    void a_workbook_far_larger_than_the_heap_is_read_in_64_megabytes(@TempDir Path directory)
            throws IOException, InterruptedException {
        Path file = directory.resolve("large.xlsx");
        LargeWorkbook.write(file, ROWS);
        Process reading = new ProcessBuilder(List.of(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx64m",
                        "-XX:+ExitOnOutOfMemoryError",
                        "-cp",
                        System.getProperty("java.class.path"),
                        LargeWorkbook.class.getName(),
                        "ledger287",
                        file.toString()))
                .redirectErrorStream(true)
                .start();
        String said = new String(reading.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertEquals(0, reading.waitFor(), said);
        assertTrue(said.contains("ledger287 rows=" + ROWS), said);
    }
}
