package ledger287.agreements.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import ledger287.agreements.vocabulary.FoldedName;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class RealWorkbooksTest {
    private static final Map<String, Integer> DATA_ROWS = Map.ofEntries(
            Map.entry("participatingAgencies05162025am.xlsx", 571),
            Map.entry("participatingAgencies05192025am.xlsx", 581),
            Map.entry("participatingAgencies05192025pm.xlsx", 588),
            Map.entry("participatingAgencies05202025pm.xlsx", 603),
            Map.entry("participatingAgencies05232025am.xlsx", 627),
            Map.entry("participatingAgencies05232025pm.xlsx", 628),
            Map.entry("participatingAgencies05282025am.xlsx", 628),
            Map.entry("participatingAgencies05292025am.xlsx", 635),
            Map.entry("participatingAgencies06042025am.xlsx", 641),
            Map.entry("participatingAgencies06062025am.xlsx", 649),
            Map.entry("participatingAgencies06172025pm.xlsx", 706),
            Map.entry("participatingAgencies06202025am.xlsx", 719),
            Map.entry("participatingAgencies06232025am.xlsx", 719),
            Map.entry("participatingAgencies06262025am.xlsx", 728),
            Map.entry("participatingAgencies06272025am.xlsx", 737),
            Map.entry("pendingAgencies05152025am.xlsx", 92),
            Map.entry("pendingAgencies05192025am.xlsx", 82),
            Map.entry("pendingAgencies05192025pm.xlsx", 83),
            Map.entry("pendingAgencies05202025pm.xlsx", 68),
            Map.entry("pendingAgencies05212025pm.xlsx", 87),
            Map.entry("pendingAgencies05232025am.xlsx", 66),
            Map.entry("pendingAgencies05232025pm.xlsx", 65),
            Map.entry("pendingAgencies05282025am.xlsx", 72),
            Map.entry("pendingAgencies05292025am.xlsx", 68),
            Map.entry("pendingAgencies05302025pm.xlsx", 82),
            Map.entry("pendingAgencies06032025am.xlsx", 88),
            Map.entry("pendingAgencies06032025pm.xlsx", 82),
            Map.entry("pendingAgencies06062025am.xlsx", 79),
            Map.entry("pendingAgencies06102025am.xlsx", 93),
            Map.entry("pendingAgencies06172025pm.xlsx", 69),
            Map.entry("pendingAgencies06202025am.xlsx", 56),
            Map.entry("pendingAgencies06232025am.xlsx", 58),
            Map.entry("pendingAgencies06242025am.xlsx", 62),
            Map.entry("pendingAgencies06252025am.xlsx", 75),
            Map.entry("pendingAgencies06262025am.xlsx", 68),
            Map.entry("pendingAgencies06272025am.xlsx", 61));

    private static final LocalDate NEW_SINCE = LocalDate.of(2025, 1, 20);

    private static final Map<String, SheetReading> READ = new TreeMap<>();

    @BeforeAll
    static void readAll() throws IOException {
        SheetReader reader = new SheetReader();
        for (Path file : RealWorkbooks.all()) {
            String name = file.getFileName().toString();
            READ.put(name, reader.read(file, SheetSource.named(name)));
        }
    }

    @Test
    void every_workbook_has_the_data_rows_that_were_counted_by_hand() {
        Map<String, Integer> read = new TreeMap<>();
        READ.forEach((file, reading) -> {
            read.put(file, reading.sheet().rows().size());
            assertEquals(List.of(), reading.skipped(), () -> "nothing is passed over in " + file);
            assertEquals(List.of(), reading.sheet().unknownColumns(), file);
            assertFalse(reading.sheet().sample(), file);
        });
        assertEquals(new TreeMap<>(DATA_ROWS), read);
    }

    @Test
    void every_cell_of_every_row_is_read_and_only_the_mistyped_date_and_its_kin_are_repaired() {
        Set<String> flagged = new HashSet<>();
        for (Map.Entry<String, SheetReading> file : READ.entrySet()) {
            for (SheetRow row : file.getValue().sheet().rows()) {
                assertEquals(List.of(), row.doubts(), () -> file.getKey() + " row " + row.number());
                assertTrue(row.cells().state() != null, row::toString);
                assertTrue(row.cells().agencyType() != null, row::toString);
                assertEquals(1, row.cells().supportTypes().size(), row::toString);
                row.repairs().stream().filter(Repair::flagged).map(Repair::from).forEach(flagged::add);
            }
        }
        assertEquals(Set.of("05/082025"), flagged);
    }

    @Test
    void no_mail_address_and_no_envelope_of_a_protected_link_comes_out() {
        READ.forEach((file, reading) -> {
            String everything = reading.toString();
            assertFalse(everything.contains("@"), file);
            assertFalse(everything.contains("%40"), file);
            assertFalse(everything.contains("data="), file);
            assertFalse(everything.contains("safelinks"), file);
        });
    }

    @Test
    void the_golden_figures_of_june_6_come_out() {
        List<Cells> agreements = read("participatingAgencies06062025am.xlsx").sheet().rows().stream()
                .map(SheetRow::cells)
                .toList();
        assertEquals(649, agreements.size());
        assertEquals(514, agreements.stream().filter(RealWorkbooksTest::isNew).count());
        assertEquals(40, agreements.stream().map(Cells::state).distinct().count());
        assertEquals(
                36,
                agreements.stream()
                        .filter(RealWorkbooksTest::isNew)
                        .map(Cells::state)
                        .distinct()
                        .count());
        assertEquals(
                Map.of(
                        SupportType.TASK_FORCE,
                        315L,
                        SupportType.WARRANT_SERVICE_OFFICER,
                        232L,
                        SupportType.JAIL_ENFORCEMENT,
                        102L),
                agreements.stream()
                        .collect(Collectors.groupingBy(
                                cells -> cells.supportTypes().getFirst(), Collectors.counting())));
        assertEquals(
                277,
                agreements.stream().filter(cells -> cells.state() == State.FL).count());
        assertEquals(
                531,
                agreements.stream().map(RealWorkbooksTest::agency).distinct().count());
        assertEquals(
                315,
                agreements.stream()
                        .filter(cells -> cells.supportTypes().contains(SupportType.TASK_FORCE))
                        .map(RealWorkbooksTest::agency)
                        .distinct()
                        .count());
        assertEquals(79, read("pendingAgencies06062025am.xlsx").sheet().rows().size());
    }

    @Test
    void the_workbook_of_june_6_says_when_it_was_published_and_saved() {
        SheetReading reading = read("participatingAgencies06062025am.xlsx");
        assertEquals(SheetKind.PARTICIPATING, reading.sheet().kind());
        assertEquals(
                Instant.parse("2025-06-06T13:00:00Z"),
                reading.sheet().publication().at());
        assertEquals("2025-06-06 am", reading.sheet().publication().label());
        assertTrue(reading.sheet().sha256().startsWith("707e31fbe5a1"));
        assertEquals(Instant.parse("2025-06-06T12:00:09Z"), reading.modifiedAt());
    }

    @Test
    void hidden_rows_are_read_and_known_as_hidden() {
        assertEquals(371, read("participatingAgencies06202025am.xlsx").sheet().hiddenRows());
    }

    private static SheetReading read(String file) {
        return Objects.requireNonNull(READ.get(file), file);
    }

    private static boolean isNew(Cells cells) {
        return cells.signedOn() != null && !cells.signedOn().isBefore(NEW_SINCE);
    }

    private static String agency(Cells cells) {
        return cells.state() + " " + FoldedName.of(cells.agencyName());
    }
}
