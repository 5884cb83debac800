package ledger287.local.stack;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.function.Supplier;
import ledger287.local.LocalStackException;

/** A secret of this machine's user in a file, made on first use and readable by its owner only. */
final class SecretFile {
    private SecretFile() {}

    /** @param what it is, in words */
    static String in(Path file, String what, Supplier<String> fresh) {
        try {
            if (!Files.exists(file)) {
                // Written beside and moved, so that an interruption leaves no empty secret.
                Path partial = file.resolveSibling(file.getFileName() + ".new");
                Files.deleteIfExists(partial);
                Files.createFile(
                        partial, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
                Files.writeString(partial, fresh.get() + "\n");
                Files.move(partial, file);
            }
            return Files.readString(file).strip();
        } catch (IOException e) {
            throw new LocalStackException("Cannot read or make the %s %s.".formatted(what, file), e);
        }
    }
}
