package ledger287.reporting.webhooks;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** One of the receivers in {@code docs/clients}, run as its reader would run it. */
final class ExampleReceiver implements AutoCloseable {
    private final Process process;
    private final Path printed;

    /**
     * Starts it.
     *
     * @param program e.g. {@code python3 receive.py}
     */
    ExampleReceiver(List<String> program, int port, String secret) throws IOException {
        printed = Files.createTempFile("ledger287-receiver-", ".out");
        List<String> command = new ArrayList<>(program.subList(0, program.size() - 1));
        command.add(Path.of(System.getProperty("ledger287.root"), "docs", "clients", program.getLast())
                .toString());
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(printed.toFile());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("SECRET", secret);
        process = builder.start();
    }

    /** The programs that this machine can run; Java always. */
    static List<List<String>> programs() {
        return Stream.of(
                        List.of(
                                Path.of(System.getProperty("java.home"), "bin", "java")
                                        .toString(),
                                "Receive.java"),
                        List.of("python3", "receive.py"),
                        List.of("node", "receive.mjs"))
                .filter(program -> isThere(program.getFirst()))
                .toList();
    }

    static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    /** How many lines it has printed: one for each change. */
    long lines() throws IOException {
        return text().lines().count();
    }

    String text() throws IOException {
        return Files.readString(printed);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(printed);
    }

    private static boolean isThere(String program) {
        return program.contains("/")
                || Stream.of(System.getenv().getOrDefault("PATH", "").split(":"))
                        .anyMatch(directory -> Files.isExecutable(Path.of(directory, program)));
    }
}
