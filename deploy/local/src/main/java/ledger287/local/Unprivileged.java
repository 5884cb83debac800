package ledger287.local;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.UserPrincipal;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * How a server that refuses to run as root is run here: as we are; or in a user namespace, where root is nobody but
 * keeps its files; or, where the kernel forbids that, as the user nobody, who is given the directory.
 */
sealed interface Unprivileged {

    record AsWeAre() implements Unprivileged {}

    record InUserNamespace() implements Unprivileged {}

    record AsNobody(UserPrincipal nobody) implements Unprivileged {}

    static Unprivileged onThisMachine() {
        if (!"root".equals(System.getProperty("user.name"))) {
            return new AsWeAre();
        }
        if (ChildProcess.onPath("unshare").isPresent() && succeeds("unshare", "-U", "true")) {
            return new InUserNamespace();
        }
        UserPrincipal nobody = user("nobody");
        if (nobody != null && ChildProcess.onPath("setpriv").isPresent()) {
            return new AsNobody(nobody);
        }
        throw new LocalStackException(
                "PostgreSQL refuses to run as root, and neither unshare nor setpriv works here. Run as another user.");
    }

    /** The command that runs {@code command} without root's powers. */
    default List<String> command(List<String> command) {
        List<String> prefix =
                switch (this) {
                    case AsWeAre() -> List.of();
                    case InUserNamespace() -> List.of("unshare", "-U");
                    case AsNobody(UserPrincipal nobody) ->
                        List.of("setpriv", "--reuid", nobody.getName(), "--clear-groups", "--inh-caps=-all");
                };
        return Stream.concat(prefix.stream(), command.stream()).toList();
    }

    /** Lets the server use a directory that we made. */
    default void handOver(Path directory) throws IOException {
        if (this instanceof AsNobody(UserPrincipal nobody)) {
            List<Path> files = new ArrayList<>();
            try (Stream<Path> tree = Files.walk(directory)) {
                tree.forEach(files::add);
            }
            for (Path file : files) {
                Files.setOwner(file, nobody);
            }
        }
    }

    private static boolean succeeds(String... command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .waitFor()
                    == 0;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static @Nullable UserPrincipal user(String name) {
        try {
            return Path.of("/").getFileSystem().getUserPrincipalLookupService().lookupPrincipalByName(name);
        } catch (IOException e) {
            return null;
        }
    }
}
