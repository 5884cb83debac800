package ledger287.reporting.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import ledger287.reporting.Reader;
import ledger287.reporting.Servers;
import ledger287.reporting.TestLedger;
import ledger287.reporting.TestOperations;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.interactions.Actions;

/** Every page as those read it who see little, use the keyboard, or have a narrow screen. */
@QuarkusTest
@QuarkusTestResource(value = Servers.class, restrictToAnnotatedClass = true)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class AccessiblePagesTest {
    private static final String JUNE_4 = "2025-06-04T13:00:00Z";
    private static final String JUNE_5 = "2025-06-05T13:00:00Z";
    private static final String JUNE_6 = "2025-06-06T13:00:00Z";
    private static final String TFM = "task_force";
    private static final String WSO = "warrant_service_officer";
    private static final String LONG = "Consolidated Metropolitan Law Enforcement and Detention Authority of Upper "
            + "Quillmarsh, Fernbrook-and-Ambleforddunmereelderwickfarrowgate County (\"The\" Sheriff's Office)";
    private static final String TURNED = "\u202Eflow \u2066Marsh County";

    private final PublishedLedger published = new PublishedLedger();
    private final Reader reader = published.reader();
    private final URI served;
    private URI root;
    private final TestLedger ledger = published.agreements();
    private final TestOperations sweep = published.operations();
    private Browser browser;

    /** How a page is looked at. */
    private record View(int width, boolean dark, String language) {
        private static final View FIRST = new View(1280, false, "en");
        private static final List<View> OTHERS =
                List.of(new View(320, true, "en"), new View(320, false, "es"), new View(1280, true, "es"));

        /**
         * Every view; or, two minutes sooner, the first one and one of the others, by turns, so that each width, theme and
         * language still meets pages of every kind.
         */
        static List<View> of(int page) {
            if (System.getProperty("ledger287.browser.every-view", "true").equals("false")) {
                return List.of(FIRST, OTHERS.get(page % OTHERS.size()));
            }
            List<View> views = new ArrayList<>();
            for (String language : List.of("en", "es")) {
                for (int width : List.of(1280, 320)) {
                    views.add(new View(width, false, language));
                    views.add(new View(width, true, language));
                }
            }
            return views;
        }
    }

    AccessiblePagesTest(@ConfigProperty(name = "test.url") URI root) {
        this.served = root;
    }

    @BeforeAll
    void publishHistory() throws Exception {
        browser = Browser.start();
        root = URI.create("http://127.0.0.1:" + served.getPort());
        published.create();
        anEmptyLedgerSaysSo();
        ledger.open(true, JUNE_4)
                .sign("Quillmarsh County Sheriff's Office", "GA", TFM, "2025-05-08", JUNE_4)
                .sign(LONG, "FL", TFM, "2025-03-01", JUNE_4)
                .sign(LONG, "FL", WSO, "2024-03-01", JUNE_4)
                .sign(TURNED, "TX", "jail_enforcement", null, JUNE_4)
                .sign("Isle Police", "GU", TFM, "2025-05-30", JUNE_4)
                .imported("participating", 5, JUNE_4);
        published.publish();
        ledger.file(LONG, "FL", "jail_enforcement", JUNE_4)
                .file("Waiting Police", "AL", TFM, JUNE_4)
                .imported("pending", 2, JUNE_4);
        published.publish();
        ledger.sign("Fernbrook City Police", "AL", TFM, "2025-06-04", JUNE_5).imported("participating", 6, JUNE_5);
        published.publish();
        ledger.agreement(
                        "date-changed",
                        "Quillmarsh County Sheriff's Office",
                        TFM,
                        JUNE_6,
                        image -> image.put("signed_on", "2025-05-09"))
                .unlist(TURNED, "jail_enforcement", JUNE_5, JUNE_6)
                .imported("participating", 5, JUNE_6);
        published.publish();
        sweep.open(JUNE_4)
                .record("Operation Evenfall", "FL", JUNE_4, image -> TestOperations.partner(image, LONG, "FL"))
                .record("Operation \"Dawn\" & more", "TX", JUNE_5, image -> {})
                .claim(
                        "floor",
                        "Operation Evenfall",
                        "arrests",
                        TestOperations.Figure.moreThan(1300),
                        TestOperations.ICE,
                        true,
                        JUNE_4)
                .claim(
                        "other",
                        "Operation Evenfall",
                        "arrests",
                        TestOperations.Figure.near("about", 1100),
                        "A newspaper",
                        false,
                        JUNE_5)
                .claim(
                        "whole",
                        "Operation \"Dawn\" & more",
                        "arrests",
                        TestOperations.Figure.exactly(96),
                        "A sheriff",
                        true,
                        JUNE_5);
        published.publish();
        published.awaitRead();
    }

    @AfterAll
    void close() {
        browser.close();
        published.close();
    }

    private void anEmptyLedgerSaysSo() throws Exception {
        for (String path :
                List.of("/", "/states/FL", "/pending", "/operations", "/changes", "/imports", "/embed/growth")) {
            browser.width(1280).open(root.resolve(path));
            assertThat(browser.find("main").getText()).as(path).doesNotContain("NaN", "null", "undefined");
            assertThat(browser.violations()).as("empty %s", path).isEmpty();
        }
        browser.open(root);
        assertThat(browser.find("main").getText()).contains("No participating workbook is known yet");
        browser.keepScreen("empty");
        assertThat(browser.complaints()).isEmpty();
    }

    private List<String> paths() throws Exception {
        List<String> paths = new ArrayList<>(List.of(
                "/",
                "/?position="
                        + reader.json("/v1/statistics/headline")
                                .path("feed_position")
                                .asText(),
                "/states/FL",
                "/states/GU",
                "/states/WY",
                "/agencies",
                "/agreements?state=FL",
                "/agreements?q=nobody",
                "/applications",
                "/pending",
                "/operations",
                "/changes",
                "/changes?tone=correction",
                "/corrections",
                "/imports",
                "/importer",
                "/methods",
                "/states/XX"));
        for (String name : Figures.NAMES) {
            paths.add("/figures/" + name);
        }
        for (String name : List.of("growth", "map", "operations")) {
            paths.add("/embed/" + name);
        }
        for (String kind : List.of("agencies", "agreements", "applications", "operations")) {
            JsonNode items = reader.json("/v1/" + kind + ("operations".equals(kind) ? "" : "?listed=any"))
                    .path("items");
            String id = kind.replaceFirst("ies$", "y").replaceFirst("s$", "") + "_id";
            // The first and the last: one that has changed, and one that has not.
            for (int i : Set.of(0, items.size() - 1)) {
                paths.add("/" + kind + "/" + items.path(i).path(id).asText());
            }
        }
        JsonNode sheets = reader.json("/v1/sources").path("items");
        for (int i : Set.of(0, sheets.size() - 1)) {
            paths.add("/imports/" + sheets.path(i).path("sheet_id").asText());
        }
        return paths;
    }

    @Test
    void everyPageKeepsTheRules() throws Exception {
        List<String> violations = new ArrayList<>();
        List<String> paths = paths();
        for (int page = 0; page < paths.size(); page++) {
            String path = paths.get(page);
            for (View view : View.of(page)) {
                browser.width(view.width()).dark(view.dark());
                browser.open(root.resolve(path + (path.contains("?") ? "&" : "?") + "lang=" + view.language()));
                // The bar at the foot of the window covers what the reader has yet to scroll to, which axe takes for an
                // obscured target where it happens to be a link: what it says must not depend on that.
                // Parts that are closed have rules to keep, too; those of a page of many figures are looked at on their
                // own.
                browser.script("""
                        document.querySelectorAll(".moment").forEach((bar) => { bar.style.position = "static"; });
                        if (document.querySelectorAll(".figure").length < 2) {
                          [...document.querySelectorAll("details")].slice(0, 12).forEach((part) => { part.open = true; });
                        }""");
                (view.dark() ? browser.violationsOfColour() : browser.violations())
                        .stream()
                                .filter(violation -> !judgedByItself(violation))
                                .forEach(violation -> violations.add(view + " " + path + ": " + violation));
                assertThat(browser.obscured("button.copy"))
                        .as(view + " " + path)
                        .isEmpty();
                browser.assertNoHorizontalScrolling(view + " " + path);
                browser.keepScreen("%d-%s-%s/page%s"
                        .formatted(
                                view.width(),
                                view.dark() ? "dark" : "light",
                                view.language(),
                                path.replaceAll("[^a-zA-Z0-9]", "_")));
            }
        }
        browser.dark(false).width(1280);
        assertThat(violations).isEmpty();
        assertThat(browser.complaints("/states/XX")).isEmpty();
        assertThat(browser.requests())
                .allSatisfy(uri -> assertThat(uri.getHost()).isEqualTo("127.0.0.1"));
    }

    /** Whether axe complains depends on how long the neighbours are. */
    @Test
    void aLinkThatIsALineOfAReceiptIsHighEnoughToHit() {
        browser.width(1280).open(root.resolve("/changes"));
        browser.script("document.querySelectorAll('.receipt').forEach((receipt) => { receipt.open = true; });");
        assertThat((List<?>) browser.script("""
                return [...document.querySelectorAll(".receipt li > a")]
                  .filter((a) => a.parentElement.textContent === a.textContent)
                  .map((a) => a.getBoundingClientRect().height);""")).isNotEmpty().allSatisfy(height -> assertThat(
                        ((Number) height).doubleValue())
                .isGreaterThanOrEqualTo(24));
    }

    @Test
    void nothingMovesWhileAPageLoads() throws Exception {
        for (int width : List.of(1280, 320)) {
            for (String path :
                    List.of("/", "/states/FL", "/agencies", "/changes", "/pending", "/figures/growth", "/importer")) {
                browser.width(width).open(root.resolve(path));
                browser.assertShiftsBelow(0.1);
            }
        }
        browser.width(1280);
    }

    @Test
    void thePolicyAllowsNoStyleAndNoScriptInPages() {
        browser.complaints();
        browser.open(root);
        assertThat(browser.script("""
                const style = document.createElement("p");
                style.setAttribute("style", "color: red");
                const script = document.createElement("script");
                script.textContent = "window.ran = true";
                document.body.append(style, script);
                const answer = [getComputedStyle(style).color, window.ran ?? false];
                style.remove();
                script.remove();
                return answer;"""))
                .isNotEqualTo(List.of("rgb(255, 0, 0)", true))
                .asString()
                .contains("false");
        assertThat(browser.complaints()).hasSize(2).allSatisfy(complaint -> assertThat(complaint)
                .contains("Content Security Policy"));
    }

    @Test
    void theKeyboardReachesEveryControlAndItsPlaceIsSeen() {
        browser.width(1280).open(root);
        Set<Object> wanted = new LinkedHashSet<>((List<?>) browser.script("""
                window.controls = [...document.querySelectorAll("a[href], button, input, select, textarea, summary, [tabindex='0']")]
                  .filter((e) => e.tabIndex >= 0 && !e.disabled && e.checkVisibility({ visibilityProperty: true }));
                return window.controls.map((e, i) => i);"""));
        assertThat(wanted.size()).isGreaterThan(60);
        Set<Object> reached = new LinkedHashSet<>();
        List<String> unseen = new ArrayList<>();
        press(Keys.TAB);
        assertThat(browser.find(".skip").isDisplayed()).isTrue();
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(browser.find(".skip"));
        assertThat(browser.number("document.querySelector('.skip').getBoundingClientRect().left"))
                .isPositive();
        for (int i = 0; i < wanted.size() + 20; i++) {
            @SuppressWarnings("unchecked")
            List<Object> at = (List<Object>) browser.script("""
                    const e = document.activeElement;
                    const box = e.getBoundingClientRect();
                    const style = getComputedStyle(e);
                    const ring = e.querySelector?.(".hit, .tile") ?? e;
                    // Of a line that has the focus, the others fade.
                    const faded = e.matches(".series") && [...e.parentElement.querySelectorAll(".series")]
                      .some((other) => other !== e && Number(getComputedStyle(other).opacity) < 1);
                    const seen = style.outlineStyle !== "none" || getComputedStyle(ring).stroke !== "none" || faded;
                    const bar = document.querySelector(".moment").getBoundingClientRect();
                    const hidden = !document.querySelector(".moment").contains(e) && box.top >= bar.top && box.bottom <= bar.bottom;
                    return [window.controls.indexOf(e), seen, hidden || box.bottom < 0 || box.top > innerHeight,
                      e.outerHTML.slice(0, 120)];""");
            reached.add(at.get(0));
            boolean onAControl = !Objects.equals(at.get(0), -1L);
            if (onAControl && (Boolean.FALSE.equals(at.get(1)) || Boolean.TRUE.equals(at.get(2)))) {
                unseen.add(at.toString());
            }
            press(Keys.TAB);
        }
        wanted.removeAll(reached);
        assertThat(wanted.stream()
                        .map(i -> browser.script("return window.controls[arguments[0]].outerHTML.slice(0, 120)", i)))
                .as("controls that are not reached")
                .isEmpty();
        assertThat(unseen).as("places that are not seen").isEmpty();
    }

    @Test
    void theSkipLinkLeadsToTheContentAndEscapeClosesWhatIsOpen() {
        browser.width(1280).open(root);
        press(Keys.TAB);
        press(Keys.ENTER);
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(browser.find("main"));
        press(Keys.TAB);
        assertThat(browser.driver().switchTo().activeElement().findElements(By.xpath("ancestor::main")))
                .isNotEmpty();
        var summary = browser.find("#growth details.take summary");
        browser.script("arguments[0].focus()", summary);
        press(Keys.ENTER);
        assertThat(browser.attribute("#growth details.take", "open")).isEqualTo("true");
        press(Keys.TAB);
        press(Keys.ESCAPE);
        assertThat(browser.find("#growth details.take").getDomAttribute("open")).isNull();
        assertThat(browser.driver().switchTo().activeElement()).isEqualTo(summary);
    }

    /**
     * axe 4.10 says of buttons to copy on some pages that something lies over them, and does not say what; they are 40
     * pixels high. Whether something does is asked of the browser instead.
     */
    private static boolean judgedByItself(String violation) {
        return violation.startsWith("target-size at ")
                && violation.contains(".copy")
                && violation.contains("partially obscured");
    }

    private void press(CharSequence key) {
        new Actions(browser.driver()).sendKeys(Objects.requireNonNull(key)).perform();
    }
}
