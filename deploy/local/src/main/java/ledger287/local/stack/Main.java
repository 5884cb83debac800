package ledger287.local.stack;

import java.io.IOException;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ledger287.local.Checkout;
import ledger287.local.LocalStackException;
import ledger287.local.client.Kind;
import ledger287.local.client.LedgerClient;
import ledger287.local.client.Refused;
import ledger287.local.importing.Importer;

/**
 * The commands of the script {@code ledger} that need Java: {@code up}, {@code down}, {@code import}, {@code reference}. Exit code 0 when
 * done, 1 when something on this machine or in the data stood in the way, 2 for a command line that makes no sense.
 */
public final class Main {

    private final Map<String, String> environment;
    private final Checkout checkout;
    private final Home home;

    private Main(Map<String, String> environment, Checkout checkout) {
        this.environment = environment;
        this.checkout = checkout;
        this.home = Home.of(environment.get("LEDGER287_HOME"), checkout);
    }

    public static void main(String[] arguments) {
        int exit;
        try {
            exit = new Main(System.getenv(), Checkout.find()).run(List.of(arguments));
        } catch (UsageException e) {
            System.err.println("ledger: " + e.getMessage() + " See ./ledger help");
            exit = 2;
        } catch (LocalStackException e) {
            System.err.println("ledger: " + e.getMessage());
            exit = 1;
        }
        System.exit(exit);
    }

    private int run(List<String> arguments) {
        Iterator<String> words = arguments.iterator();
        String command = words.hasNext() ? words.next() : "";
        switch (command) {
            case "up" -> new Up(home, PortPlan.of(environment), checkout, System.out).run(upOptions(words));
            case "down" ->
                System.out.println(
                        Supervisor.stop(home)
                                ? "The ledger is down."
                                : "The ledger was not up; nothing is left running.");
            case "import" -> {
                return importSheets(words);
            }
            case "reference" -> {
                return loadReferences(words);
            }
            default -> throw new UsageException("There is no command '%s'.".formatted(command));
        }
        return 0;
    }

    private static Up.Options upOptions(Iterator<String> words) {
        Optional<Path> sheets = Optional.empty();
        boolean fresh = false;
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--sheets" -> sheets = Optional.of(Path.of(value(word, words)));
                case "--fresh" -> fresh = true;
                default -> throw new UsageException("'up' knows no '%s'.".formatted(word));
            }
        }
        return new Up.Options(sheets, fresh);
    }

    private int importSheets(Iterator<String> words) {
        Optional<Kind> kind = Optional.empty();
        Optional<String> publishedAt = Optional.empty();
        List<String> named = new ArrayList<>();
        while (words.hasNext()) {
            String word = words.next();
            switch (word) {
                case "--kind" -> kind = Optional.of(kind(value(word, words)));
                case "--published-at" -> publishedAt = Optional.of(value(word, words));
                default -> named.add(word);
            }
        }
        if (named.isEmpty() || named.stream().anyMatch(name -> name.startsWith("--"))) {
            throw new UsageException(
                    "Usage: ./ledger import FILE|DIR|URL… [--kind participating|pending] [--published-at TIME].");
        }
        HttpClient http = http();
        LedgerClient ledger = ledger(http);
        Importer.Outcome outcome =
                new Importer(ledger, http, System.out).importAll(named, new Importer.Options(kind, publishedAt));
        if (outcome.refused() > 0) {
            System.err.println(
                    "ledger: %d not imported, or not whole; the lines above say why.".formatted(outcome.refused()));
            return 1;
        }
        return 0;
    }

    private int loadReferences(Iterator<String> words) {
        Optional<String> vintage = Optional.empty();
        List<Path> files = new ArrayList<>();
        while (words.hasNext()) {
            String word = words.next();
            if (word.equals("--vintage")) {
                vintage = Optional.of(value(word, words));
            } else if (word.startsWith("--")) {
                throw new UsageException("'reference' knows no '%s'.".formatted(word));
            } else {
                files.add(Path.of(word));
            }
        }
        if (files.isEmpty()) {
            throw new UsageException("Usage: ./ledger reference FILE… [--vintage YEAR].");
        }
        LedgerClient ledger = ledger(http());
        int refused = 0;
        for (Path file : files) {
            try {
                byte[] bytes = Files.readAllBytes(file);
                String name = String.valueOf(file.getFileName());
                System.out.println(name + ": " + ledger.loadReference(bytes, name, vintage));
            } catch (IOException e) {
                refused++;
                System.err.println("ledger: Cannot read %s: %s".formatted(file, e));
            } catch (Refused e) {
                refused++;
                System.err.println("ledger: %s: %s".formatted(file, e.getMessage()));
            }
        }
        return refused == 0 ? 0 : 1;
    }

    private static HttpClient http() {
        return HttpClient.newBuilder()
                .connectTimeout(Duration.ofSeconds(5))
                .followRedirects(HttpClient.Redirect.NORMAL)
                .build();
    }

    private LedgerClient ledger(HttpClient http) {
        Addresses addresses = Addresses.find(environment, home);
        return new LedgerClient(
                http, addresses.agreements(), addresses.operations(), addresses.reporting(), apiKey(), ThisRun.id());
    }

    private String apiKey() {
        String named = environment.getOrDefault("LEDGER287_API_KEY", "").strip();
        if (!named.isEmpty()) {
            return named;
        }
        try {
            return Files.readString(home.apiKey()).strip();
        } catch (IOException e) {
            throw new LocalStackException(
                    "Cannot read the API key %s. Start the ledger with ./ledger up, or give a key in LEDGER287_API_KEY."
                            .formatted(home.apiKey()),
                    e);
        }
    }

    private static Kind kind(String word) {
        return Kind.ofParameter(word)
                .orElseThrow(() -> new UsageException("--kind is participating or pending, not '%s'.".formatted(word)));
    }

    private static String value(String option, Iterator<String> words) {
        if (!words.hasNext()) {
            throw new UsageException("%s wants a value.".formatted(option));
        }
        return words.next();
    }

    private static final class UsageException extends RuntimeException {

        private static final long serialVersionUID = 1L;

        UsageException(String message) {
            super(message);
        }
    }
}
