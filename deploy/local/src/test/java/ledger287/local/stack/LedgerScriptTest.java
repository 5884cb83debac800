package ledger287.local.stack;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import ledger287.local.Checkout;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The script as a user calls it: from anywhere, with another Java on the PATH. */
final class LedgerScriptTest {

    @TempDir
    Path directory;

    @Test
    void it_finds_a_jdk_25_among_others_although_the_path_has_java_17() throws Exception {
        Path seventeen = jdk("opt/jdk-17", "17.0.15");
        jdk("opt/jdk-21", "21.0.4");
        Path twentyFive = jdk("opt/jdk-25", "25.0.1");
        jdk("opt/jdk-250", "250");

        Result result = ledger(
                Map.of(
                        "PATH", seventeen.resolve("bin") + ":" + System.getenv("PATH"),
                        "JAVA_HOME", seventeen.toString(),
                        "LEDGER287_JDKS", directory.resolve("opt").toString()),
                "jdk");

        assertThat(result.output().strip()).isEqualTo(twentyFive.toString());
        assertThat(result.exit()).isZero();
    }

    @Test
    void java_home_comes_first() throws Exception {
        jdk("opt/jdk-25", "25");
        Path preferred = jdk("mine", "25.0.2");

        Result result = ledger(
                Map.of(
                        "JAVA_HOME", preferred.toString(),
                        "LEDGER287_JDKS", directory.resolve("opt").toString()),
                "jdk");

        assertThat(result.output().strip()).isEqualTo(preferred.toString());
    }

    @Test
    void without_a_jdk_25_it_says_in_one_sentence_what_to_do() throws Exception {
        Path seventeen = jdk("opt/jdk-17", "17.0.15");

        Result result = ledger(
                Map.of(
                        "PATH",
                        seventeen.resolve("bin") + ":" + System.getenv("PATH"),
                        "JAVA_HOME",
                        "",
                        "LEDGER287_JDKS",
                        directory.resolve("opt").toString()),
                "up");

        assertThat(result.exit()).isEqualTo(1);
        assertThat(result.output().strip())
                .startsWith("ledger: No JDK 25 found. Install one")
                .doesNotContain("\n");
    }

    @Test
    void an_unknown_command_is_refused_with_the_usage() throws Exception {
        Result result = ledger(Map.of(), "upp");

        assertThat(result.exit()).isEqualTo(2);
        assertThat(result.output()).contains("There is no command 'upp'.", "./ledger up");
    }

    /** A JDK as far as the script looks at one. */
    private Path jdk(String name, String version) throws IOException {
        Path home = directory.resolve(name);
        Files.createDirectories(home.resolve("bin"));
        String java = """
                #!/bin/sh
                echo 'openjdk version "%s" 2025-10-21' >&2
                case "$*" in *-XshowSettings*) echo '    java.home = %s' >&2 ;; esac
                """.formatted(version, home);
        for (String program : List.of("java", "javac")) {
            Path file = home.resolve("bin").resolve(program);
            Files.writeString(file, java);
            Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        }
        return home;
    }

    private Result ledger(Map<String, String> environment, String... arguments) throws Exception {
        List<String> command = new ArrayList<>();
        command.add(Checkout.find().root().resolve("ledger").toString());
        command.addAll(List.of(arguments));
        var builder = new ProcessBuilder(command).directory(directory.toFile()).redirectErrorStream(true);
        builder.environment().put("LEDGER287_HOME", directory.resolve("home").toString());
        builder.environment().putAll(environment);
        Process process = builder.start();
        String output = new String(process.getInputStream().readAllBytes(), UTF_8);
        return new Result(process.waitFor(), output);
    }

    private record Result(int exit, String output) {}
}
