package ledger287.operations.service;

import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A file of fictional operations and claims, of which one line in a hundred is bad.
 *
 * @param bad the numbers of its bad lines
 */
record BulkFile(Path path, int lines, List<Integer> bad) {

    static BulkFile write(Path path, String name, int lines) throws IOException {
        List<Integer> bad = new ArrayList<>();
        try (BufferedWriter file = Files.newBufferedWriter(path)) {
            for (int number = 1; number <= lines; number++) {
                boolean isBad = BulkLines.isBad(number);
                file.write(BulkLines.line(name, number, isBad));
                file.write('\n');
                if (isBad) {
                    bad.add(number);
                }
            }
        }
        return new BulkFile(path, lines, List.copyOf(bad));
    }

    int good() {
        return lines - bad.size();
    }
}
