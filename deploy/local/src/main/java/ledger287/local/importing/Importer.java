package ledger287.local.importing;

import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import ledger287.local.client.ImportReport;
import ledger287.local.client.Job;
import ledger287.local.client.Kind;
import ledger287.local.client.LedgerClient;
import ledger287.local.client.Refused;

/** Gives workbooks and files of operations to the ledger one after another, and says of each what became of it. */
public final class Importer {

    /**
     * How to read what was named.
     *
     * @param kind for names that do not say it, and against those that do
     * @param publishedAt for names that do not say it, and against those that do
     */
    public record Options(Optional<Kind> kind, Optional<String> publishedAt) {

        public static final Options NONE = new Options(Optional.empty(), Optional.empty());
    }

    /**
     * @param refused how many files were not imported, or not all of whose lines were
     * @param positions the newest position of each log that an import told
     */
    public record Outcome(int refused, Collection<String> positions) {}

    private final LedgerClient ledger;
    private final HttpClient http;
    private final PrintStream out;

    public Importer(LedgerClient ledger, HttpClient http, PrintStream out) {
        this.ledger = ledger;
        this.http = http;
        this.out = out;
    }

    /**
     * Imports files, directories (recursively, by publication and then by path) and web addresses, in the order named. A
     * workbook that is refused does not keep the following ones out; a refused key does.
     */
    public Outcome importAll(List<String> named, Options options) {
        List<Source> sources = Sources.of(named);
        Progress progress = Progress.on(out, sources.size());
        int refused = 0;
        Map<String, String> positions = new LinkedHashMap<>();
        for (int i = 0; i < sources.size(); i++) {
            progress.at(i, sources.size());
            Source source = sources.get(i);
            try {
                String position;
                if (OperationsImport.isFor(source)) {
                    Job job = new OperationsImport(ledger, http, out).run(source);
                    refused += job.failed() > 0 || !job.state().equals("done") ? 1 : 0;
                    position = job.position();
                } else {
                    ImportReport report = importOne(source, options);
                    progress.line("%s: %s".formatted(source.fileName(), report.line()));
                    position = report.position();
                }
                if (!position.isEmpty()) {
                    positions.put(position.substring(0, position.indexOf(':')), position);
                }
            } catch (IOException e) {
                refused++;
                progress.line("%s: cannot be read: %s".formatted(source.fileName(), e.getMessage()));
            } catch (Refused e) {
                refused++;
                progress.line("%s: %s".formatted(source.fileName(), e.getMessage()));
                if (e.isAboutTheKey()) {
                    return new Outcome(sources.size() - i, positions.values());
                }
            }
        }
        progress.at(sources.size(), sources.size());
        return new Outcome(refused, positions.values());
    }

    private ImportReport importOne(Source source, Options options) throws IOException, Refused {
        Optional<Kind> kind = options.kind().or(() -> Kind.ofFileName(source.fileName()));
        if (kind.isEmpty()) {
            throw new IOException(
                    "its name does not say whether it is ICE's participating or pending workbook; add --kind participating or --kind pending. (Operations come as .ndjson or .csv.)");
        }
        byte[] bytes =
                switch (source) {
                    case Source.LocalFile(Path path) -> Files.readAllBytes(path);
                    case Source.WebAddress(URI address) -> Download.of(address, http);
                };
        return ledger.importSheet(bytes, source.fileName(), kind.get(), options.publishedAt());
    }
}
