package ledger287.local.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What the sample promises; that it reads back as intended is tested beside the reader. */
class SampleWorkbooksTest {
    @TempDir
    private Path directory;

    @Test
    void every_run_writes_the_same_bytes() throws IOException {
        Path first = directory.resolve("first");
        Path second = directory.resolve("second");
        SampleWorkbooks.write(first);
        SampleWorkbooks.write(second);
        List<Path> files = files(first);
        assertThat(files).hasSize(SampleWorkbooks.publications().size());
        for (Path file : files) {
            assertThat(second.resolve(first.relativize(file))).hasSameBinaryContentAs(file);
        }
    }

    @Test
    void there_are_at_least_six_publications_of_each_kind() {
        assertThat(SampleWorkbooks.publications().stream().filter(SamplePublication::participating))
                .hasSizeGreaterThanOrEqualTo(6);
        assertThat(SampleWorkbooks.publications().stream().filter(publication -> !publication.participating()))
                .hasSizeGreaterThanOrEqualTo(6);
    }

    @Test
    void the_history_has_something_of_everything() {
        List<SamplePublication> agreements = SampleWorkbooks.publications().stream()
                .filter(SamplePublication::participating)
                .skip(1)
                .toList();
        assertThat(agreements.stream().mapToInt(SamplePublication::newRows).sum())
                .isGreaterThan(100);
        // One agency leaves, one duplicate is taken out.
        assertThat(agreements.stream().mapToInt(SamplePublication::goneRows).sum())
                .isEqualTo(2);
        assertThat(agreements.stream().mapToInt(SamplePublication::renamed).sum())
                .isEqualTo(5);
        assertThat(agreements.stream().mapToInt(SamplePublication::datesChanged).sum())
                .isEqualTo(6);
        assertThat(agreements.stream().mapToInt(SamplePublication::moasPosted).sum())
                .isGreaterThan(100);
    }

    @Test
    void no_agency_is_in_a_county_that_exists() throws IOException {
        Path counties = Path.of(System.getProperty("ledger287.sheets", "none"))
                .resolveSibling("reference")
                .resolve("2025_Gaz_counties_national.txt");
        assumeThat(counties)
                .as("the Census Gazetteer's counties stand beside ledger287.sheets")
                .exists();
        Set<String> real = Files.readAllLines(counties, StandardCharsets.UTF_8).stream()
                .skip(1)
                .map(line -> line.split("[|\t]", -1))
                .filter(fields -> fields.length > 4)
                .flatMap(fields -> Stream.of(fields[3], fields[4]))
                .map(name -> name.strip().toLowerCase(Locale.ROOT))
                .map(name -> name.replaceAll(" (county|parish|borough|municipio|city|census area)$", ""))
                .collect(Collectors.toSet());
        assertThat(real).contains("miami-dade", "orange").hasSizeGreaterThan(1_500);
        assertThat(Places.all()).hasSize(800).doesNotHaveDuplicates();
        assertThat(Places.all()).noneMatch(place -> real.contains(place.toLowerCase(Locale.ROOT)));
    }

    private static List<Path> files(Path below) throws IOException {
        try (Stream<Path> files = Files.walk(below)) {
            return files.filter(Files::isRegularFile).sorted().toList();
        }
    }
}
