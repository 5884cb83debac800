package ledger287.local.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import ledger287.local.LocalStackException;
import ledger287.local.client.Kind;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SourcesTest {

    @TempDir
    Path directory;

    @Test
    void a_directory_is_searched_recursively_and_ordered_by_publication_then_by_path() throws IOException {
        List<String> inOrder = List.of(
                "20250608_1/participatingAgencies06062025am.xlsx",
                "20250608_2/participatingAgencies06062025am.xlsx",
                "20250608_2/pendingAgencies06062025am.xlsx",
                "20250608_1/participatingAgencies06062025am_b.xlsx",
                "20250608_1/participatingAgencies06062025mid.xlsx",
                "20250608_1/participatingAgencies06062025pm.xlsx",
                "20250601_9/participatingAgencies01022026am.xlsx",
                "20250601_9/unnamed.xlsx");
        for (String name : inOrder.reversed()) {
            Path file = directory.resolve(name);
            Files.createDirectories(file.getParent());
            Files.createFile(file);
        }
        Files.createFile(directory.resolve("~$participatingAgencies06062025am.xlsx"));
        Files.createFile(directory.resolve("notes.txt"));

        assertThat(Sources.of(List.of(directory.toString())))
                .containsExactlyElementsOf(inOrder.stream()
                        .<Source>map(name -> new Source.LocalFile(directory.resolve(name)))
                        .toList());
    }

    @Test
    void the_stamp_is_found_in_every_way_of_naming() {
        assertThat(PublicationStamp.ofFileName("participatingAgencies04212026am 12.15.07 AM.xlsx"))
                .contains(new PublicationStamp(LocalDate.of(2026, 4, 21), 0, 0));
        assertThat(PublicationStamp.ofFileName("287gParticipatingAgencies091526pm.xlsx"))
                .contains(new PublicationStamp(LocalDate.of(2026, 9, 15), 2, 0));
        assertThat(PublicationStamp.ofFileName("pendingAgencies06063025am.xlsx"))
                .contains(new PublicationStamp(LocalDate.of(2025, 6, 6), 0, 0));
        assertThat(PublicationStamp.ofFileName("workbook.xlsx")).isEmpty();
    }

    @Test
    void the_kind_is_in_the_name() {
        assertThat(Kind.ofFileName("287gParticipatingAgencies091526pm.xlsx")).contains(Kind.PARTICIPATING);
        assertThat(Kind.ofFileName("pendingAgencies06062025am.xlsx")).contains(Kind.PENDING);
        assertThat(Kind.ofFileName("agencies.xlsx")).isEmpty();
    }

    @Test
    void what_is_not_there_is_named() {
        assertThatThrownBy(() -> Sources.of(List.of(directory + "/none")))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("There is no " + directory + "/none");
        assertThatThrownBy(() -> Sources.of(List.of(directory.toString())))
                .isInstanceOf(LocalStackException.class)
                .hasMessageContaining("no workbook (.xlsx)");
    }
}
