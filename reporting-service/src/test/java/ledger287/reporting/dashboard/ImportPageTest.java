package ledger287.reporting.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.reporting.Reader;
import ledger287.reporting.Servers;
import ledger287.reporting.TestLedger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The page of an import tells every row of its workbook, and counts as the report does. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class ImportPageTest {
    private static final String TFM = "task_force";
    private static final String WSO = "warrant_service_officer";
    private static final String SCRIPT = "<script>alert(1)</script> County \"Sheriff\"";
    private static final String FIRST = "2025-06-04T13:00:00Z";
    private static final String SECOND = "2025-06-06T13:00:00Z";
    private static final String THIRD = "2025-06-10T13:00:00Z";
    private static final String RETRACTED = "2025-06-12T13:00:00Z";
    private static final String RELEASED = "2025-06-13T13:00:00Z";
    private static final String WRONG = "2025-06-14T13:00:00Z";
    /** Two and a half pages. */
    private static final int MADE = 460;

    /** All that reports count. */
    private static final List<String> COUNTS = List.of(
            "signed",
            "granted",
            "renamed",
            "relabelled",
            "date_changed",
            "state_changed",
            "attribute_changed",
            "unlisted",
            "relisted",
            "duplicate_removed",
            "returned_to_pending",
            "put_under_review",
            "confirmed",
            "ended",
            "retracted",
            "applied",
            "application_unlisted",
            "application_relisted",
            "application_renamed",
            "application_attribute_changed",
            "application_corrected");

    private final PublishedLedger published = new PublishedLedger();
    private final Reader reader = published.reader();
    private final Languages languages;
    private final TestLedger ledger = published.agreements();

    ImportPageTest(Languages languages) {
        this.languages = languages;
    }

    private static String made(int n) {
        return "Made County %03d".formatted(n);
    }

    @BeforeAll
    void importWorkbooks() throws Exception {
        published.create();
        ledger.open(true, FIRST);
        // The log has them in another order than the workbook.
        for (int n = 1; n <= MADE; n++) {
            ledger.row(1_000 - n).sign(made(n), "FL", TFM, "2025-05-01", FIRST);
        }
        ledger.row(1).sign(SCRIPT, "GA", TFM, "2025-05-01", FIRST);
        imported("participating", MADE + 1, FIRST);
        ledger.row(5).file(SCRIPT, "GA", WSO, FIRST);
        ledger.row(6).file(made(7), "FL", WSO, FIRST);
        ledger.row(7).file(made(8), "FL", WSO, FIRST);
        imported("pending", 3, FIRST);

        ledger.row(12).agreement("date-changed", made(3), TFM, SECOND, image -> image.put("signed_on", "2025-05-02"));
        ledger.row(11)
                .agreement("attribute-changed", made(4), TFM, SECOND, image -> image.put("county", "<i>Made</i>"));
        ledger.row(10).sign(made(7), "FL", WSO, "2025-06-01", SECOND);
        ledger.change(
                "application",
                "granted",
                TestLedger.id("application" + made(7) + WSO),
                SECOND,
                image -> image.put("status", "granted"));
        ledger.row(null).unlist(made(5), TFM, FIRST, SECOND);
        imported("participating", MADE + 1, SECOND);
        ledger.row(4)
                .change(
                        "application",
                        "attribute-changed",
                        TestLedger.id("application" + made(8) + WSO),
                        SECOND,
                        image -> image.put("county", "Made County"));
        imported("pending", 3, SECOND);

        // An editor's act is known from now on; the list of an older workbook that comes after it is the list all the
        // same.
        ledger.row(null)
                .edit(
                        "agreement",
                        "corrected",
                        TestLedger.id(made(9) + TFM),
                        "2025-09-01T12:00:00Z",
                        image -> image.put("agency_name", "Made County, ninth"));
        published.publish();
        ledger.row(20).agreement("relisted", made(5), TFM, THIRD, image -> {
            image.put("status", "listed");
            image.put("listed", true);
        });
        // That row settles a question about another agreement, whose own row changes nothing.
        ledger.agreement("confirmed", made(6), TFM, THIRD, image -> image.put("provisional", false));
        imported("participating", MADE + 2, THIRD);

        ledger.row(30).agreement("renamed", made(1), TFM, RETRACTED, image -> image.put("agency_name", "Maid County"));
        imported("participating", MADE + 2, RETRACTED);
        ledger.row(null)
                .edit(
                        "agreement",
                        "corrected",
                        TestLedger.id(made(1) + TFM),
                        RETRACTED,
                        image -> image.put("agency_name", made(1)));
        ledger.workbook("retracted", "participating", MADE + 2, RETRACTED, changes -> changes.put("renamed", 1));
        published.publish();

        ledger.workbook(
                "held", "participating", MADE + 1, RELEASED, changes -> COUNTS.forEach(name -> changes.put(name, 300)));
        published.publish();
        published.awaitRead();
    }

    private void imported(String kind, int listed, String at) {
        ledger.row(null).imported(kind, listed, at);
        published.publish();
    }

    private void release() throws Exception {
        ledger.unlist(made(2), TFM, THIRD, RELEASED);
        imported("participating", MADE + 1, RELEASED);
        published.awaitRead();
    }

    @AfterAll
    void close() {
        published.close();
    }

    private static String address(String kind, String at) {
        return "/imports/" + TestLedger.id(kind + at);
    }

    /** What the table of accounts says: here, and in the report. */
    private static List<String> accounts(String page) {
        String table = between(page, "id=\"accounts-table\"", "</table>");
        Matcher row =
                Pattern.compile("<tr><th scope=\"row\">([^<]*)</th>.*?</tr>").matcher(table);
        List<String> accounts = new ArrayList<>();
        while (row.find()) {
            accounts.add(row.group()
                    .replaceAll("</t[hd]>", " ")
                    .replaceAll("<[^>]*>", "")
                    .strip());
        }
        return accounts;
    }

    private static String between(String page, String begin, String end) {
        int from = page.indexOf(begin);
        assertThat(from).as(begin).isPositive();
        return page.substring(from, page.indexOf(end, from));
    }

    /** The lines of all pages, as cells. */
    private List<List<String>> lines(String address) throws Exception {
        List<List<String>> lines = new ArrayList<>();
        String next = address;
        long counted = -1;
        while (next != null) {
            String page = page(next);
            String table = between(page, "id=\"row-by-row-table\"", "</div>");
            counted = Long.parseLong(between(table, "data-count=\"", "\">").replaceAll("\\D", ""));
            Matcher row = Pattern.compile("<tr>(<th scope=\"row\">.*?)</tr>").matcher(table);
            while (row.find()) {
                lines.add(List.of(row.group(1).split("</t[hd]>", -1)));
            }
            Matcher link = Pattern.compile("<a href=\"([^\"]+)\">(Next page|Página siguiente)</a>")
                    .matcher(page);
            next = link.find() ? link.group(1).replace("&amp;", "&") : null;
        }
        assertThat(lines).as(address).hasSize((int) counted);
        return lines;
    }

    private static List<String> numbers(List<List<String>> lines) {
        return lines.stream()
                .map(line -> line.getFirst().replaceAll("<[^>]*>", ""))
                .toList();
    }

    private static List<UUID> ids(List<List<String>> lines) {
        return lines.stream()
                .map(line -> UUID.fromString(
                        line.get(2).replaceAll("(?s).*href=\"/(agreements|applications)/([0-9a-f-]{36}).*", "$2")))
                .toList();
    }

    @Test
    void everyRowIsToldOnceAndCountedAsInTheReport() throws Exception {
        Map<String, List<String>> expected = Map.of(
                address("participating", FIRST),
                List.of("New 461 461", "Changed 0 0", "As they were before 0 0", "Together, as listed after 461 461"),
                address("participating", SECOND),
                List.of("New 1 1", "Changed 2 2", "As they were before 458 458", "Together, as listed after 461 461"),
                address("participating", THIRD),
                List.of("New 0 0", "Changed 1 1", "As they were before 461 461", "Together, as listed after 462 462"),
                address("participating", RETRACTED),
                List.of("New 0 0", "Changed 1 1", "As they were before 461 461", "Together, as listed after 462 462"),
                address("pending", FIRST),
                List.of("New 3 3", "Changed 0 0", "As they were before 0 0", "Together, as listed after 3 3"),
                address("pending", SECOND),
                List.of("New 0 0", "Changed 1 1", "As they were before 2 2", "Together, as listed after 3 3"));
        for (Map.Entry<String, List<String>> one : expected.entrySet()) {
            String page = page(one.getKey());
            assertThat(accounts(page)).as(one.getKey()).isEqualTo(one.getValue());
            assertThat(page).contains("Each is told below").doesNotContain("do not agree");
            Matcher number = Pattern.compile("<a href=\"([^\"]+)\">([0-9]+)</a>")
                    .matcher(between(page, "id=\"accounts-table\"", "</table>"));
            List<UUID> told = new ArrayList<>();
            while (number.find()) {
                List<List<String>> lines = lines(number.group(1));
                assertThat(lines).as(number.group(1)).hasSize(Integer.parseInt(number.group(2)));
                told.addAll(ids(lines));
            }
            int listed = Integer.parseInt(one.getValue().getLast().replaceAll(".* ", ""));
            assertThat(told).as(one.getKey()).hasSize(listed).doesNotHaveDuplicates();
            assertThat(lines(one.getKey()))
                    .hasSize(listed + lines(one.getKey() + "?rows=beside").size());
        }
    }

    @Test
    void rowsWithANumberComeInTheWorkbooksOrderAndTheOthersHaveNone() throws Exception {
        List<Integer> numbers = numbers(lines(address("participating", FIRST) + "?rows=new")).stream()
                .map(Integer::valueOf)
                .toList();
        assertThat(numbers).isSorted().doesNotHaveDuplicates().startsWith(1).endsWith(999);
        assertThat(numbers(lines(address("participating", SECOND) + "?rows=changed")))
                .containsExactly("11", "12");
        assertThat(numbers(lines(address("participating", SECOND) + "?rows=same")))
                .containsOnly("no number");
        assertThat(numbers(lines(address("participating", SECOND))))
                .startsWith("10", "11", "12", "10", "no row", "no number");
    }

    @Test
    void aRowThatChangedNothingTellsWhatItStandsForAndWhereThatIsWritten() throws Exception {
        List<List<String>> same = lines(address("participating", SECOND) + "?rows=same");
        assertThat(ids(same))
                .contains(TestLedger.id(SCRIPT + TFM), TestLedger.id(made(1) + TFM))
                .doesNotContain(TestLedger.id(made(3) + TFM), TestLedger.id(made(5) + TFM));
        String hostile = String.join("", same.getLast());
        assertThat(hostile)
                .contains("&lt;script&gt;alert(1)&lt;/script&gt;")
                .contains("last change: Newly listed. Row 1 of")
                .contains("As before");
        // What is told beside a row, by the row of another, leaves the row as it was.
        assertThat(ids(lines(address("participating", THIRD) + "?rows=same"))).contains(TestLedger.id(made(6) + TFM));
        assertThat(ids(lines(address("pending", SECOND) + "?rows=same")))
                .containsExactlyInAnyOrder(
                        TestLedger.id("application" + SCRIPT + WSO), TestLedger.id("application" + made(7) + WSO));
    }

    @Test
    void noCellBecomesMarkup() throws Exception {
        for (String at : List.of(FIRST, SECOND)) {
            for (String kind : List.of("participating", "pending")) {
                for (String page : List.of("", "?rows=new", "?rows=same", "?rows=beside")) {
                    HttpResponse<String> response = reader.get(address(kind, at) + page);
                    assertThat(response.statusCode()).isEqualTo(200);
                    assertThat(response.body())
                            .doesNotContain("<script>")
                            .doesNotContain("<b>County")
                            .doesNotContain("<i>Made");
                }
            }
        }
        assertThat(page(address("participating", FIRST)))
                .contains("<bdi>TYPE</bdi>: <bdi>&lt;b&gt;County&lt;/b&gt;</bdi>");
    }

    @Test
    void pagesAndPartsKeepTheMomentAndTheLanguage() throws Exception {
        String page = page(address("participating", SECOND) + "?rows=same&page=2&as_of=2025-06-30&lang=es");
        assertThat(page).contains("Como estaban antes: 458; se muestran de la 201 a la 400");
        for (String link : List.of("Página anterior", "Página siguiente")) {
            Matcher href = Pattern.compile("<a href=\"([^\"]+)\">" + link).matcher(page);
            assertThat(href.find()).isTrue();
            assertThat(href.group(1)).contains("rows=same", "as_of=2025-06-30", "lang=es");
        }
        String position = page.replaceAll("(?s).*data-position=\"([^\"]+)\".*", "$1");
        assertThat(page(address("participating", SECOND) + "?position=" + position))
                .contains("rows=same&amp;position=" + position);
        for (String at : List.of(FIRST, THIRD, RETRACTED, RELEASED)) {
            assertThat(page(address("participating", at) + "?lang=es")).contains("<html lang=\"es\"");
        }
        assertThat(languages.spanish().missing()).isEmpty();
    }

    @Test
    void anAddressThatAsksForNoPartOrPageIsRefused() throws Exception {
        for (String wrong : List.of("?rows=all", "?page=0", "?page=4", "?page=x", "?rows=changed&page=2")) {
            assertThat(reader.get(address("participating", SECOND) + wrong).statusCode())
                    .as(wrong)
                    .isEqualTo(400);
        }
    }

    @Test
    void aWorkbookThatWasTakenBackTellsWhatItsImportDidAndThatItIsUndone() throws Exception {
        String page = page(address("participating", RETRACTED));
        assertThat(page).contains("since taken back", "Maid County", "Import undone by this ledger");
        assertThat(lines(address("participating", RETRACTED) + "?rows=changed")).hasSize(1);
    }

    @Test
    void aHeldWorkbookHasNoRowsUntilItIsReleased() throws Exception {
        assertThat(page(address("participating", RELEASED)))
                .contains("Nothing of this workbook is published")
                .doesNotContain("row-by-row-table");
        release();
        String page = page(address("participating", RELEASED));
        assertThat(accounts(page))
                .containsExactly(
                        "New 0 0", "Changed 0 0", "As they were before 461 461", "Together, as listed after 461 461");
        assertThat(page).contains("Workbook held for an editor");

        ledger.row(40).sign("Latecomer County", "TX", TFM, "2025-06-01", WRONG).row(null);
        ledger.workbook("imported", "participating", MADE + 4, WRONG, changes -> {});
        published.publish();
        published.awaitRead();
        String wrong = page(address("participating", WRONG));
        assertThat(accounts(wrong))
                .as("two rows that the log does not have")
                .containsExactly(
                        "New 1 1", "Changed 0 0", "As they were before 461 463", "Together, as listed after 462 464");
        assertThat(wrong).contains("do not agree").doesNotContain("Each is told below");
    }

    private String page(String path) throws Exception {
        return published.page(path);
    }
}
