package ledger287.reporting.dashboard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import ledger287.local.Trees;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/**
 * A reader with a browser: Debian's Chromium, which {@code deploy/local/browser} installs. It reaches this machine and no
 * other, and tells of every request and every complaint of a page.
 */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();
    /** Adds up what moves under a reader's eyes, as browsers tell it. */
    private static final String SHIFTS = """
            window.shifts = 0; window.shifted = [];
            new PerformanceObserver((list) => {
              for (const entry of list.getEntries()) {
                if (entry.hadRecentInput) continue;
                window.shifts += entry.value;
                window.shifted.push(entry.value.toFixed(3) + ": " + entry.sources.map((source) => {
                  const node = source.node?.nodeType === 1 ? source.node : source.node?.parentElement;
                  const name = node ? node.tagName + "#" + node.id + "." + node.getAttribute("class") : "?";
                  const [from, to] = [source.previousRect, source.currentRect];
                  return `${name} y ${from.top} to ${to.top}, height ${from.height} to ${to.height}`;
                }).join(", "));
              }
            }).observe({ type: "layout-shift", buffered: true });
            """;

    private final Path home;
    private final ChromeDriver driver;

    private Browser(Path home, ChromeDriver driver) {
        this.home = home;
        this.driver = driver;
    }

    static Browser start() throws IOException {
        String named = System.getenv().getOrDefault("LEDGER287_CHROMIUM", "chromium");
        assumeFalse("none".equals(named), "LEDGER287_CHROMIUM=none");
        File chromium = program(named);
        File chromedriver = program(System.getenv().getOrDefault("LEDGER287_CHROMEDRIVER", "chromedriver"));
        // Nothing is fetched and nobody is told: both programs are named.
        System.setProperty("SE_OFFLINE", "true");
        System.setProperty("SE_AVOID_STATS", "true");
        Path home = Files.createTempDirectory("ledger287-browser-");
        ChromeOptions options = new ChromeOptions();
        options.setBinary(chromium);
        options.addArguments(
                "--headless=new",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + home.resolve("profile"),
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");
        LoggingPreferences logs = new LoggingPreferences();
        logs.enable(LogType.BROWSER, Level.ALL);
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        options.setCapability("goog:loggingPrefs", logs);
        ChromeDriverService service = new ChromeDriverService.Builder()
                .usingDriverExecutable(chromedriver)
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        ChromeDriver driver = new ChromeDriver(service, options);
        driver.manage().timeouts().scriptTimeout(Duration.ofMinutes(2));
        Browser browser = new Browser(home, driver);
        browser.tell("Page.addScriptToEvaluateOnNewDocument", Map.of("source", SHIFTS));
        browser.tell(
                "Browser.setDownloadBehavior",
                Map.of("behavior", "allow", "downloadPath", browser.downloads().toString()));
        return browser;
    }

    private static File program(String name) {
        return Stream.concat(
                        Stream.of(name),
                        Arrays.stream(System.getenv().getOrDefault("PATH", "").split(File.pathSeparator))
                                .map(directory -> directory + File.separator + name))
                .map(File::new)
                .filter(file -> file.isAbsolute() && file.canExecute())
                .findFirst()
                .orElseThrow(() -> new AssertionError(
                        "There is no '%s' on the PATH. Run deploy/local/browser, which installs it or says how."
                                .formatted(name)));
    }

    ChromeDriver driver() {
        return driver;
    }

    /** A command of the DevTools protocol. */
    Map<String, Object> tell(String command, Map<String, Object> parameters) {
        return driver.executeCdpCommand(command, parameters);
    }

    Browser open(URI address) {
        driver.get(address.toString());
        return this;
    }

    /** Of a screen this many pixels wide. */
    Browser width(int width) {
        tell(
                "Emulation.setDeviceMetricsOverride",
                Map.of("width", width, "height", width < 500 ? 640 : 900, "deviceScaleFactor", 1, "mobile", false));
        return this;
    }

    Browser dark(boolean dark) {
        return media("prefers-color-scheme", dark ? "dark" : "light");
    }

    Browser media(String feature, String value) {
        tell("Emulation.setEmulatedMedia", Map.of("features", List.of(Map.of("name", feature, "value", value))));
        return this;
    }

    Browser scripts(boolean allowed) {
        tell("Emulation.setScriptExecutionDisabled", Map.of("value", !allowed));
        return this;
    }

    WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    List<WebElement> all(String selector) {
        return driver.findElements(By.cssSelector(selector));
    }

    /** Clicks in the middle of the window, where the bar at its foot is not in the way. */
    void click(String selector) {
        WebElement element = find(selector);
        script("arguments[0].scrollIntoView({ block: 'center', behavior: 'instant' })", element);
        element.click();
    }

    /** The element's text as the document has it, shown or not. */
    String text(String selector) {
        return Objects.toString(find(selector).getDomProperty("textContent"), "")
                .strip();
    }

    /** Empty when the element has it not. */
    String attribute(String selector, String name) {
        return Objects.toString(find(selector).getDomAttribute(name), "");
    }

    Object script(String script, Object... arguments) {
        return Optional.ofNullable(driver.executeScript(script, arguments)).orElse("");
    }

    double number(String expression) {
        return ((Number) script("return " + expression)).doubleValue();
    }

    /** What is said at the bottom about live updates. */
    String state() {
        return Objects.toString(script("return document.getElementById('live').dataset.state ?? ''"));
    }

    /** How much has moved under the reader's eyes since the page was opened, and what. */
    void assertShiftsBelow(double most) {
        assertThat(number("window.shifts"))
                .as("%s", script("return window.shifted.join('; ')"))
                .isLessThan(most);
    }

    void assertNoHorizontalScrolling(String page) {
        assertThat(number("document.documentElement.scrollWidth"))
                .as("%s is wider than its window: %s", page, script("""
                        const wide = innerWidth;
                        return [...document.body.querySelectorAll("*")]
                          .filter((e) => e.getBoundingClientRect().right > wide + 1 && !e.closest(".scroll"))
                          .slice(0, 5).map((e) => e.tagName + "." + e.getAttribute("class")).join(", ")"""))
                .isLessThanOrEqualTo(number("innerWidth"));
    }

    /** What pages have complained of since the last look, but for what a test brings about. */
    List<String> complaints(String... expected) {
        List<String> complaints = new ArrayList<>();
        driver.manage().logs().get(LogType.BROWSER).getAll().stream()
                .filter(entry -> entry.getLevel().intValue() >= Level.WARNING.intValue())
                .map(entry -> entry.getMessage())
                .filter(message -> Arrays.stream(expected).noneMatch(message::contains))
                .forEach(complaints::add);
        return complaints;
    }

    /** Every address that was asked for since the last look. */
    List<URI> requests() throws IOException {
        List<URI> requests = new ArrayList<>();
        for (var entry : driver.manage().logs().get(LogType.PERFORMANCE).getAll()) {
            JsonNode message = JSON.readTree(entry.getMessage()).path("message");
            if ("Network.requestWillBeSent".equals(message.path("method").asText())) {
                String url = message.path("params").path("request").path("url").asText();
                if (url.startsWith("http")) {
                    requests.add(URI.create(url.replaceAll("[?#].*", "")));
                }
            }
        }
        return requests;
    }

    Path downloads() {
        return home.resolve("downloads");
    }

    /** The page as it looks, for a person; only where {@code ledger287.screens} names a directory. */
    void keepScreen(String name) throws IOException {
        String directory = System.getProperty("ledger287.screens", "");
        if (!directory.isEmpty()) {
            Map<String, Object> screen = tell("Page.captureScreenshot", Map.of("captureBeyondViewport", false));
            Path file = Path.of(directory, name + ".png");
            Files.createDirectories(file.getParent());
            Files.write(
                    file,
                    Base64.getDecoder()
                            .decode(Objects.toString(screen.get("data")).getBytes(StandardCharsets.US_ASCII)));
        }
    }

    /** What axe finds wrong with the page by WCAG 2.2 AA, each with the place. */
    List<String> violations() {
        return violations("""
                { type: "tag", values: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22a", "wcag22aa"] }""");
    }

    /** The same of colours only, for another theme: nothing else depends on it. */
    List<String> violationsOfColour() {
        return violations("""
                { type: "rule", values: ["color-contrast", "link-in-text-block"] }""");
    }

    private List<String> violations(String rules) {
        if (Boolean.TRUE.equals(script("return typeof axe === 'undefined'"))) {
            script(Axe.SCRIPT);
        }
        Object found = driver.executeAsyncScript("""
                const done = arguments[arguments.length - 1];
                const told = (violation) => violation.nodes.map((node) =>
                  violation.id + " at " + node.target.join(" ") + ": " + node.failureSummary);
                axe.run(document, { runOnly: %s, resultTypes: ["violations"], preload: false })
                  .then((result) => done(result.violations.flatMap(told)), (e) => done([String(e)]));
                """.formatted(rules));
        return ((List<?>) Objects.requireNonNull(found))
                .stream().map(String::valueOf).toList();
    }

    /** Which of these elements a pointer does not meet in the 24 pixels around their middle. */
    List<?> obscured(String selector) {
        return (List<?>) script("""
                return [...document.querySelectorAll(arguments[0])].filter((e) => e.checkVisibility()).filter((e) => {
                  e.scrollIntoView({ block: "center", behavior: "instant" });
                  const box = e.getBoundingClientRect();
                  const [x, y] = [(box.left + box.right) / 2, (box.top + box.bottom) / 2];
                  return [[0, 0], [-11, 0], [11, 0], [0, -11], [0, 11]]
                    .some(([dx, dy]) => document.elementFromPoint(x + dx, y + dy)?.closest(arguments[0]) !== e);
                }).map((e) => e.outerHTML.slice(0, 100));""", selector);
    }

    /** axe-core, as its binding for Selenium brings it; the binding itself takes a second for each page. */
    private static final class Axe {
        static final String SCRIPT = read();

        private static String read() {
            try (InputStream in = com.deque.html.axecore.selenium.AxeBuilder.class.getResourceAsStream("/axe.min.js")) {
                return new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    @Override
    public void close() {
        driver.quit();
        Trees.delete(home);
    }
}
