package ledger287.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class RenamedWorkbookTest {

    @Test
    void places_bear_other_names_and_kinds_of_bodies_keep_theirs() {
        assertThat(RenamedWorkbook.rename("City of St. Cloud Police Department"))
                .isEqualTo("City of Fg. Pybhq Police Department");
        assertThat(RenamedWorkbook.rename("Baker  County Sheriff’s Office "))
                .isEqualTo("Onxre  County Sheriff’s Office ");
        assertThat(RenamedWorkbook.rename("Constable Precinct 1")).isEqualTo("Constable Precinct 1");
    }

    @Test
    void a_copy_differs_from_the_workbook_in_nothing_but_strings_and_the_cells_that_refer_to_them(
            @TempDir Path directory) throws IOException {
        Workbook original = IceSheets.find().ofJuneSixth().getFirst();
        Workbook copy = RenamedWorkbook.write(original, directory);

        var before = WorkbookParts.of(original.file());
        var after = WorkbookParts.of(copy.file());
        assertThat(after.parts().keySet()).isEqualTo(before.parts().keySet());
        assertThat(after.parts().entrySet().stream()
                        .filter(part -> !Arrays.equals(part.getValue(), before.part(part.getKey())))
                        .map(Map.Entry::getKey))
                .containsExactlyInAnyOrder("xl/sharedStrings.xml", "xl/worksheets/sheet1.xml");
        assertThat(Files.size(copy.file())).isPositive();
    }
}
