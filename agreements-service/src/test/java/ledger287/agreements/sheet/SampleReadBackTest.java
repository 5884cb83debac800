package ledger287.agreements.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import ledger287.agreements.vocabulary.FoldedName;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import ledger287.local.sample.SamplePublication;
import ledger287.local.sample.SampleWorkbooks;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The sample, read by the reader, is what it was meant to be. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SampleReadBackTest {
    private static final LocalDate NEW_SINCE = LocalDate.of(2025, 1, 20);

    /** Census divisions South Atlantic and East South Central. */
    private static final Set<State> SOUTHEAST = EnumSet.of(
            State.DE, State.MD, State.DC, State.VA, State.WV, State.NC, State.SC, State.GA, State.FL, State.KY,
            State.TN, State.MS, State.AL);

    private final Map<String, SheetReading> read = new HashMap<>();

    @BeforeEach
    void readAll(@TempDir Path directory) {
        if (read.isEmpty()) {
            SampleWorkbooks.write(directory);
            for (SamplePublication publication : SampleWorkbooks.publications()) {
                Path file = directory.resolve(publication.file());
                read.put(
                        publication.file(),
                        new SheetReader().read(file, SheetSource.named(Objects.toString(file.getFileName()))));
            }
        }
    }

    @Test
    void every_workbook_has_its_rows_and_says_that_it_is_a_sample() {
        for (SamplePublication publication : SampleWorkbooks.publications()) {
            SheetReading reading = reading(publication.file());
            Sheet sheet = reading.sheet();
            assertTrue(sheet.sample(), publication::file);
            assertEquals(
                    publication.participating() ? SheetKind.PARTICIPATING : SheetKind.PENDING,
                    sheet.kind(),
                    publication::file);
            assertEquals(publication.dataRows(), sheet.rows().size(), publication::file);
            assertEquals(publication.hiddenRows(), sheet.hiddenRows(), publication::file);
            assertEquals(List.of(), reading.skipped(), publication::file);
            assertEquals(List.of("About"), sheet.ignoredTabs(), publication::file);
            assertTrue(reading.modifiedAt() != null, publication::file);
            assertEquals(
                    publication.file().contains("06202025") && publication.participating()
                            ? List.of("NOTES")
                            : List.of(),
                    sheet.unknownColumns(),
                    publication::file);
        }
    }

    @Test
    void every_cell_of_every_row_is_understood() {
        read.forEach((file, reading) -> {
            for (SheetRow row : reading.sheet().rows()) {
                assertEquals(List.of(), row.doubts(), () -> file + " row " + row.number());
                assertEquals(1, row.cells().supportTypes().size(), row::toString);
            }
        });
    }

    @Test
    void the_figures_of_june_6_are_the_published_ones() {
        List<Cells> agreements = cells("participatingAgencies06062025am.xlsx");
        assertEquals(649, agreements.size());
        List<Cells> young =
                agreements.stream().filter(SampleReadBackTest::isNew).toList();
        assertEquals(514, young.size());
        assertEquals(135, agreements.size() - young.size());
        assertEquals(40, agreements.stream().map(Cells::state).distinct().count());
        assertEquals(36, young.stream().map(Cells::state).distinct().count());
        assertEquals(
                Map.of(
                        SupportType.TASK_FORCE, 315L,
                        SupportType.WARRANT_SERVICE_OFFICER, 232L,
                        SupportType.JAIL_ENFORCEMENT, 102L),
                agreements.stream()
                        .collect(Collectors.groupingBy(
                                cells -> cells.supportTypes().getFirst(), Collectors.counting())));
        assertEquals(
                531,
                agreements.stream().map(SampleReadBackTest::agency).distinct().count());
        assertEquals(
                315,
                agreements.stream()
                        .filter(cells -> cells.supportTypes().contains(SupportType.TASK_FORCE))
                        .map(SampleReadBackTest::agency)
                        .distinct()
                        .count());
        assertEquals(
                277,
                agreements.stream().filter(cells -> cells.state() == State.FL).count());
        assertEquals(
                406,
                agreements.stream()
                        .filter(cells -> SOUTHEAST.contains(cells.state()))
                        .count());
    }

    @Test
    void of_the_79_pending_on_june_6_one_is_an_agreement_already() {
        List<Cells> pending = cells("pendingAgencies06062025am.xlsx");
        assertEquals(79, pending.size());
        Set<String> agreements = cells("participatingAgencies06062025am.xlsx").stream()
                .map(cells -> agency(cells) + cells.supportTypes())
                .collect(Collectors.toSet());
        assertEquals(
                1,
                pending.stream()
                        .filter(cells -> agreements.contains(agency(cells) + cells.supportTypes()))
                        .count());
    }

    @Test
    void the_defects_of_the_real_sheets_are_all_there() {
        Set<String> rules = new TreeSet<>();
        Set<String> flagged = new TreeSet<>();
        Set<String> raw = new TreeSet<>();
        read.values().forEach(reading -> {
            for (SheetRow row : reading.sheet().rows()) {
                row.repairs().forEach(repair -> rules.add(repair.rule()));
                row.repairs().stream().filter(Repair::flagged).map(Repair::from).forEach(flagged::add);
                raw.addAll(row.raw().values());
            }
        });
        assertEquals(
                Set.of(
                        "spacing",
                        "apostrophe",
                        "case",
                        "state spelling",
                        "support type spelling",
                        "date as text",
                        "text date",
                        "merged cell",
                        "a link without an address"),
                rules);
        assertEquals(Set.of("05/082025", "4/14/5025", "UTAHJ"), flagged);
        Set<String> missing =
                new TreeSet<>(List.of("#N/A", "#NA", "N/A", "AlABAMA", "link\u00a0|\u00a0addendum", "link pending "));
        missing.removeAll(raw);
        assertEquals(Set.of(), missing);
        assertTrue(read.values().stream().anyMatch(reading -> reading.sheet().blankRows() == 4));
    }

    @Test
    void nothing_of_a_protected_link_comes_out() {
        String everything = read.values().toString();
        assertFalse(everything.contains("@"));
        assertFalse(everything.contains("%40"));
        assertFalse(everything.contains("data="));
        assertFalse(everything.contains("Nobody"));
    }

    @Test
    void moas_are_posted_one_after_another_and_never_lost() {
        Map<String, Set<String>> before = new HashMap<>();
        for (SamplePublication publication : SampleWorkbooks.publications()) {
            if (publication.participating()) {
                List<String> posted = new ArrayList<>();
                for (Cells cells : cells(publication.file())) {
                    if (cells.moa().status() == DocumentLink.Status.POSTED) {
                        posted.add(Objects.toString(cells.moa().url()));
                    }
                }
                int had = before.values().stream().mapToInt(Set::size).sum();
                before.put("posted", new TreeSet<>(posted));
                assertTrue(
                        had == 0 || before.getOrDefault("posted", Set.of()).size() >= had,
                        () -> publication.file() + " lost a MOA");
            }
        }
        assertEquals(
                3,
                cells("participatingAgencies07012025am.xlsx").stream()
                        .filter(cells -> cells.addendum().url() != null)
                        .count());
    }

    private SheetReading reading(String file) {
        return Objects.requireNonNull(read.get(file), file);
    }

    private List<Cells> cells(String file) {
        return reading(file).sheet().rows().stream().map(SheetRow::cells).toList();
    }

    private static boolean isNew(Cells cells) {
        return cells.signedOn() != null && !cells.signedOn().isBefore(NEW_SINCE);
    }

    private static String agency(Cells cells) {
        return cells.state() + " " + FoldedName.of(cells.agencyName());
    }
}
