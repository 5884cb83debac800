package ledger287.system.house;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger287.system.Checkout;
import org.junit.jupiter.api.Test;

/** What may not be committed. The patterns are put together here so that this file does not match itself. */
final class CommittedFilesTest {

    private static final Pattern MACHINE_PATH =
            Pattern.compile("(?<![\\w.~$}])/(?:" + String.join("|", "work/", "root/", "Users/\\w", "home/[a-z]") + ")");
    private static final Pattern JVM_PATH = Pattern.compile("/usr/lib/" + "jvm/[\\w-]");
    private static final Pattern REGISTRY = Pattern.compile(String.join(
            "|",
            "repo1?\\.maven" + "\\.",
            "registry\\." + "npmjs",
            "sonatype" + "\\.(?:org|com)",
            "(?:docker|ghcr|quay|gcr)" + "\\.io",
            "pypi" + "\\.org",
            "proxy\\.golang" + "\\.org",
            "arti" + "factory"));
    private static final Set<String> WORKBOOKS = Set.of("xlsx", "xlsm", "xls", "xlsb", "parquet");

    @Test
    void no_committed_file_names_a_path_of_one_machine_or_a_registrys_host() throws IOException {
        var offences = new ArrayList<String>();
        for (Path file : committed()) {
            Optional<String> text = text(file);
            if (text.isPresent()) {
                int number = 0;
                for (String line : text.get().lines().toList()) {
                    number++;
                    for (Pattern pattern : List.of(MACHINE_PATH, JVM_PATH, REGISTRY)) {
                        if (pattern.matcher(line).find()) {
                            offences.add("%s:%d: %s".formatted(relative(file), number, line.strip()));
                        }
                    }
                }
            }
        }
        assertThat(offences).isEmpty();
    }

    @Test
    void no_workbook_is_committed_under_any_name() throws IOException {
        for (Path file : committed()) {
            String name = file.getFileName().toString();
            assertThat(WORKBOOKS).as(name).doesNotContain(name.substring(name.lastIndexOf('.') + 1));
            byte[] bytes = Files.readAllBytes(file);
            boolean zip = bytes.length > 4 && bytes[0] == 'P' && bytes[1] == 'K' && bytes[2] == 3;
            assertThat(zip).as("%s is a zip archive", name).isFalse();
        }
    }

    @Test
    void no_file_of_the_shared_data_is_committed() throws IOException {
        Path sheets = Path.of(System.getProperty("ledger287.sheets", "no-such-directory"));
        if (!Files.isDirectory(sheets)) {
            // Then there is nothing that could have been copied; the file formats are checked above all the same.
            return;
        }
        Set<String> shared;
        try (Stream<Path> files = Files.walk(sheets.toAbsolutePath().normalize().getParent())) {
            shared = files.filter(Files::isRegularFile)
                    .map(CommittedFilesTest::sha256)
                    .collect(Collectors.toSet());
        }
        assertThat(shared).hasSizeGreaterThan(30);
        assertThat(committed()).noneMatch(file -> shared.contains(sha256(file)));
    }

    /** Tracked files, and such as would be tracked; in a copy without its repository, all but what builds make. */
    private static List<Path> committed() throws IOException {
        Path root = Checkout.root();
        List<Path> files;
        if (Files.exists(root.resolve(".git"))) {
            Process git = new ProcessBuilder(
                            "git",
                            "-C",
                            root.toString(),
                            "ls-files",
                            "-z",
                            "--cached",
                            "--others",
                            "--exclude-standard")
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            String names = new String(git.getInputStream().readAllBytes(), UTF_8);
            files = Stream.of(names.split("\0"))
                    .map(root::resolve)
                    .filter(Files::isRegularFile)
                    .toList();
        } else {
            try (Stream<Path> all = Files.walk(root)) {
                files = all.filter(Files::isRegularFile)
                        .filter(file -> !relative(file).matches("(.*/)?(target|\\.ledger|\\.idea)/.*"))
                        .toList();
            }
        }
        assertThat(files).hasSizeGreaterThan(100);
        return files;
    }

    private static Optional<String> text(Path file) throws IOException {
        try {
            return Optional.of(UTF_8.newDecoder()
                    .decode(ByteBuffer.wrap(Files.readAllBytes(file)))
                    .toString());
        } catch (CharacterCodingException binary) {
            return Optional.empty();
        }
    }

    private static String relative(Path file) {
        return Checkout.root().relativize(file).toString();
    }

    private static String sha256(Path file) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (IOException | NoSuchAlgorithmException e) {
            throw new IllegalStateException("Cannot digest " + file, e);
        }
    }
}
