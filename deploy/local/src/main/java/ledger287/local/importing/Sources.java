package ledger287.local.importing;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import ledger287.local.LocalStackException;

/** Turns what was named on the command line into workbooks, in the order in which they are to be imported. */
final class Sources {

    /** Files whose name has no date come last: by then the ledger can judge them against all others. */
    private static final PublicationStamp UNDATED = new PublicationStamp(LocalDate.MAX, 0, 0);

    private static final Comparator<Path> BY_PUBLICATION = Comparator.<Path, PublicationStamp>comparing(file ->
                    PublicationStamp.ofFileName(file.getFileName().toString()).orElse(UNDATED))
            .thenComparing(Path::toString);

    private Sources() {}

    static List<Source> of(List<String> named) {
        List<Source> sources = new ArrayList<>();
        for (String name : named) {
            if (name.startsWith("https://") || name.startsWith("http://")) {
                sources.add(new Source.WebAddress(address(name)));
            } else {
                sources.addAll(inDirectoryOrFile(Path.of(name)));
            }
        }
        return sources;
    }

    private static List<? extends Source> inDirectoryOrFile(Path path) {
        if (!Files.exists(path)) {
            throw new LocalStackException(
                    "There is no %s. Name a workbook, a file of operations, a directory or a web address."
                            .formatted(path));
        }
        if (!Files.isDirectory(path)) {
            return List.of(new Source.LocalFile(path));
        }
        try (Stream<Path> tree = Files.walk(path)) {
            List<Source.LocalFile> files = tree.filter(Sources::isWorkbook)
                    .sorted(BY_PUBLICATION)
                    .map(Source.LocalFile::new)
                    .toList();
            if (files.isEmpty()) {
                throw new LocalStackException("There is no workbook (.xlsx) in %s or below it.".formatted(path));
            }
            return files;
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot read " + path, e);
        }
    }

    /** Not the {@code ~$} files that a spreadsheet program leaves beside an open workbook. */
    private static boolean isWorkbook(Path file) {
        String name = file.getFileName().toString();
        return Files.isRegularFile(file)
                && name.toLowerCase(java.util.Locale.ROOT).endsWith(".xlsx")
                && !name.startsWith("~$")
                && !name.startsWith(".");
    }

    private static URI address(String name) {
        try {
            return new URI(name.replace(" ", "%20"));
        } catch (URISyntaxException e) {
            throw new LocalStackException("%s is not a web address: %s".formatted(name, e.getReason()), e);
        }
    }
}
