package ledger287.local.stack;

import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import ledger287.local.Checkout;
import ledger287.local.LocalStackException;
import ledger287.local.Trees;
import ledger287.local.client.LedgerClient;
import ledger287.local.client.Refused;
import ledger287.local.importing.Importer;
import ledger287.local.sample.SampleOperations;
import ledger287.local.sample.SampleWorkbooks;

/** {@code ./ledger up}: everything from an empty directory to a ledger that answers, and its orderly end. */
final class Up {

    /** The day from which the golden figures count agreements as new. */
    private static final String SINCE = "2025-01-20";

    /**
     * What the command line asks for.
     *
     * @param sheets a directory of workbooks to import; by default the sample, into an empty ledger
     * @param fresh whether to empty the ledger first
     */
    record Options(Optional<Path> sheets, boolean fresh) {}

    private final Home home;
    private final PortPlan ports;
    private final Checkout checkout;
    private final PrintStream out;
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(5)).build();

    Up(Home home, PortPlan ports, Checkout checkout, PrintStream out) {
        this.home = home;
        this.ports = ports;
        this.checkout = checkout;
        this.out = out;
    }

    /** Runs until a signal ends this process in good order. Returns only when a ledger is up here already. */
    void run(Options options) {
        options.sheets().ifPresent(Up::requireDirectory);
        home.prepare();
        Optional<Supervisor> claimed = Supervisor.claim(home);
        if (claimed.isEmpty()) {
            sayAlreadyUp(options);
            return;
        }
        Supervisor supervisor = claimed.get();
        var stack = new Stack(home, ports, checkout, out::println);
        Thread onSignal = new Thread(() -> stopAndHalt(stack, supervisor), "stop");
        Runtime.getRuntime().addShutdownHook(onSignal);
        try {
            serve(stack, options);
            awaitTheEnd();
        } finally {
            leaveItTo(onSignal);
            stack.close();
            supervisor.close();
        }
    }

    private void serve(Stack stack, Options options) {
        ports.requireFree();
        if (options.fresh()) {
            empty();
        }
        out.println("Starting PostgreSQL, Kafka, agreements-service, operations-service and reporting-service; logs in "
                + home.logs());
        ApiKey key = ApiKey.in(home.apiKey());
        stack.start(key, WebhookKey.in(home.webhookKey()), http);
        Addresses addresses = Addresses.onLoopback(ports);
        addresses.write(home.addresses());
        var ledger = new LedgerClient(
                http, addresses.agreements(), addresses.operations(), addresses.reporting(), key.value(), ThisRun.id());
        Collection<String> positions = importWhatIsAsked(ledger, options);
        out.println();
        out.println(headline(ledger, positions));
        out.println("""

                Dashboard    %1$s
                Statistics   %1$sv1/statistics/headline?since=%3$s
                Imports      %2$sv1/sheets      key: %4$s
                Operations   %7$sv1/operations
                PostgreSQL   127.0.0.1:%5$d      Kafka: 127.0.0.1:%6$d

                Up. Stop it with Ctrl-C or ./ledger down""".formatted(
                        addresses.reporting(),
                        addresses.agreements(),
                        SINCE,
                        home.apiKey(),
                        ports.postgres(),
                        ports.kafka(),
                        addresses.operations()));
    }

    /** A headline that is late is no reason to stop what otherwise works. */
    private static String headline(LedgerClient ledger, Collection<String> positions) {
        try {
            for (String position : positions) {
                ledger.headline(SINCE, position);
            }
            return ledger.headline(SINCE, "").sentence();
        } catch (Refused e) {
            return "The headline is not to be had yet: " + e.getMessage();
        }
    }

    /** Returns the positions of the logs after the import, none when nothing was to be imported. */
    private Collection<String> importWhatIsAsked(LedgerClient ledger, Options options) {
        var firstImport = FirstImport.of(home);
        Optional<Path> directory = options.sheets().or(firstImport::interrupted);
        if (directory.isEmpty() && isEmpty(ledger)) {
            out.println("The ledger is empty: importing the sample, whose agencies are fictional.");
            directory = Optional.of(sample());
        }
        if (directory.isEmpty()) {
            return List.of();
        }
        firstImport.begun(directory.get());
        var importer = new Importer(ledger, http, out);
        Importer.Outcome sheets = importer.importAll(List.of(directory.get().toString()), Importer.Options.NONE);
        Importer.Outcome operations =
                importer.importAll(List.of(operations(ledger).toString()), Importer.Options.NONE);
        firstImport.complete();
        int refused = sheets.refused() + operations.refused();
        if (refused > 0) {
            out.println("%d files were not imported whole; the lines above say why.".formatted(refused));
        }
        List<String> positions = new ArrayList<>(sheets.positions());
        positions.addAll(operations.positions());
        return positions;
    }

    /** The operations that go with the workbooks: documented ones with real data, fictional ones with the sample. */
    private Path operations(LedgerClient ledger) {
        try {
            if (ledger.sample().orElse(false)) {
                return SampleOperations.write(home.sample());
            }
            return checkout.root().resolve("deploy/documented/operations.ndjson");
        } catch (Refused e) {
            throw new LocalStackException("The ledger does not tell what it holds: " + e.getMessage(), e);
        }
    }

    private static boolean isEmpty(LedgerClient ledger) {
        try {
            return ledger.isEmpty();
        } catch (Refused e) {
            throw new LocalStackException("agreements-service does not tell what it holds: " + e.getMessage(), e);
        }
    }

    private Path sample() {
        Trees.delete(home.sample());
        SampleWorkbooks.write(home.sample());
        return home.sample();
    }

    private void empty() {
        out.println("Emptying the ledger.");
        Trees.delete(home.postgres());
        Trees.delete(home.kafka());
        FirstImport.of(home).complete();
    }

    private void sayAlreadyUp(Options options) {
        if (options.fresh() || options.sheets().isPresent()) {
            throw new LocalStackException(
                    "A ledger is already up here. Import into it with ./ledger import DIR, or stop it first: ./ledger down");
        }
        out.println("The ledger is already up%s. Stop it with: ./ledger down"
                .formatted(Addresses.read(home.addresses())
                        .map(addresses -> ": " + addresses.reporting())
                        .orElse(" or starting")));
    }

    /** Ctrl-C and {@code ./ledger down} are the right way to end, so the exit code is 0. */
    private void stopAndHalt(Stack stack, Supervisor supervisor) {
        out.println("Stopping.");
        stack.close();
        supervisor.close();
        out.println("The ledger is down.");
        out.flush();
        Runtime.getRuntime().halt(0);
    }

    /** Once a signal has come, its thread stops everything and halts: this one has nothing more to do or to say. */
    private static void leaveItTo(Thread onSignal) {
        try {
            Runtime.getRuntime().removeShutdownHook(onSignal);
        } catch (IllegalStateException shuttingDown) {
            awaitTheEnd();
        }
    }

    private static void awaitTheEnd() {
        boolean interrupted = false;
        while (!interrupted) {
            LockSupport.park();
            interrupted = Thread.currentThread().isInterrupted();
        }
    }

    private static void requireDirectory(Path sheets) {
        if (!Files.isDirectory(sheets)) {
            throw new LocalStackException("There is no directory %s.".formatted(sheets));
        }
    }
}
