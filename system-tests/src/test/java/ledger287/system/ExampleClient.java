package ledger287.system;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import ledger287.system.StrictSubscriber.Told;

/** One of the clients in {@code docs/clients}, run as its reader would run it, and killed and started again. */
final class ExampleClient implements AutoCloseable {

    private final List<String> command;
    private final Path printed;
    private Process process;

    private ExampleClient(List<String> command, Path printed) {
        this.command = command;
        this.printed = printed;
        this.process = start();
    }

    /**
     * Starts it.
     *
     * @param program e.g. {@code python3 subscribe.py}
     * @param cursor where to begin
     */
    static ExampleClient start(Path directory, List<String> program, String address, String cursor) {
        String name = program.getLast();
        try {
            Path file = directory.resolve(name + ".cursor");
            Files.writeString(file, cursor);
            var command = new ArrayList<>(program.subList(0, program.size() - 1));
            command.add(Checkout.root().resolve("docs/clients").resolve(name).toString());
            command.add(address);
            command.add(file.toString());
            return new ExampleClient(command, directory.resolve(name + ".out"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    void killAndStartAgain() {
        end();
        process = start();
    }

    boolean alive() {
        return process.isAlive();
    }

    /** What it has printed, each change once. */
    List<Told> told() {
        Map<String, Told> told = new LinkedHashMap<>();
        for (String line : text().lines().toList()) {
            String[] words = line.split(" ", -1);
            // Killed while printing, it leaves half a line; the change is printed again.
            if (words.length >= 2 && words[1].length() == 36) {
                told.putIfAbsent(words[1], new Told(StrictSubscriber.sequence(words[0]), words[1]));
            }
        }
        return List.copyOf(told.values());
    }

    /** Its last words, for a failure. */
    String end(int lines) {
        List<String> all = text().lines().toList();
        return command + "\n" + String.join("\n", all.subList(Math.max(0, all.size() - lines), all.size()));
    }

    private String text() {
        try {
            return Files.readString(printed);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Process start() {
        try {
            return new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.appendTo(printed.toFile()))
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s is needed to run the examples of docs/clients. On Debian: apt-get install nodejs python3"
                            .formatted(command.getFirst()),
                    e);
        }
    }

    private void end() {
        try {
            process.destroyForcibly().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        end();
    }
}
