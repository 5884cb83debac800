package ledger287.reporting.export;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import ledger287.reporting.dictionary.Dictionary;
import ledger287.reporting.dictionary.Entry;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column where a format has types: the dictionary's, so that a file's types do not depend on its rows. FIPS
 * codes are text.
 */
enum ColumnType {
    TEXT("string"),
    INTEGER("integer"),
    NUMBER("number"),
    TRUTH("boolean"),
    DAY("date"),
    INSTANT("datetime");

    private final String inSchemas;

    ColumnType(String inSchemas) {
        this.inSchemas = inSchemas;
    }

    static ColumnType of(String table, String column) {
        if (column.endsWith("_text") || column.endsWith("_qualifier")) {
            // Words of a claimed figure: the dictionary tells of by_state_* only the type of its numbers.
            return TEXT;
        }
        String type = Dictionary.find(table, column).map(Entry::type).orElse("text");
        return switch (type) {
            case "text", "id" -> TEXT;
            case "integer" -> INTEGER;
            case "number" -> NUMBER;
            case "boolean" -> TRUTH;
            case "date" -> DAY;
            case "datetime" -> INSTANT;
            default -> throw new IllegalStateException("The dictionary has no type " + type);
        };
    }

    /** As Table Schema calls it. */
    String inSchemas() {
        return inSchemas;
    }

    /** A cell as this type, null when it is not known. */
    @Nullable
    Object read(@Nullable Object cell) {
        // In CSV nobody could tell them apart either.
        if (cell == null || (cell instanceof String text && text.isEmpty())) {
            return null;
        }
        return switch (this) {
            case TEXT -> cell.toString();
            case INTEGER -> cell instanceof Number number ? number.longValue() : Long.valueOf(cell.toString());
            case NUMBER -> cell instanceof Number number ? number.doubleValue() : Double.valueOf(cell.toString());
            case TRUTH -> cell instanceof Boolean truth ? truth : Boolean.valueOf(cell.toString());
            case DAY -> LocalDate.parse(cell.toString());
            case INSTANT ->
                cell instanceof Instant instant
                        ? instant
                        : OffsetDateTime.parse(cell.toString()).toInstant();
        };
    }
}
