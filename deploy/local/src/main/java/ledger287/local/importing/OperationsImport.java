package ledger287.local.importing;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import ledger287.local.Pause;
import ledger287.local.client.Job;
import ledger287.local.client.LedgerClient;
import ledger287.local.client.Refused;

/** Gives a file of operations and claims to the ledger, and tells how far it is until it is worked off. */
final class OperationsImport {

    private static final Duration ASK_EVERY = Duration.ofMillis(200);
    private static final int FAILURES_SHOWN = 20;

    private final LedgerClient ledger;
    private final HttpClient http;
    private final PrintStream out;

    OperationsImport(LedgerClient ledger, HttpClient http, PrintStream out) {
        this.ledger = ledger;
        this.http = http;
        this.out = out;
    }

    static boolean isFor(Source source) {
        String name = source.fileName().toLowerCase(Locale.ROOT);
        return name.endsWith(".ndjson") || name.endsWith(".csv");
    }

    /** Returns the job when it has ended, and has then said which lines failed and why. */
    Job run(Source source) throws IOException, Refused {
        return switch (source) {
            case Source.LocalFile(Path path) -> run(path, source.fileName());
            case Source.WebAddress(URI address) -> {
                Path copy = Files.createTempFile("ledger287-operations", "");
                try {
                    Files.write(copy, Download.of(address, http));
                    yield run(copy, source.fileName());
                } finally {
                    Files.deleteIfExists(copy);
                }
            }
        };
    }

    private Job run(Path file, String fileName) throws Refused {
        Job job = ledger.importOperations(file, fileName, ledger.sample());
        Progress progress = Progress.on(out, Integer.MAX_VALUE);
        while (!job.ended()) {
            progress.at(shown(job.done()), shown(job.total()));
            Pause.of(ASK_EVERY);
            job = ledger.job(job.id());
        }
        progress.at(1, 1);
        progress.line("%s: %s".formatted(fileName, job.line()));
        if (job.failed() > 0) {
            List<Job.FailedLine> failures = ledger.failures(job.id(), FAILURES_SHOWN);
            for (Job.FailedLine line : failures) {
                progress.line("  line %d: %s".formatted(line.number(), line.reason()));
            }
            if (job.failed() > failures.size()) {
                progress.line(
                        "  and %,d more: %s".formatted(job.failed() - failures.size(), ledger.jobAddress(job.id())));
            }
        }
        return job;
    }

    private static int shown(long lines) {
        return (int) Math.min(lines, Integer.MAX_VALUE);
    }
}
