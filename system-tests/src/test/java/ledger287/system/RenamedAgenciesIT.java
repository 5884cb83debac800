package ledger287.system;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nothing rests on knowing a real agency by name. */
final class RenamedAgenciesIT {

    @Test
    void with_every_agency_renamed_the_golden_figures_are_the_same(@TempDir Path directory) throws IOException {
        IceSheets sheets = IceSheets.find();
        Path fed = Files.createDirectory(directory.resolve("sheets"));
        for (Workbook workbook : sheets.ofJuneSixth()) {
            RenamedWorkbook.write(workbook, fed);
        }
        try (RunningLedger ledger = RunningLedger.up(directory.resolve("home"), "--sheets", fed.toString())) {
            Client client = ledger.client();

            GoldenFigures.check(client, "", false);
            Set<String> names = new TreeSet<>();
            client.read("/v1/agencies?state=AL&limit=1000")
                    .path("items")
                    .forEach(agency -> names.add(agency.path("name").asText()));
            assertThat(names).isNotEmpty().contains(RenamedWorkbook.rename("Colbert County Sheriff's Office"));
        }
    }
}
