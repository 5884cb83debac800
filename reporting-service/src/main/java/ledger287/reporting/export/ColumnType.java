package ledger287.reporting.export;

import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The type of a column where a format has types. Columns of lists have theirs by their name, which the API keeps to, so
 * that a file's types do not depend on its rows; columns of statistics have that of their figures.
 */
enum ColumnType {
    TEXT,
    INTEGER,
    NUMBER,
    TRUTH,
    DAY,
    INSTANT;

    private static final Set<String> TRUTHS = Set.of(
            "listed",
            "provisional",
            "signed_repaired",
            "official",
            "preferred",
            "approximate",
            "conflicting",
            "counts",
            "complete",
            "sample");
    private static final Set<String> INSTANTS = Set.of("absent_before", "time", "recordedtime");
    private static final Set<String> INTEGERS =
            Set.of("days_to_sign_low", "days_to_sign_high", "arrests_low", "arrests_high", "position");
    private static final Set<String> DAYS = Set.of("signed_on", "published_on", "ended_on", "start_on", "end_on");

    /**
     * @param column its name
     * @param values of its first rows
     */
    static ColumnType of(String column, List<@Nullable Object> values) {
        if (TRUTHS.contains(column)) {
            return TRUTH;
        }
        if (INSTANTS.contains(column) || column.endsWith("_at")) {
            return INSTANT;
        }
        if (INTEGERS.contains(column)) {
            return INTEGER;
        }
        if (DAYS.contains(column)) {
            return DAY;
        }
        ColumnType type = null;
        for (Object value : values) {
            ColumnType found =
                    switch (value) {
                        case null -> null;
                        case Long whole -> INTEGER;
                        case Integer whole -> INTEGER;
                        case Number number -> NUMBER;
                        case Boolean truth -> TRUTH;
                        default -> TEXT;
                    };
            if (type == null || (type == INTEGER && found == NUMBER)) {
                type = found;
            } else if (found != null && found != type && !(type == NUMBER && found == INTEGER)) {
                return TEXT;
            }
        }
        return type == null ? TEXT : type;
    }

    /** A cell as this type, null when it is not known. */
    @Nullable
    Object read(@Nullable Object cell) {
        if (cell == null) {
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
