package ledger287.agreements.reconciliation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.AgreementChange;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.Evidence;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.RosterEvent;
import ledger287.agreements.sheet.Cells;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.sheet.SheetRow;
import ledger287.agreements.vocabulary.SheetKind;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** ICE's own 36 workbooks of May and June 2025, whose changes were found by hand from the rows and the MOA files. */
class PublishedSheetsTest {
    private static final Known RENAMED = new Known(5, "18607dfa7bd856d0");
    private static final Known DATE_CHANGED = new Known(12, "90eaa14d9e60ab6d");
    private static final Known GONE = new Known(1, "d1f06981e56f4970");
    private static final Known GRANTED_AND_STILL_LISTED = new Known(1, "57788f1141bbb3a4");
    private static final Known AWAITING_OUTCOME = new Known(6, "9d67e24a2089ea8d");
    private static final Known GRANTED_ON_JUNE_6 = new Known(1, "caf9b546aca0dfe7");
    private static final Known POSSIBLE_DUPLICATES = new Known(1, "c829c64a1cb4e7ba");

    /**
     * A list found by hand. The project holds no rows of ICE's, so it is known by its length and by the digest of its
     * sorted lines; a list that is another is shown.
     */
    private record Known(int size, String sha256) {
        static final Known NOTHING = new Known(0, "e3b0c44298fc1c14");

        void assertIs(List<String> found, String context) {
            assertEquals(this, of(found), () -> context + ": " + String.join("; ", found));
        }

        static Known of(List<String> found) {
            try {
                byte[] lines =
                        String.join("\n", found.stream().sorted().toList()).getBytes(StandardCharsets.UTF_8);
                byte[] digest = MessageDigest.getInstance("SHA-256").digest(lines);
                return new Known(found.size(), HexFormat.of().formatHex(digest, 0, 8));
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java platform has SHA-256", e);
            }
        }
    }

    private static Published published;

    @BeforeAll
    static void read() throws IOException {
        published = Published.read();
    }

    private static Ledger take(List<Sheet> sheets) {
        Ledger ledger = new Ledger();
        sheets.forEach(ledger::take);
        return ledger;
    }

    @Test
    void the_changes_found_by_hand_are_found_and_none_else() {
        Ledger ledger = take(published.all());

        assertEquals(571 + 167, ledger.count(AgreementChange.SIGNED));
        RENAMED.assertIs(ledger.names(AgreementChange.RENAMED), "renamed");
        DATE_CHANGED.assertIs(ledger.names(AgreementChange.DATE_CHANGED), "date changed");
        GONE.assertIs(ledger.names(AgreementChange.UNLISTED), "unlisted");
        for (AgreementChange change : List.of(
                AgreementChange.RELABELLED,
                AgreementChange.STATE_CHANGED,
                AgreementChange.RELISTED,
                AgreementChange.DUPLICATE_REMOVED,
                AgreementChange.RETURNED_TO_PENDING,
                AgreementChange.PUT_UNDER_REVIEW)) {
            assertEquals(List.of(), ledger.names(change), change.code());
        }
        assertEquals(List.of(), List.copyOf(ledger.roster().reviews()));
        assertEquals(737, ledger.roster().listedAgreements().size());
    }

    @Test
    void each_publication_brings_what_the_table_says() {
        Ledger ledger = new Ledger();
        Map<String, List<Integer>> table = new TreeMap<>();
        for (Sheet sheet : published.all()) {
            Map<String, Integer> changes = ledger.take(sheet).report().changes();
            if (sheet.kind() == SheetKind.PARTICIPATING) {
                table.put(
                        sheet.publication().label(),
                        List.of(
                                changes.getOrDefault("signed", -1),
                                changes.getOrDefault("renamed", -1) + changes.getOrDefault("date_changed", -1),
                                changes.getOrDefault("unlisted", -1)));
            }
        }
        assertEquals(
                new TreeMap<>(Map.ofEntries(
                        Map.entry("2025-05-16 am", List.of(571, 0, 0)),
                        Map.entry("2025-05-19 am", List.of(10, 1, 0)),
                        Map.entry("2025-05-19 pm", List.of(7, 0, 0)),
                        Map.entry("2025-05-20 pm", List.of(15, 3, 0)),
                        Map.entry("2025-05-23 am", List.of(24, 1, 0)),
                        Map.entry("2025-05-23 pm", List.of(1, 0, 0)),
                        Map.entry("2025-05-28 am", List.of(0, 0, 0)),
                        Map.entry("2025-05-29 am", List.of(7, 1, 0)),
                        Map.entry("2025-06-04 am", List.of(6, 0, 0)),
                        Map.entry("2025-06-06 am", List.of(9, 0, 1)),
                        Map.entry("2025-06-17 pm", List.of(57, 0, 0)),
                        Map.entry("2025-06-20 am", List.of(13, 0, 0)),
                        Map.entry("2025-06-23 am", List.of(0, 0, 0)),
                        Map.entry("2025-06-26 am", List.of(9, 0, 0)),
                        Map.entry("2025-06-27 am", List.of(9, 11, 0)))),
                table);
    }

    @Test
    void the_one_possible_duplicate_of_june_17_is_flagged_and_both_stay_listed() {
        Sheet june17 = published.labelled(SheetKind.PARTICIPATING, "2025-06-17 pm");
        Ledger ledger = take(published.all());

        List<String> doubled = ledger.agreementEvents(AgreementChange.SIGNED).stream()
                .map(RosterEvent.AgreementEvent::after)
                .filter(agreement -> june17.publication().at().equals(agreement.firstListedAt()))
                .flatMap(agreement -> agreement.possibleDuplicateOf().stream())
                .map(id -> ledger.roster().agreement(id).orElseThrow())
                .filter(Agreement::listed)
                .map(Agreement::agencyName)
                .toList();

        POSSIBLE_DUPLICATES.assertIs(doubled, "possible duplicates");
    }

    @Test
    void applications_are_219_of_which_153_granted_6_awaiting_60_open_and_one_still_listed() {
        assertFunnel(take(published.all()));
    }

    private static void assertFunnel(Ledger ledger) {
        Map<Application.Status, Long> byStatus = ledger.roster().applications().stream()
                .collect(Collectors.groupingBy(Application::status, TreeMap::new, Collectors.counting()));
        assertEquals(
                Map.of(
                        Application.Status.OPEN, 60L,
                        Application.Status.AWAITING_OUTCOME, 6L,
                        Application.Status.GRANTED, 153L),
                byStatus);
        GRANTED_AND_STILL_LISTED.assertIs(
                names(
                        ledger,
                        application -> application.listed() && application.status() == Application.Status.GRANTED),
                "granted and still listed");
        AWAITING_OUTCOME.assertIs(
                names(ledger, application -> application.status() == Application.Status.AWAITING_OUTCOME),
                "awaiting their outcome");
        assertEquals(1, ledger.events().get("application-renamed"));
    }

    private static List<String> names(Ledger ledger, Predicate<Application> which) {
        return ledger.applications(which).stream().map(Application::agencyName).toList();
    }

    @Test
    void in_whatever_way_the_two_kinds_interleave_the_same_comes_out() {
        List<Sheet> participating = published.of(SheetKind.PARTICIPATING);
        List<Sheet> pending = published.of(SheetKind.PENDING);
        List<Sheet> participatingFirst = new ArrayList<>(participating);
        participatingFirst.addAll(pending);
        List<Sheet> pendingFirst = new ArrayList<>(pending);
        pendingFirst.addAll(participating);
        List<Sheet> pendingFirstEachDay = new ArrayList<>(published.all());
        pendingFirstEachDay.sort(Comparator.comparing(Sheet::publication)
                .thenComparing(Comparator.comparing(Sheet::kind).reversed()));
        for (List<Sheet> order : List.of(participatingFirst, pendingFirst, pendingFirstEachDay)) {
            Ledger ledger = take(order);
            assertFunnel(ledger);
            RENAMED.assertIs(ledger.names(AgreementChange.RENAMED), "renamed");
            DATE_CHANGED.assertIs(ledger.names(AgreementChange.DATE_CHANGED), "date changed");
            GONE.assertIs(ledger.names(AgreementChange.UNLISTED), "unlisted");
            assertEquals(List.of(), List.copyOf(ledger.roster().reviews()));
        }
    }

    @Test
    void the_rows_may_come_in_any_order() {
        Random random = new Random(287);
        List<Sheet> shuffled = published.all().stream()
                .map(sheet -> {
                    List<SheetRow> rows = new ArrayList<>(sheet.rows());
                    Collections.shuffle(rows, random);
                    return withRows(sheet, rows);
                })
                .toList();

        Ledger straight = take(published.all());
        Ledger permuted = take(shuffled);

        assertEquals(straight.facts(), permuted.facts());
        assertEquals(
                straight.roster().sheets().stream().map(ImportedSheet::changes).toList(),
                permuted.roster().sheets().stream().map(ImportedSheet::changes).toList());
    }

    @Test
    void every_third_workbook_shows_the_same_departures() {
        List<Agreement> gone = take(published.all()).agreementEvents(AgreementChange.UNLISTED).stream()
                .map(RosterEvent.AgreementEvent::after)
                .toList();
        for (int offset = 0; offset < 3; offset++) {
            List<Sheet> participating = thirds(published.of(SheetKind.PARTICIPATING), offset);
            Known departures =
                    gone.stream().allMatch(agreement -> isListed(agreement, participating)) ? GONE : Known.NOTHING;
            Ledger alone = take(participating);
            departures.assertIs(alone.names(AgreementChange.UNLISTED), "offset " + offset);
            assertEquals(List.of(), alone.names(AgreementChange.PUT_UNDER_REVIEW), "offset " + offset);

            List<Sheet> both = new ArrayList<>(participating);
            both.addAll(thirds(published.of(SheetKind.PENDING), offset));
            both.sort(Comparator.comparing(Sheet::publication));
            departures.assertIs(take(both).names(AgreementChange.UNLISTED), "offset " + offset + " with pending");
        }
    }

    private static boolean isListed(Agreement agreement, List<Sheet> sheets) {
        return sheets.stream()
                .flatMap(sheet -> sheet.rows().stream())
                .map(SheetRow::cells)
                .anyMatch(cells -> cells.agencyName().equals(agreement.agencyName())
                        && Objects.equals(cells.signedOn(), agreement.signedOn()));
    }

    private static List<Sheet> thirds(List<Sheet> sheets, int offset) {
        return IntStream.range(0, sheets.size())
                .filter(i -> i % 3 == offset || i == sheets.size() - 1)
                .mapToObj(sheets::get)
                .toList();
    }

    @Test
    void the_same_workbook_again_changes_nothing() {
        for (SheetKind kind : SheetKind.values()) {
            Ledger ledger = new Ledger();
            Sheet sheet = published.of(kind).getLast();
            ledger.take(sheet);
            Reconciliation again = ledger.take(sheet);
            assertEquals(
                    List.of("sheet-imported"),
                    again.facts().stream().map(fact -> fact.event().type()).toList());
            assertTrue(again.account().stream().allMatch(row -> row.outcome() == Reconciliation.Outcome.MATCHED));
        }
    }

    @Test
    void on_june_6_alone_649_agreements_are_held_by_531_agencies_in_either_order() {
        Sheet participating = published.labelled(SheetKind.PARTICIPATING, "2025-06-06 am");
        Sheet pending = published.labelled(SheetKind.PENDING, "2025-06-06 am");
        for (List<Sheet> order : List.of(List.of(participating, pending), List.of(pending, participating))) {
            Ledger ledger = take(order);
            assertEquals(649, ledger.roster().listedAgreements().size());
            assertEquals(79, ledger.roster().listedApplications().size());
            assertEquals(
                    531,
                    ledger.roster().listedAgreements().stream()
                            .map(Agreement::agencyId)
                            .distinct()
                            .count());
            GRANTED_ON_JUNE_6.assertIs(
                    names(ledger, application -> application.status() == Application.Status.GRANTED), "granted");
        }
    }

    @Test
    void after_all_workbooks_until_june_6_the_agencies_are_531_too() {
        List<Sheet> until = published.all().stream()
                .filter(sheet -> sheet.publication().label().compareTo("2025-06-06 am") <= 0)
                .toList();
        assertEquals(
                531,
                take(until).roster().listedAgreements().stream()
                        .map(Agreement::agencyId)
                        .distinct()
                        .count());
    }

    @Test
    void with_every_agency_renamed_consistently_the_same_happens() {
        Map<String, String> ciphered = new HashMap<>();
        List<Sheet> renamed = published.all().stream()
                .map(sheet -> withRows(
                        sheet,
                        sheet.rows().stream()
                                .map(row -> named(row, cipher(row.cells().agencyName(), ciphered)))
                                .toList()))
                .toList();

        Ledger straight = take(published.all());
        Ledger other = take(renamed);

        assertEquals(straight.events(), other.events());
    }

    /** Moves every letter of words that say nothing of the kind of body; near names stay as near as they were. */
    private static String cipher(String name, Map<String, String> known) {
        return known.computeIfAbsent(name, plain -> {
            StringBuilder result = new StringBuilder();
            for (String word : plain.split(" ", -1)) {
                String bare = word.toLowerCase(java.util.Locale.ROOT).replaceAll("[^a-z]", "");
                boolean kind = Words.of(word).list().stream().allMatch(Words::isGeneric) || Words.near(bare, "office");
                result.append(kind ? word : shifted(word)).append(' ');
            }
            return result.toString().strip();
        });
    }

    private static String shifted(String word) {
        return word.chars()
                .map(letter -> letter >= 'a' && letter <= 'z'
                        ? 'a' + (letter - 'a' + 7) % 26
                        : letter >= 'A' && letter <= 'Z' ? 'A' + (letter - 'A' + 7) % 26 : letter)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    @Test
    void every_change_carries_a_receipt_and_words_for_a_reader() {
        Ledger ledger = take(published.all());
        for (Fact fact : ledger.facts()) {
            if (fact.event() instanceof RosterEvent.LedgerOpened || fact.event() instanceof RosterEvent.SheetEvent) {
                continue;
            }
            Evidence evidence = fact.evidence();
            assertTrue(evidence != null && !evidence.facts().isEmpty(), () -> fact.event()
                    .type());
            assertTrue(evidence.source() != null, () -> fact.event().type());
            assertTrue(evidence.row() != null || evidence.lastSeen() != null, () -> fact.event()
                    .type());
        }
    }

    @Test
    void a_row_may_not_be_read_before_its_publication_even_if_the_kinds_come_out_of_order() {
        List<Sheet> order = new ArrayList<>(published.of(SheetKind.PARTICIPATING));
        order.addAll(published.of(SheetKind.PENDING));
        Ledger ledger = take(order);
        ledger.facts().stream()
                .filter(fact -> fact.event().type().equals("application-granted"))
                .forEach(fact -> {
                    Application application = ((RosterEvent.ApplicationEvent) fact.event()).after();
                    Agreement agreement = ledger.roster()
                            .agreement(Objects.requireNonNull(application.agreementId()))
                            .orElseThrow();
                    assertTrue(!fact.knownAt().isBefore(application.firstListedAt()));
                    assertTrue(!fact.knownAt().isBefore(Objects.requireNonNull(agreement.firstListedAt())));
                });
    }

    private static Sheet withRows(Sheet sheet, List<SheetRow> rows) {
        return new Sheet(
                sheet.kind(),
                sheet.fileName(),
                sheet.sha256(),
                sheet.publication(),
                sheet.sample(),
                rows,
                sheet.blankRows(),
                sheet.unknownColumns(),
                sheet.ignoredTabs());
    }

    private static SheetRow named(SheetRow row, String name) {
        Cells cells = row.cells();
        return new SheetRow(
                row.tab(),
                row.number(),
                row.hidden(),
                row.raw(),
                row.links(),
                new Cells(
                        cells.state(),
                        name,
                        cells.agencyType(),
                        cells.county(),
                        cells.supportTypes(),
                        cells.signedOn(),
                        cells.moa(),
                        cells.addendum()),
                row.repairs(),
                row.doubts());
    }
}
