package ledger287.local.importing;

import java.net.URI;
import java.nio.file.Path;

/** Where a workbook's bytes are to be had. */
sealed interface Source {

    record LocalFile(Path path) implements Source {}

    record WebAddress(URI address) implements Source {}

    /** As a person would name it. */
    default String fileName() {
        return switch (this) {
            case LocalFile(Path path) -> path.getFileName().toString();
            case WebAddress(URI address) -> {
                String path = address.getPath();
                yield path == null || path.endsWith("/") || path.isEmpty()
                        ? "workbook.xlsx"
                        : path.substring(path.lastIndexOf('/') + 1);
            }
        };
    }
}
