package ledger287.agreements.sheet;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.SheetKind;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import ledger287.local.sample.WorkbookXml;
import ledger287.local.sample.WorkbookXml.Cell;
import org.junit.jupiter.api.Test;

/** The traps of ICE's sheets, one by one. */
class SheetReaderTest {
    private static final int STATE = 0;
    private static final int AGENCY = 1;
    private static final int TYPE = 2;
    private static final int COUNTY = 3;
    private static final int SUPPORT_TYPE = 4;
    private static final int SIGNED = 5;
    private static final int MOA = 6;

    @Test
    void a_row_is_read_with_its_place_its_raw_cells_and_its_canonical_cells() {
        WorkbookXml workbook = new WorkbookXml();
        Fixture.headed(workbook).row(Fixture.row("Quillmoor County Sheriff's Office"));
        SheetRow row = Fixture.read(workbook).sheet().rows().getFirst();
        assertEquals("Sheet1", row.tab());
        assertEquals(2, row.number());
        assertEquals(
                Map.of(
                        "STATE", "FLORIDA",
                        "LAW ENFORCEMENT AGENCY", "Quillmoor County Sheriff's Office",
                        "TYPE", "County",
                        "COUNTY", "Quillmoor County",
                        "SUPPORT TYPE", "Task Force Model",
                        "SIGNED", "5/8/2025",
                        "MOA", "link pending"),
                row.raw());
        assertEquals(
                new Cells(
                        State.FL,
                        "Quillmoor County Sheriff's Office",
                        AgencyType.COUNTY,
                        "Quillmoor County",
                        List.of(SupportType.TASK_FORCE),
                        LocalDate.of(2025, 5, 8),
                        DocumentLink.PENDING,
                        DocumentLink.MISSING),
                row.cells());
        assertEquals(List.of(), row.repairs());
        assertEquals(List.of(), row.doubts());
    }

    @Test
    void hidden_rows_count_and_blank_ones_in_the_middle_at_the_end_or_left_out_do_not() {
        WorkbookXml workbook = new WorkbookXml();
        WorkbookXml.Tab tab = Fixture.headed(workbook).row(Fixture.row("First Agency"));
        tab.blankRow().row(List.of(Cell.of(" \u00a0 "))).hiddenRow(Fixture.row("Second Agency"));
        tab.goTo(9).row(Fixture.row("Third Agency")).blankRow();
        tab.goTo(1_048_576).blankRow();
        Sheet sheet = Fixture.read(workbook).sheet();
        assertEquals(
                List.of("First Agency", "Second Agency", "Third Agency"),
                sheet.rows().stream().map(row -> row.cells().agencyName()).toList());
        assertEquals(
                List.of(2, 5, 9), sheet.rows().stream().map(SheetRow::number).toList());
        assertEquals(1, sheet.hiddenRows());
        assertEquals(2 + 3 + 2, sheet.blankRows());
    }

    @Test
    void a_county_that_is_not_available_is_unknown_however_it_is_written() {
        for (Cell cell : List.of(
                new Cell.Failed("#N/A"),
                Cell.of("#N/A"),
                Cell.of("#NA"),
                Cell.of("N/A "),
                Cell.of("n/a"),
                Cell.of("\u00a0"),
                new Cell.Failed("#REF!"),
                new Cell.Empty(),
                new Cell.Absent())) {
            SheetRow row = Fixture.readRowWith(COUNTY, cell);
            assertNull(row.cells().county(), cell::toString);
            assertEquals(List.of(), row.doubts(), cell::toString);
        }
        assertEquals(
                "#N/A",
                Fixture.readRowWith(COUNTY, new Cell.Failed("#N/A")).raw().get("COUNTY"));
    }

    @Test
    void a_county_keeps_its_suffix_and_its_spelling() {
        assertEquals(
                "Frankin County",
                Fixture.readRowWith(COUNTY, Cell.of("Frankin  County\u00a0"))
                        .cells()
                        .county());
    }

    @Test
    void text_is_read_in_every_form_that_a_workbook_stores_it_in() {
        String name = "Zanderby & Sons <Police>";
        for (Cell cell : List.of(
                new Cell.Shared(name),
                new Cell.Inline(name),
                new Cell.Rich(List.of("Zanderby &", " Sons", " <Police>")),
                new Cell.Formula("CONCATENATE(A1,B1)", name),
                new Cell.ByHand(
                        "<c r=\"%s\" t=\"inlineStr\"><is><t>Zanderby &#38; Sons <![CDATA[<Police>]]></t></is></c>"),
                new Cell.ByHand("<c t=\"str\"><f>B1</f><v>Zanderby &amp; Sons &lt;Police&gt;</v></c>"),
                new Cell.Shared("Zanderby_x0020_& Sons <Police>"))) {
            assertEquals(name, Fixture.readRowWith(AGENCY, cell).cells().agencyName(), cell::toString);
        }
        assertEquals(
                "287",
                Fixture.readRowWith(AGENCY, new Cell.Plain("287")).cells().agencyName());
        assertEquals(
                "0.5",
                Fixture.readRowWith(AGENCY, new Cell.Plain("0.5")).cells().agencyName());
        assertEquals(
                "TRUE",
                Fixture.readRowWith(AGENCY, new Cell.ByHand("<c r=\"%s\" t=\"b\"><v>1</v></c>"))
                        .cells()
                        .agencyName());
    }

    @Test
    void an_agencys_name_is_made_plain_and_otherwise_left_as_typed() {
        SheetRow row = Fixture.readRowWith(AGENCY, Cell.of(" Ft.  Quillmoor\u00a0Sheriff\u2019s Offic "));
        assertEquals("Ft. Quillmoor Sheriff's Offic", row.cells().agencyName());
        assertEquals(" Ft.  Quillmoor\u00a0Sheriff\u2019s Offic ", row.raw().get("LAW ENFORCEMENT AGENCY"));
        assertEquals(
                List.of("spacing", "apostrophe"),
                row.repairs().stream().map(Repair::rule).toList());
        assertFalse(row.repairs().stream().anyMatch(Repair::flagged));
    }

    @Test
    void a_state_is_read_by_name_or_code_in_any_case_and_spacing() {
        for (String typed : List.of("FLORIDA", "Florida", " florida\u00a0", "FL", "fl", "FLoRIDA")) {
            SheetRow row = Fixture.readRowWith(STATE, Cell.of(typed));
            assertEquals(State.FL, row.cells().state(), typed);
            assertEquals(List.of(), row.doubts(), typed);
        }
        assertEquals(
                State.NC,
                Fixture.readRowWith(STATE, Cell.of("North  Carolina")).cells().state());
        assertEquals(
                State.AL, Fixture.readRowWith(STATE, Cell.of("AlABAMA")).cells().state());
    }

    @Test
    void a_state_one_letter_away_from_exactly_one_state_is_repaired_and_flagged() {
        SheetRow row = Fixture.readRowWith(STATE, Cell.of("UTAHJ"));
        assertEquals(State.UT, row.cells().state());
        assertEquals(List.of(new Repair("STATE", "UTAHJ", "Utah", "state spelling", true)), row.repairs());
        assertEquals(
                State.FL, Fixture.readRowWith(STATE, Cell.of("FLORDIA")).cells().state());
    }

    @Test
    void a_state_that_could_be_none_or_several_is_unknown_and_in_doubt() {
        for (String typed : List.of("FLOORIDDA", "DAKOTA", "XX", "Tallahassee")) {
            SheetRow row = Fixture.readRowWith(STATE, Cell.of(typed));
            assertNull(row.cells().state(), typed);
            assertEquals(1, row.doubts().size(), typed);
            assertTrue(row.doubts().getFirst().contains(typed), row.doubts()::toString);
        }
        assertNull(Fixture.readRowWith(STATE, new Cell.Absent()).cells().state());
    }

    @Test
    void kinds_of_agency_are_read_in_their_variants() {
        Map<String, AgencyType> typed = Map.of(
                "County", AgencyType.COUNTY,
                "county ", AgencyType.COUNTY,
                "Conty", AgencyType.COUNTY,
                "Municipality", AgencyType.MUNICIPALITY,
                "Municipal", AgencyType.MUNICIPALITY,
                "Municpality", AgencyType.MUNICIPALITY,
                "State Agency", AgencyType.STATE_AGENCY,
                "STATE  AGENCY", AgencyType.STATE_AGENCY,
                "State Agncy", AgencyType.STATE_AGENCY);
        typed.forEach((text, type) -> assertEquals(
                type, Fixture.readRowWith(TYPE, Cell.of(text)).cells().agencyType(), text));
        SheetRow unknown = Fixture.readRowWith(TYPE, Cell.of("Tribal"));
        assertNull(unknown.cells().agencyType());
        assertEquals(1, unknown.doubts().size());
    }

    @Test
    void support_types_are_read_in_their_variants() {
        Map<String, List<SupportType>> typed = Map.ofEntries(
                Map.entry("Task Force Model", List.of(SupportType.TASK_FORCE)),
                Map.entry("Task Force Officer", List.of(SupportType.TASK_FORCE)),
                Map.entry("TASK  FORCE MODEL ", List.of(SupportType.TASK_FORCE)),
                Map.entry("Warrant Service Officer", List.of(SupportType.WARRANT_SERVICE_OFFICER)),
                Map.entry("Warrant Services Officer", List.of(SupportType.WARRANT_SERVICE_OFFICER)),
                Map.entry("Warrant Service Office", List.of(SupportType.WARRANT_SERVICE_OFFICER)),
                Map.entry("Jail Enforcement Model", List.of(SupportType.JAIL_ENFORCEMENT)),
                Map.entry("Jail Enforcment Model", List.of(SupportType.JAIL_ENFORCEMENT)),
                Map.entry("Jail & Task Force", List.of(SupportType.JAIL_ENFORCEMENT, SupportType.TASK_FORCE)),
                Map.entry(
                        "Jail Enforcement Model and Warrant Service Officer",
                        List.of(SupportType.JAIL_ENFORCEMENT, SupportType.WARRANT_SERVICE_OFFICER)));
        typed.forEach((text, types) -> {
            SheetRow row = Fixture.readRowWith(SUPPORT_TYPE, Cell.of(text));
            assertEquals(types, row.cells().supportTypes(), text);
            assertEquals(List.of(), row.doubts(), text);
        });
        SheetRow unknown = Fixture.readRowWith(SUPPORT_TYPE, Cell.of("Hybrid Model"));
        assertEquals(List.of(), unknown.cells().supportTypes());
        assertEquals(1, unknown.doubts().size());
    }

    @Test
    void a_day_is_read_from_a_formatted_number_a_plain_one_or_one_kept_as_text() {
        LocalDate day = LocalDate.of(2025, 5, 8);
        for (Cell cell : List.of(
                new Cell.Day(day),
                new Cell.Plain("45785"),
                new Cell.Plain("45785.75"),
                new Cell.Plain("4.5785E4"),
                Cell.of("45785"),
                Cell.of("5/8/2025"),
                Cell.of(" 05/08/2025\u00a0"),
                Cell.of("5/8/25"),
                Cell.of("2025-05-08"),
                Cell.of("5/8/2025 12:00:00 AM"),
                Cell.of("May 8, 2025"),
                Cell.of("8-May-2025"),
                new Cell.ByHand("<c r=\"%s\" t=\"d\"><v>2025-05-08T00:00:00</v></c>"))) {
            SheetRow row = Fixture.readRowWith(SIGNED, cell);
            assertEquals(day, row.cells().signedOn(), cell::toString);
            assertFalse(row.repairs().stream().anyMatch(Repair::flagged), cell::toString);
        }
    }

    @Test
    void a_workbook_that_counts_days_from_1904_gives_the_same_days() {
        WorkbookXml workbook = new WorkbookXml().from1904();
        Fixture.headed(workbook)
                .row(Fixture.row("Formatted"))
                .row(Fixture.row("Plain", SIGNED, new Cell.Plain("44323")));
        List<SheetRow> rows = Fixture.read(workbook).sheet().rows();
        rows.forEach(row -> assertEquals(LocalDate.of(2025, 5, 8), row.cells().signedOn()));
        assertEquals("5/8/2025", rows.getFirst().raw().get("SIGNED"));
    }

    @Test
    void a_mistyped_date_with_one_sensible_reading_is_repaired_and_flagged() {
        Map<String, LocalDate> typed = Map.of(
                "05/082025", LocalDate.of(2025, 5, 8),
                "5/72025", LocalDate.of(2025, 5, 7),
                "05082025", LocalDate.of(2025, 5, 8),
                "5/8/5025", LocalDate.of(2025, 5, 8),
                "05//08/2025", LocalDate.of(2025, 5, 8),
                "05/008/2025", LocalDate.of(2025, 5, 8),
                "5/8/20025", LocalDate.of(2025, 5, 8),
                "5/8/2025*", LocalDate.of(2025, 5, 8),
                "O5/O8/2025", LocalDate.of(2025, 5, 8),
                "13/05/2025", LocalDate.of(2025, 5, 13));
        typed.forEach((text, day) -> {
            SheetRow row = Fixture.readRowWith(SIGNED, Cell.of(text));
            assertEquals(day, row.cells().signedOn(), text);
            assertEquals(List.of(new Repair("SIGNED", text, day.toString(), "text date", true)), row.repairs());
            assertEquals(text, row.raw().get("SIGNED"));
        });
    }

    @Test
    void a_true_date_in_an_impossible_year_is_repaired_like_a_typed_one() {
        SheetRow row = Fixture.readRowWith(SIGNED, new Cell.Day(LocalDate.of(5025, 5, 8)));
        assertEquals(LocalDate.of(2025, 5, 8), row.cells().signedOn());
        assertEquals("5/8/5025", row.raw().get("SIGNED"));
        assertTrue(row.repairs().getFirst().flagged());
    }

    @Test
    void a_struck_twice_year_is_repaired_as_soon_as_that_year_can_be() {
        WorkbookXml workbook = new WorkbookXml();
        Fixture.headed(workbook).row(Fixture.row("Agency", SIGNED, Cell.of("5/31/20026")));
        SheetReading in2026 =
                new SheetReader().read(workbook.bytes(), SheetSource.named("participatingAgencies06052026am.xlsx"));
        assertEquals(
                LocalDate.of(2026, 5, 31),
                in2026.sheet().rows().getFirst().cells().signedOn());
        SheetRow in2025 = Fixture.read(workbook).sheet().rows().getFirst();
        assertNull(in2025.cells().signedOn());
        assertEquals(1, in2025.doubts().size());
    }

    @Test
    void a_date_with_no_or_several_readings_is_unknown_and_in_doubt() {
        for (Cell cell : List.of(
                Cell.of("5/32/2025"),
                Cell.of("6/30/2026"),
                Cell.of("5/2025"),
                Cell.of("see MOA"),
                Cell.of("1112024"),
                new Cell.Plain("60"),
                new Cell.Plain("0"),
                new Cell.Plain("-1"),
                new Cell.Plain("1e300"),
                new Cell.Day(LocalDate.of(1990, 5, 8)),
                new Cell.Failed("#N/A"),
                new Cell.Empty())) {
            SheetRow row = Fixture.readRowWith(SIGNED, cell);
            assertNull(row.cells().signedOn(), cell::toString);
            assertEquals(1, row.doubts().size(), cell::toString);
        }
    }

    @Test
    void a_link_is_the_hyperlink_of_its_cell_of_a_range_or_of_a_formula_or_the_text_itself() {
        String moa = "https://www.example.org/doclib/287gMOA/QuillmoorFL_TFM_MOA_050825.pdf";
        WorkbookXml workbook = new WorkbookXml();
        WorkbookXml.Tab tab = Fixture.headed(workbook);
        tab.row(Fixture.row("Of its cell", MOA, Cell.of("link")));
        tab.row(Fixture.row("Of a range 1", MOA, Cell.of("link ")));
        tab.row(Fixture.row("Of a range 2", MOA, Cell.of("link")));
        tab.row(Fixture.row("Of a formula", MOA, new Cell.Formula("HYPERLINK(\"" + moa + "\",\"link\")", "link")));
        tab.row(Fixture.row("Text itself", MOA, Cell.of(moa)));
        tab.link("G2", moa).link("G3:G4", moa);
        List<SheetRow> rows = Fixture.read(workbook).sheet().rows();
        assertEquals(5, rows.size());
        for (SheetRow row : rows) {
            assertEquals(
                    new DocumentLink(DocumentLink.Status.POSTED, moa),
                    row.cells().moa(),
                    row.cells()::agencyName);
        }
        assertEquals(Map.of("MOA", moa), rows.get(1).links());
    }

    @Test
    void a_link_that_leads_nowhere_is_missing_and_a_pending_one_is_pending() {
        WorkbookXml workbook = new WorkbookXml();
        WorkbookXml.Tab tab = Fixture.headed(workbook);
        tab.row(Fixture.row("No address", MOA, Cell.of("link")));
        tab.row(Fixture.row("Within the workbook", MOA, Cell.of("link")));
        tab.row(Fixture.row("Mail", MOA, Cell.of("link")));
        tab.row(Fixture.row("Formula of cells", MOA, new Cell.Formula("HYPERLINK(H6,\"link\")", "link")));
        tab.row(Fixture.row("Empty", MOA, new Cell.Empty()));
        tab.row(Fixture.row("Pending", MOA, Cell.of("Link pending ")));
        tab.linkWithin("G3", "Sheet1!A1").link("G4", "mailto:someone@example.org");
        List<SheetRow> rows = Fixture.read(workbook).sheet().rows();
        rows.subList(0, 5)
                .forEach(row -> assertEquals(DocumentLink.MISSING, row.cells().moa(), row.cells()::agencyName));
        assertEquals(DocumentLink.PENDING, rows.get(5).cells().moa());
        assertEquals(
                "a link without an address",
                rows.getFirst().repairs().getFirst().rule());
    }

    @Test
    void the_addendum_is_read_from_the_moa_column_and_from_its_own() {
        SheetRow both = Fixture.readRowWith(MOA, Cell.of("link\u00a0|\u00a0addendum"));
        assertEquals(DocumentLink.Status.POSTED, both.cells().addendum().status());
        assertNull(both.cells().addendum().url());
        assertEquals(DocumentLink.MISSING, both.cells().moa());

        WorkbookXml workbook = new WorkbookXml();
        List<String> headers = new java.util.ArrayList<>(Fixture.HEADERS);
        headers.add("ADDENDUM");
        List<Cell> cells = Fixture.row("Agency");
        cells.add(Cell.of("link"));
        workbook.tab("Sheet1")
                .row(headers.toArray(String[]::new))
                .row(cells)
                .row(Fixture.row("None"))
                .link("H2", "https://www.example.org/addendum.pdf");
        Sheet sheet = Fixture.read(workbook).sheet();
        assertEquals(
                new DocumentLink(DocumentLink.Status.POSTED, "https://www.example.org/addendum.pdf"),
                sheet.rows().getFirst().cells().addendum());
        assertEquals(DocumentLink.MISSING, sheet.rows().getLast().cells().addendum());
        assertEquals(List.of(), sheet.unknownColumns());
    }

    @Test
    void protected_links_are_unwrapped_wherever_they_stand_and_mail_addresses_never_come_out() {
        String inner = "https://www.example.org/doclib/287gMOA/Quillmoor%20FL.pdf";
        String wrapped = "https://gcc02.safelinks.protection.outlook.com/?url="
                + "https%3A%2F%2Fwww.example.org%2Fdoclib%2F287gMOA%2FQuillmoor%2520FL.pdf"
                + "&data=05%7C02%7Cjane.doe%40mail.example%7C062e3217%7C0%7C0%7CUnknown%7C%3D%3D%7C0&sdata=OVB%2F%3D&reserved=0";
        String twice = "https://nam01.safelinks.protection.outlook.com/?url="
                + java.net.URLEncoder.encode(wrapped, java.nio.charset.StandardCharsets.UTF_8)
                + "&data=05%7Cjohn%40mail.example&reserved=0";
        WorkbookXml workbook = new WorkbookXml().modified(Instant.parse("2025-06-06T12:00:09Z"), "Doe, Jane");
        WorkbookXml.Tab tab = Fixture.headed(workbook);
        tab.row(Fixture.row("Wrapped", MOA, Cell.of("link")));
        tab.row(Fixture.row("Wrapped twice", MOA, Cell.of("link")));
        tab.row(Fixture.row("As text", MOA, Cell.of(wrapped)));
        tab.row(Fixture.row("As formula", MOA, new Cell.Formula("HYPERLINK(\"" + wrapped + "\",\"link\")", "link")));
        tab.row(Fixture.row("Ask jane.doe@mail.example (or JOHN%40mail.example)"));
        tab.row(Fixture.row("Query", MOA, Cell.of("link")));
        tab.comment("B2", "Jane Doe", "write to jane.doe@mail.example");
        tab.link("G2", wrapped).link("G3", twice).link("G7", inner + "?from=jane%40mail.example&data=1");
        SheetReading reading = Fixture.read(workbook);
        for (int i : List.of(0, 1, 2, 3, 5)) {
            SheetRow row = reading.sheet().rows().get(i);
            assertEquals(inner, row.cells().moa().url(), row.cells()::agencyName);
        }
        assertEquals(inner, reading.sheet().rows().get(2).raw().get("MOA"));
        String everything = reading.toString();
        for (String personal : List.of("@", "%40", "data=", "safelinks", "mail.example", "Doe")) {
            assertFalse(everything.contains(personal), () -> personal + " in " + everything);
        }
        assertTrue(everything.contains("Ask [mail address removed] (or [mail address removed])"), everything);
    }

    @Test
    void columns_are_found_by_header_whatever_their_order_spelling_and_row() {
        WorkbookXml workbook = new WorkbookXml();
        WorkbookXml.Tab tab = workbook.tab("Agencies");
        tab.row("Participating agencies as of June 6").blankRow();
        tab.row(
                "Moa",
                "SIGNED\u00a0",
                "Support Type ",
                "COUNTY",
                "NOTES",
                "type",
                "LAW  ENFORCEMENT\u00a0AGENCY",
                "State",
                "NOTES");
        tab.row(List.of(
                Cell.of("link pending"),
                new Cell.Day(LocalDate.of(2025, 5, 8)),
                Cell.of("Task Force Model"),
                new Cell.Failed("#N/A"),
                Cell.of("new"),
                Cell.of("Municipality"),
                Cell.of("Zanderby Police Department"),
                Cell.of("TEXAS"),
                Cell.of("more"),
                Cell.of("stray")));
        tab.hideColumn(2);
        Sheet sheet = Fixture.read(workbook).sheet();
        SheetRow row = sheet.rows().getFirst();
        assertEquals(4, row.number());
        assertEquals(State.TX, row.cells().state());
        assertEquals("Zanderby Police Department", row.cells().agencyName());
        assertEquals(AgencyType.MUNICIPALITY, row.cells().agencyType());
        assertEquals(LocalDate.of(2025, 5, 8), row.cells().signedOn());
        assertEquals(List.of(), row.doubts());
        assertEquals(List.of("NOTES", "NOTES (I)", "column J"), sheet.unknownColumns());
        assertEquals("new", row.raw().get("NOTES"));
        assertEquals("more", row.raw().get("NOTES (I)"));
        assertEquals("stray", row.raw().get("column J"));
    }

    @Test
    void extra_tabs_are_passed_over_and_named() {
        WorkbookXml workbook = new WorkbookXml();
        workbook.tab("Read me").row("Totals").row("Agreements", "2");
        Fixture.headed(workbook).row(Fixture.row("Agency"));
        workbook.tab("Old").hidden().row(Fixture.HEADERS.toArray(String[]::new)).row(Fixture.row("Former Agency"));
        Sheet sheet = Fixture.read(workbook).sheet();
        assertEquals(1, sheet.rows().size());
        assertEquals("Sheet1", sheet.rows().getFirst().tab());
        assertEquals(List.of("Read me", "Old"), sheet.ignoredTabs());
    }

    @Test
    void a_merged_cell_speaks_for_every_row_it_covers() {
        WorkbookXml workbook = new WorkbookXml();
        WorkbookXml.Tab tab = Fixture.headed(workbook);
        tab.row(Fixture.row("Quillmoor County Sheriff's Office", MOA, Cell.of("link")));
        List<Cell> second = Fixture.row("");
        second.set(AGENCY, new Cell.Empty());
        second.set(SUPPORT_TYPE, Cell.of("Warrant Service Officer"));
        second.set(MOA, new Cell.Empty());
        tab.row(second).blankRow();
        tab.merge("B2:B4").merge("G2:G3").link("G2", "https://www.example.org/a.pdf");
        List<SheetRow> rows = Fixture.read(workbook).sheet().rows();
        assertEquals(2, rows.size());
        SheetRow covered = rows.get(1);
        assertEquals("Quillmoor County Sheriff's Office", covered.cells().agencyName());
        assertEquals(
                List.of(SupportType.WARRANT_SERVICE_OFFICER), covered.cells().supportTypes());
        assertEquals("https://www.example.org/a.pdf", covered.cells().moa().url());
        assertFalse(covered.raw().containsKey("LAW ENFORCEMENT AGENCY"));
        assertTrue(covered.repairs().stream().anyMatch(repair -> repair.rule().equals("merged cell")));
    }

    @Test
    void rows_that_are_no_listings_are_reported_and_not_counted() {
        WorkbookXml workbook = new WorkbookXml();
        WorkbookXml.Tab tab = Fixture.headed(workbook).row(Fixture.row("Agency"));
        tab.row(Fixture.HEADERS.toArray(String[]::new));
        tab.row("TOTAL", "1").row("Updated June 6, 2025");
        SheetReading reading = Fixture.read(workbook);
        assertEquals(1, reading.sheet().rows().size());
        assertEquals(
                List.of(3, 4, 5),
                reading.skipped().stream().map(SkippedRow::number).toList());
        assertEquals("TOTAL · 1", reading.skipped().get(1).text());
    }

    @Test
    void a_listing_with_gaps_is_kept_with_what_is_unknown_and_in_doubt() {
        WorkbookXml workbook = new WorkbookXml();
        Fixture.headed(workbook).row("FLORIDA", "Quillmoor Police Department");
        SheetRow row = Fixture.read(workbook).sheet().rows().getFirst();
        assertEquals(State.FL, row.cells().state());
        assertNull(row.cells().agencyType());
        assertEquals(List.of(), row.cells().supportTypes());
        assertNull(row.cells().signedOn());
        assertEquals(3, row.doubts().size());
    }

    @Test
    void the_pending_workbook_has_five_columns_and_no_dates() {
        WorkbookXml workbook = new WorkbookXml();
        workbook.tab("Sheet1")
                .row("STATE", "LAW ENFORCEMENT AGENCY", "TYPE", "COUNTY", "SUPPORT TYPE")
                .row("TEXAS", "Zanderby Police Department", "Municipality", "#N/A", "Task Force Model");
        Sheet sheet = new SheetReader()
                .read(workbook.bytes(), SheetSource.named(Fixture.PENDING))
                .sheet();
        assertEquals(SheetKind.PENDING, sheet.kind());
        Cells cells = sheet.rows().getFirst().cells();
        assertNull(cells.signedOn());
        assertEquals(DocumentLink.MISSING, cells.moa());
        assertEquals(List.of(), sheet.rows().getFirst().doubts());
    }

    @Test
    void sample_and_time_of_saving_come_from_the_properties_and_names_of_people_do_not() {
        WorkbookXml workbook = new WorkbookXml()
                .modified(Instant.parse("2025-06-06T12:00:09Z"), "Doe, Jane")
                .property("Reviewed by", "Doe, Jane")
                .property("ledger287.sample", "true");
        Fixture.headed(workbook).row(Fixture.row("Agency"));
        SheetReading reading = Fixture.read(workbook);
        assertTrue(reading.sheet().sample());
        assertEquals(Instant.parse("2025-06-06T12:00:09Z"), reading.modifiedAt());
        assertFalse(reading.toString().contains("Doe"));
        WorkbookXml silent = new WorkbookXml();
        Fixture.headed(silent).row(Fixture.row("Agency"));
        assertFalse(Fixture.read(silent).sheet().sample());
        assertNull(Fixture.read(silent).modifiedAt());
    }

    @Test
    void the_same_bytes_have_the_same_digest_and_reading() {
        WorkbookXml workbook = new WorkbookXml();
        Fixture.headed(workbook).row(Fixture.row("Agency"));
        assertEquals(Fixture.read(workbook), Fixture.read(workbook));
        assertEquals(64, Fixture.read(workbook).sheet().sha256().length());
        assertTrue(Objects.equals(
                Fixture.PARTICIPATING, Fixture.read(workbook).sheet().fileName()));
    }
}
