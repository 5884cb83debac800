package ledger287.reporting.export;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import ledger287.reporting.dictionary.Dictionary;
import ledger287.reporting.dictionary.Entry;
import org.jspecify.annotations.Nullable;

/**
 * A table with all that is needed to read and to cite it, in a ZIP archive: the rows as CSV, what their columns mean, a
 * description for programs (<a href="https://specs.frictionlessdata.io/data-package/">Data Package</a>, version 1), and a
 * citation for people. Written as it comes, the table first, since the description has its length and its hash. The same
 * rows give the same bytes: entries bear no time.
 */
public final class ZipPackage implements Table {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final ObjectWriter INDENTED = JSON.writer(new DefaultPrettyPrinter()
            .withObjectIndenter(new DefaultIndenter("  ", "\n"))
            .withArrayIndenter(new DefaultIndenter("  ", "\n")));
    private static final LocalDateTime NO_TIME = LocalDateTime.of(1980, 1, 1, 0, 0);
    private static final String DICTIONARY = "dictionary";

    private final ZipOutputStream zip;
    private final About about;
    private final ArrayNode resources = JSON.createArrayNode();
    private final CsvTable rows;
    private @Nullable Measured current;
    private List<String> columns = List.of();
    private boolean tabular = true;

    /**
     * What is said of the table as a whole.
     *
     * @param table its name in the dictionary
     * @param root where we are
     * @param position in the change log
     * @param address that gives this package for ever
     * @param facts what else a reader should know, a line each
     * @param definitions words for figures, beyond those of the columns
     */
    public record About(
            String table,
            String root,
            String position,
            String address,
            String citation,
            List<String> facts,
            Map<String, String> definitions) {}

    /** Writes a file of the package. */
    public interface Writing {
        void write(OutputStream out) throws SQLException, IOException;
    }

    public ZipPackage(OutputStream out, About about) throws IOException {
        this.zip = new ZipOutputStream(out, StandardCharsets.UTF_8);
        this.about = about;
        this.rows = new CsvTable(begin(about.table() + ".csv"));
    }

    @Override
    public void header(String... names) throws IOException {
        columns = List.of(names);
        rows.header(names);
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        rows.row(cells);
    }

    /** Adds a file beside the table, once the table has all its rows. */
    public void file(String name, String title, String mediaType, Writing content) throws SQLException, IOException {
        endTable();
        tabular = false;
        content.write(begin(name));
        int dot = name.lastIndexOf('.');
        resource(name, title, name.substring(dot + 1), mediaType)
                // Of one table there may be several files, and names are unique.
                .put("name", name.substring(0, dot) + "-" + name.substring(dot + 1))
                .put("profile", "data-resource");
    }

    @Override
    public void end() throws IOException {
        endTable();
        writeDictionary();
        begin("datapackage.json").write(INDENTED.writeValueAsBytes(description()));
        finish();
        begin("CITATION.txt").write(citation().getBytes(StandardCharsets.UTF_8));
        finish();
        zip.finish();
    }

    private void endTable() throws IOException {
        if (!resources.isEmpty()) {
            return;
        }
        rows.end();
        ObjectNode table = csv(about.table(), "The table: " + about.table().replace('_', ' '));
        if (columns.isEmpty()) {
            return;
        }
        ObjectNode schema = schema(table);
        ArrayNode fields = schema.putArray("fields");
        for (String column : columns) {
            ObjectNode field = fields.addObject().put("name", column);
            ColumnType type = ColumnType.of(about.table(), column);
            field.put("type", type.inSchemas());
            Dictionary.find(about.table(), column)
                    .ifPresent(entry -> field.put("title", entry.title()).put("description", inWords(entry)));
        }
        List<String> key = Dictionary.primaryKey(about.table());
        if (!key.isEmpty() && columns.containsAll(key)) {
            key.forEach(schema.putArray("primaryKey")::add);
        }
    }

    private void writeDictionary() throws IOException {
        // The dictionary as a package has a file of that name already.
        String file = about.table().equals(DICTIONARY) ? "columns" : DICTIONARY;
        CsvTable table = new CsvTable(begin(file + ".csv"));
        List<String> names = List.of("name", "title", "type", "unit", "definition", "source", "caveat");
        table.header(names.toArray(String[]::new));
        for (String column : columns) {
            Optional<Entry> found = Dictionary.find(about.table(), column);
            if (found.isPresent()) {
                Entry entry = found.get();
                table.row(
                        column,
                        entry.title(),
                        entry.type(),
                        entry.unit(),
                        entry.definition(),
                        entry.source(),
                        entry.caveat());
            }
        }
        table.end();
        ArrayNode fields =
                schema(csv(file, "What each column of the table means")).putArray("fields");
        names.forEach(name -> fields.addObject().put("name", name).put("type", "string"));
    }

    private ObjectNode csv(String name, String title) throws IOException {
        ObjectNode resource = resource(name + ".csv", title, "csv", "text/csv");
        resource.put("name", name).put("profile", "tabular-data-resource");
        resource.putObject("dialect")
                .put("delimiter", ",")
                .put("lineTerminator", "\n")
                .put("quoteChar", "\"")
                .put("doubleQuote", true)
                .put("header", true);
        return resource;
    }

    private static ObjectNode schema(ObjectNode resource) {
        ObjectNode schema = resource.putObject("schema");
        schema.putArray("missingValues").add("");
        return schema;
    }

    /** Ends the current file and describes it. */
    private ObjectNode resource(String path, String title, String format, String mediaType) throws IOException {
        Measured measured = finish();
        return resources
                .addObject()
                .put("path", path)
                .put("title", title)
                .put("format", format)
                .put("mediatype", mediaType)
                .put("encoding", "utf-8")
                .put("bytes", measured.bytes)
                .put("hash", "sha256:" + HexFormat.of().formatHex(measured.digest.digest()));
    }

    private ObjectNode description() {
        ObjectNode description = JSON.createObjectNode();
        description.put("profile", tabular && !columns.isEmpty() ? "tabular-data-package" : "data-package");
        description.put("name", "ledger287-" + about.table());
        description.put("title", "ledger287: " + about.table().replace('_', ' '));
        description.put("description", String.join("\n", about.facts()));
        description.put("version", about.position());
        description.put("homepage", about.root() + "/");
        ArrayNode sources = description.putArray("sources");
        for (String source : sources()) {
            ObjectNode one = sources.addObject().put("title", source);
            if (source.equals("ICE's workbooks")) {
                one.put("path", about.root() + "/v1/sources");
            }
        }
        if (sources.isEmpty()) {
            sources.addObject().put("title", "ledger287").put("path", about.root() + "/");
        }
        description.set("resources", resources);
        return description;
    }

    private Set<String> sources() {
        Set<String> sources = new TreeSet<>();
        for (String column : columns) {
            Dictionary.find(about.table(), column)
                    .map(Entry::source)
                    .ifPresent(source -> sources.addAll(List.of(source.split("; "))));
        }
        return sources;
    }

    private String citation() {
        List<String> lines = new ArrayList<>();
        lines.add(about.citation());
        lines.add("");
        lines.addAll(about.facts());
        lines.add("Feed-Position: " + about.position());
        lines.add("These very files, for ever: " + about.address());
        if (!about.definitions().isEmpty()) {
            lines.add("");
            lines.add("Definitions");
            about.definitions().forEach((name, words) -> lines.add("- " + name + ": " + words));
        }
        lines.add("");
        lines.add("Columns of " + about.table() + ".csv");
        for (String column : columns) {
            Dictionary.find(about.table(), column).ifPresent(entry -> lines.add("- " + column + ": " + inWords(entry)));
        }
        return String.join("\n", lines) + "\n";
    }

    private static String inWords(Entry entry) {
        return entry.definition() + (entry.caveat() == null ? "" : " " + entry.caveat());
    }

    private OutputStream begin(String name) throws IOException {
        ZipEntry entry = new ZipEntry(name);
        entry.setTimeLocal(NO_TIME);
        zip.putNextEntry(entry);
        Measured measured = new Measured(zip);
        current = measured;
        return measured;
    }

    private Measured finish() throws IOException {
        Measured finished = current;
        if (finished == null) {
            throw new IllegalStateException("No file was begun");
        }
        current = null;
        zip.closeEntry();
        return finished;
    }

    /** Counts and hashes what goes through. */
    private static final class Measured extends FilterOutputStream {
        private final MessageDigest digest;
        private long bytes;

        Measured(OutputStream out) {
            super(out);
            try {
                this.digest = MessageDigest.getInstance("SHA-256");
            } catch (NoSuchAlgorithmException e) {
                throw new IllegalStateException("Every Java has SHA-256", e);
            }
        }

        @Override
        public void write(int one) throws IOException {
            digest.update((byte) one);
            bytes++;
            out.write(one);
        }

        @Override
        public void write(byte[] some, int offset, int count) throws IOException {
            digest.update(some, offset, count);
            bytes += count;
            out.write(some, offset, count);
        }

        /** Nothing: a compressor that is made to flush after each row compresses badly. */
        @Override
        public void flush() {}

        /** Nothing: the archive goes on. */
        @Override
        public void close() {}
    }
}
