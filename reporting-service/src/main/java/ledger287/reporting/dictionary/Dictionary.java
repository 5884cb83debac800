package ledger287.reporting.dictionary;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Every column and measure that answers have, in words: {@code dictionary/dictionary.csv}, which is written by hand. A
 * column of one name may mean different things in different tables.
 */
public final class Dictionary {
    private static final List<Entry> ENTRIES = read();

    private Dictionary() {}

    /** All entries, in the order in which they are best read. */
    public static List<Entry> entries() {
        return ENTRIES;
    }

    /** The entries of one table. */
    public static List<Entry> of(String table) {
        return ENTRIES.stream().filter(entry -> entry.tables().contains(table)).toList();
    }

    /** What a table's column means. */
    public static Optional<Entry> find(String table, String column) {
        return of(table).stream().filter(entry -> entry.describes(column)).findFirst();
    }

    /** The columns of which no two rows of a table have the same; empty where there are none. */
    public static List<String> primaryKey(String table) {
        return switch (table) {
            case "agreements" -> List.of("agreement_id");
            case "agencies" -> List.of("agency_id");
            case "applications" -> List.of("application_id");
            case "operations" -> List.of("operation_id");
            case "claims" -> List.of("claim_id");
            case "sources" -> List.of("sheet_id");
            case "changes" -> List.of("cursor");
            case "states" -> List.of("state");
            case "counties" -> List.of("county_fips");
            case "series" -> List.of("from");
            default -> List.of();
        };
    }

    /** The names of the tables. */
    public static List<String> tables() {
        return ENTRIES.stream()
                .flatMap(entry -> entry.tables().stream())
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Entry> read() {
        List<Entry> entries = new ArrayList<>();
        try (InputStream file = Objects.requireNonNull(
                        Dictionary.class.getResourceAsStream("/dictionary/dictionary.csv"), "dictionary.csv");
                MappingIterator<Map<String, String>> rows = new CsvMapper()
                        .readerForMapOf(String.class)
                        .with(CsvSchema.emptySchema().withHeader())
                        .readValues(file)) {
            while (rows.hasNext()) {
                Map<String, String> row = rows.next();
                entries.add(new Entry(
                        List.of(cell(row, "tables").split(" ")),
                        cell(row, "name"),
                        cell(row, "title"),
                        cell(row, "type"),
                        cellOrNull(row, "unit"),
                        cell(row, "definition"),
                        cellOrNull(row, "source"),
                        cellOrNull(row, "caveat")));
            }
        } catch (IOException e) {
            throw new UncheckedIOException("dictionary.csv cannot be read", e);
        }
        return List.copyOf(entries);
    }

    private static String cell(Map<String, String> row, String column) {
        return Objects.requireNonNull(cellOrNull(row, column), column);
    }

    private static @Nullable String cellOrNull(Map<String, String> row, String column) {
        String cell = row.get(column);
        return cell == null || cell.isBlank() ? null : cell;
    }
}
