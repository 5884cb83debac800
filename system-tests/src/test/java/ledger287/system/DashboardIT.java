package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** A reader looks at the dashboard while an importer, in another tab, gives the ledger ICE's next workbook. */
final class DashboardIT {

    private static final Logger LOG = LoggerFactory.getLogger(DashboardIT.class);
    private static final String UNREADABLE = "imminent";
    private static final Duration SOON = Duration.ofSeconds(30);

    @Test
    void a_workbook_given_on_the_importers_page_moves_the_page_that_is_open_beside_it(@TempDir Path directory)
            throws IOException {
        try (RunningLedger ledger = RunningLedger.up(directory.resolve("home"));
                Browser browser = Browser.start()) {
            Client client = ledger.client();
            JsonNode before = client.headline(Client.SINCE);
            Path workbook = workbookWithoutItsLastRow(ledger.home().resolve("sample"), directory);

            browser.open(client.reportingAddress());
            browser.await("#live[data-state=live]", SOON);
            String readersTab = browser.tab();
            String importersTab = browser.newTab();
            browser.open(client.reportingAddress() + "/importer");
            browser.await("#import[disabled]", SOON);

            aWrongKeyIsRefusedInWords(browser, workbook);
            browser.clear("#key");
            browser.type("#key", client.key());
            aDryRunChangesNothing(browser, client, before, workbook);
            JsonNode report = theImportMovesTheOtherTab(browser, client, before, readersTab, importersTab);
            aQuestionIsDecidedOnThePage(browser, client);
            theReportIsOnePageAway(browser, report);
            theKeyIsNowhereButInItsField(browser, client.key());

            browser.to(readersTab);
            afterARestartThePageGoesOn(ledger, browser, client, nextDay(workbook, directory));
            assertThat(browser.otherHosts()).isEmpty();
        }
    }

    private static void aWrongKeyIsRefusedInWords(Browser browser, Path workbook) {
        browser.type("#key", "l287_nobody");
        browser.drop("#drop", workbook);
        assertThat(browser.script("return document.getElementById('file').files[0].name"))
                .isEqualTo(workbook.getFileName().toString());
        browser.click("#try");
        browser.awaitText("#outcome", "refused", SOON);
        assertThat(browser.script("return document.getElementById('import').disabled"))
                .isEqualTo(true);
    }

    private static void aDryRunChangesNothing(Browser browser, Client client, JsonNode before, Path workbook) {
        browser.drop("#drop", workbook);
        browser.click("#try");
        browser.awaitText("#outcome", "nothing stored", SOON);
        assertThat(browser.text("#report")).contains(workbook.getFileName().toString());
        assertThat(client.headline(Client.SINCE)).isEqualTo(before);
    }

    private static JsonNode theImportMovesTheOtherTab(
            Browser browser, Client client, JsonNode before, String readersTab, String importersTab) {
        browser.click("#import");
        browser.to(readersTab);
        long asked = System.nanoTime();
        String then = before.path("feed_position").asText();
        await("the open page to move")
                .atMost(SOON)
                .pollInterval(Duration.ofMillis(20))
                .until(() -> !browser.attribute("html", "data-position").equals(then));
        LOG.info("The page moved {} ms after the workbook was sent", (System.nanoTime() - asked) / 1_000_000);
        browser.to(importersTab);
        browser.awaitText("#outcome", "Imported.", SOON);
        JsonNode report = client.readAgreements("/v1/sheets?limit=1000")
                .path("items")
                .valueStream()
                .toList()
                .getLast();
        assertThat(browser.text("#report")).contains(report.path("file_name").asText());
        assertThat(browser.script("return document.getElementById('key').value"))
                .as("the form, after the page moved on")
                .isEqualTo(client.key());

        browser.to(readersTab);
        JsonNode now = client.headlineAt(report.path("position").asText());
        await("the page to be as new as the API").atMost(SOON).until(() -> browser.attribute("html", "data-position")
                .equals(now.path("feed_position").asText()));
        for (String measure : List.of("agreements", "agencies", "under_review", "unlisted", "pending_applications")) {
            assertThat(browser.text("[data-measure=" + measure + "]"))
                    .as(measure)
                    .isEqualTo("%,d".formatted(now.path(measure).asInt()));
        }
        assertThat(now.path("agreements")).isNotEqualTo(before.path("agreements"));
        assertThat(browser.script("return performance.getEntriesByType('navigation').length"))
                .isEqualTo(1L);
        browser.to(importersTab);
        return report;
    }

    private static void aQuestionIsDecidedOnThePage(Browser browser, Client client) {
        browser.type("#editor", client.key());
        browser.click("#load-reviews");
        browser.awaitText("#reviews-outcome", "Open questions: 1", SOON);
        assertThat(browser.text("#review-list legend")).contains(UNREADABLE);
        browser.click("#review-list input[value=as_listed]");
        browser.type("#review-list textarea", "The cell holds a word, and the agreement is the same.");
        browser.type("#review-list input[type=url]", "https://documents.example.org/agreement.pdf");
        browser.click("#review-list button");
        browser.awaitText("#review-list [role=status]", "Decided", SOON);
        JsonNode reviews = client.readAgreements("/v1/reviews?limit=1000").path("items");
        assertThat(reviews).hasSize(1);
        assertThat(reviews.path(0).path("status").asText()).isEqualTo("decided");
        browser.click("#load-reviews");
        browser.awaitText("#reviews-outcome", "Open questions: 0", SOON);
    }

    private static void theReportIsOnePageAway(Browser browser, JsonNode report) {
        browser.click("#report a[href='/imports/%s']"
                .formatted(report.path("sheet_id").asText()));
        browser.await("h1", SOON);
        assertThat(browser.text("main")).contains(report.path("file_name").asText());
    }

    private static void theKeyIsNowhereButInItsField(Browser browser, String key) {
        assertThat(String.valueOf(browser.script(
                        "return JSON.stringify({ ...localStorage, ...sessionStorage }) + document.cookie")))
                .doesNotContain(key);
        browser.back();
        browser.await("#key", SOON);
        assertThat(browser.script("return document.getElementById('key').value"))
                .isEqualTo("");
    }

    private static void afterARestartThePageGoesOn(
            RunningLedger ledger, Browser browser, Client client, Workbook next) {
        ledger.kill(RunningLedger.Program.REPORTING);
        JsonNode report = client.importNew(next);
        // So short an interruption need not be spoken of; what came meanwhile has to arrive.
        JsonNode now = client.headlineAt(report.path("position").asText());
        await("the page to show what was imported while its service was away")
                .atMost(Duration.ofSeconds(90))
                .until(() -> browser.attribute("html", "data-position")
                        .equals(now.path("feed_position").asText()));
        assertThat(browser.text("[data-measure=agreements]"))
                .isEqualTo("%,d".formatted(now.path("agreements").asInt()));
        browser.await("#live[data-state=live]", Duration.ofSeconds(90));
        assertThat(browser.script("return performance.getEntriesByType('navigation').length"))
                .isEqualTo(1L);
    }

    /** The workbook of the day after, which has lost one more row. */
    private static Workbook nextDay(Path workbook, Path directory) throws IOException {
        Path next = directory.resolve("participatingAgencies08302025am.xlsx");
        Files.write(
                next,
                WorkbookParts.of(workbook)
                        .with("xl/worksheets/sheet1.xml", DashboardIT::withoutLastRow)
                        .toBytes());
        return new Workbook(Workbook.Kind.PARTICIPATING, next, 0);
    }

    /** ICE's next workbook: the newest of the sample, of a day later, without its last agreement, and with a slip. */
    private static Path workbookWithoutItsLastRow(Path sample, Path directory) throws IOException {
        Path newest;
        try (Stream<Path> files = Files.walk(sample)) {
            newest = files.filter(file -> file.getFileName().toString().startsWith("participating"))
                    .max(Comparator.comparing(file -> file.getFileName().toString()))
                    .orElseThrow();
        }
        Path next = directory.resolve("participatingAgencies08292025am.xlsx");
        Files.write(
                next,
                WorkbookParts.of(newest)
                        .with("xl/worksheets/sheet1.xml", sheet -> withUnreadableDate(withoutLastRow(sheet)))
                        .toBytes());
        return next;
    }

    private static byte[] withoutLastRow(byte[] sheet) {
        String text = new String(sheet, UTF_8);
        int row = text.lastIndexOf("<row");
        int end = text.indexOf("</row>", row) + "</row>".length();
        assertThat(row).isPositive();
        return (text.substring(0, row) + text.substring(end)).getBytes(UTF_8);
    }

    /** The day of the last agreement is a word. */
    private static byte[] withUnreadableDate(byte[] sheet) {
        String text = new String(sheet, UTF_8);
        Matcher day = Pattern.compile("<c r=\"(F[0-9]+)\" s=\"[0-9]+\"><v>[0-9]+</v></c>")
                .matcher(text);
        int begin = -1;
        String cell = "";
        while (day.find()) {
            begin = day.start();
            cell = day.group(1);
        }
        assertThat(begin).isPositive();
        return (text.substring(0, begin)
                        + "<c r=\"%s\" t=\"inlineStr\"><is><t>%s</t></is></c>".formatted(cell, UNREADABLE)
                        + text.substring(text.indexOf("</c>", begin) + "</c>".length()))
                .getBytes(UTF_8);
    }
}
