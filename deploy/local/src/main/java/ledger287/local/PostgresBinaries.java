package ledger287.local;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermission;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.apache.commons.compress.compressors.xz.XZCompressorInputStream;

/**
 * The programs of a PostgreSQL distribution.
 *
 * @param home the directory that holds {@code bin}
 */
record PostgresBinaries(Path home) {

    private static final Map<PosixFilePermission, Integer> PERMISSION_BITS = Map.of(
            PosixFilePermission.OWNER_READ, 0400,
            PosixFilePermission.OWNER_WRITE, 0200,
            PosixFilePermission.OWNER_EXECUTE, 0100,
            PosixFilePermission.GROUP_READ, 0040,
            PosixFilePermission.GROUP_WRITE, 0020,
            PosixFilePermission.GROUP_EXECUTE, 0010,
            PosixFilePermission.OTHERS_READ, 0004,
            PosixFilePermission.OTHERS_WRITE, 0002,
            PosixFilePermission.OTHERS_EXECUTE, 0001);

    /** Unpacks the distribution that the build fetched, once per build; several processes may ask at once. */
    static PostgresBinaries unpacked(Checkout checkout) {
        Path archives = checkout.postgresArchives();
        try (Stream<Path> files = Files.list(archives)) {
            Path archive = files.filter(file -> file.toString().endsWith(".txz"))
                    .findFirst()
                    .orElseThrow(() ->
                            new LocalStackException("No PostgreSQL archive in %s. Build again.".formatted(archives)));
            return new PostgresBinaries(unpackedBeside(archive));
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot unpack PostgreSQL in " + archives, e);
        }
    }

    String program(String name) {
        return home.resolve("bin").resolve(name).toString();
    }

    private static Path unpackedBeside(Path archive) throws IOException {
        // The size and time are in the name, so that another version is unpacked anew.
        Path home = archive.resolveSibling("unpacked-%d-%d"
                .formatted(
                        Files.size(archive), Files.getLastModifiedTime(archive).toMillis()));
        if (Files.isDirectory(home)) {
            return home;
        }
        try (var channel = FileChannel.open(
                        archive.resolveSibling("unpack.lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                var lock = channel.lock()) {
            if (!Files.isDirectory(home) && lock.isValid()) {
                Path partial = Files.createTempDirectory(archive.getParent(), "partial-");
                unpack(archive, partial);
                Files.move(partial, home, StandardCopyOption.ATOMIC_MOVE);
            }
        }
        return home;
    }

    private static void unpack(Path archive, Path target) throws IOException {
        Files.setPosixFilePermissions(target, permissions(0755));
        try (var tar = new TarArchiveInputStream(
                new XZCompressorInputStream(new BufferedInputStream(Files.newInputStream(archive))))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                Path file = target.resolve(entry.getName()).normalize();
                if (!file.startsWith(target)) {
                    throw new IOException("Entry leaves the archive: " + entry.getName());
                }
                if (entry.isDirectory()) {
                    Files.createDirectories(file);
                } else if (entry.isSymbolicLink()) {
                    Files.createDirectories(file.getParent());
                    Files.createSymbolicLink(file, Path.of(entry.getLinkName()));
                } else {
                    Files.createDirectories(file.getParent());
                    Files.copy(tar, file);
                    Files.setPosixFilePermissions(file, permissions(entry.getMode()));
                }
            }
        }
    }

    private static Set<PosixFilePermission> permissions(int mode) {
        Set<PosixFilePermission> result = EnumSet.noneOf(PosixFilePermission.class);
        PERMISSION_BITS.forEach((permission, bit) -> {
            if ((mode & bit) != 0) {
                result.add(permission);
            }
        });
        return result;
    }
}
