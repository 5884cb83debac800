package ledger287.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.logging.Level;
import java.util.stream.Stream;
import org.awaitility.Awaitility;
import org.openqa.selenium.By;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.WindowType;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.logging.LogType;
import org.openqa.selenium.logging.LoggingPreferences;

/** Somebody with a browser: Debian's Chromium, which {@code deploy/local/browser} installs. It reaches this machine only. */
final class Browser implements AutoCloseable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Path profile;
    private final ChromeDriver driver;

    private Browser(Path profile, ChromeDriver driver) {
        this.profile = profile;
        this.driver = driver;
    }

    static Browser start() throws IOException {
        String chromium = System.getenv().getOrDefault("LEDGER287_CHROMIUM", "chromium");
        assumeFalse("none".equals(chromium), "LEDGER287_CHROMIUM=none");
        // Nothing is fetched and nobody is told: both programs are named.
        System.setProperty("SE_OFFLINE", "true");
        System.setProperty("SE_AVOID_STATS", "true");
        Path profile = Files.createTempDirectory("ledger287-browser-");
        var logs = new LoggingPreferences();
        logs.enable(LogType.PERFORMANCE, Level.ALL);
        var options = new ChromeOptions();
        options.setBinary(program(chromium));
        options.setCapability("goog:loggingPrefs", logs);
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
                "--user-data-dir=" + profile,
                "--host-resolver-rules=MAP * ~NOTFOUND, EXCLUDE 127.0.0.1, EXCLUDE localhost");
        var service = new ChromeDriverService.Builder()
                .usingDriverExecutable(program(System.getenv().getOrDefault("LEDGER287_CHROMEDRIVER", "chromedriver")))
                .usingAnyFreePort()
                .withSilent(true)
                .build();
        return new Browser(profile, new ChromeDriver(service, options));
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

    void open(String address) {
        driver.get(address);
    }

    void back() {
        driver.navigate().back();
    }

    String tab() {
        return driver.getWindowHandle();
    }

    String newTab() {
        return driver.switchTo().newWindow(WindowType.TAB).getWindowHandle();
    }

    void to(String tab) {
        driver.switchTo().window(tab);
    }

    void type(String selector, String text) {
        find(selector).sendKeys(text);
    }

    void clear(String selector) {
        find(selector).clear();
    }

    void click(String selector) {
        find(selector).click();
    }

    /** Drops a file on an element, as from a file manager. */
    void drop(String selector, Path file) {
        try {
            script(
                    """
                    const bytes = Uint8Array.from(atob(arguments[2]), (c) => c.charCodeAt(0));
                    const files = new DataTransfer();
                    files.items.add(new File([bytes], arguments[1]));
                    const place = document.querySelector(arguments[0]);
                    for (const kind of ["dragenter", "dragover", "drop"]) {
                      place.dispatchEvent(new DragEvent(kind, { dataTransfer: files, bubbles: true, cancelable: true }));
                    }""",
                    selector,
                    file.getFileName().toString(),
                    Base64.getEncoder().encodeToString(Files.readAllBytes(file)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    String text(String selector) {
        return Objects.toString(find(selector).getDomProperty("textContent"), "")
                .strip();
    }

    String attribute(String selector, String name) {
        return Objects.toString(find(selector).getDomAttribute(name), "");
    }

    Object script(String script, Object... arguments) {
        return Optional.ofNullable(driver.executeScript(script, arguments)).orElse("");
    }

    void await(String selector, Duration within) {
        Awaitility.await(selector)
                .atMost(within)
                .pollInterval(Duration.ofMillis(50))
                .until(() -> !driver.findElements(By.cssSelector(selector)).isEmpty());
    }

    void awaitText(String selector, String text, Duration within) {
        Awaitility.await(selector)
                .atMost(within)
                .pollInterval(Duration.ofMillis(50))
                .untilAsserted(() -> assertThat(text(selector)).contains(text));
    }

    /** Every address on another host that was asked for. */
    List<String> otherHosts() throws IOException {
        var hosts = new java.util.ArrayList<String>();
        for (var entry : driver.manage().logs().get(LogType.PERFORMANCE).getAll()) {
            JsonNode message = JSON.readTree(entry.getMessage()).path("message");
            String url = message.path("params").path("request").path("url").asText();
            if (url.startsWith("http") && !"127.0.0.1".equals(URI.create(url).getHost())) {
                hosts.add(url);
            }
        }
        return hosts;
    }

    private WebElement find(String selector) {
        return driver.findElement(By.cssSelector(selector));
    }

    @Override
    public void close() {
        driver.quit();
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder()).map(Path::toFile).forEach(File::delete);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
