package ledger287.local.sample;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The sample: ICE-format workbooks of seven weeks in 2025 with fictional agencies. The workbooks of 2025-06-06 have the
 * figures that the press published for that day, and every defect seen in ICE's files is in one of them. The same bytes
 * on every run and every machine. Each says that it is sample data, in a property and in a tab of its own.
 */
public final class SampleWorkbooks {
    private SampleWorkbooks() {}

    /** Writes every workbook below a directory, which is made if need be. */
    public static void write(Path directory) {
        try {
            for (Issue issue : SampleHistory.issues()) {
                Path file = directory.resolve(issue.file());
                Files.createDirectories(Objects.requireNonNull(file.getParent(), "a file has a directory"));
                SampleSheet.write(issue).write(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot write the sample into " + directory, e);
        }
    }

    /** What the workbooks must be read as, in the order of publication. */
    public static List<SamplePublication> publications() {
        List<SamplePublication> publications = new ArrayList<>();
        Map<Boolean, Issue> before = new HashMap<>();
        for (Issue issue : SampleHistory.issues()) {
            publications.add(publication(issue, before.put(issue.participating(), issue)));
        }
        return publications;
    }

    private static SamplePublication publication(Issue issue, @Nullable Issue before) {
        Map<Integer, Listing> then = new HashMap<>();
        if (before != null) {
            before.rows().forEach(row -> then.put(row.id(), row));
        }
        int added = 0;
        int renamed = 0;
        int redated = 0;
        int posted = 0;
        for (Listing row : issue.rows()) {
            Listing was = then.remove(row.id());
            if (was == null) {
                added++;
            } else {
                renamed += row.agency()
                                .toLowerCase(Locale.ROOT)
                                .equals(was.agency().toLowerCase(Locale.ROOT))
                        ? 0
                        : 1;
                redated += Objects.equals(row.signed(), was.signed()) ? 0 : 1;
                posted += row.moa().posted() && !was.moa().posted() ? 1 : 0;
            }
        }
        return new SamplePublication(
                issue.file(),
                issue.participating(),
                issue.rows().size(),
                (int) issue.rows().stream().filter(issue::hides).count(),
                added,
                then.size(),
                renamed,
                redated,
                posted);
    }
}
