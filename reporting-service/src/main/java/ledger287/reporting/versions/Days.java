package ledger287.reporting.versions;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.DateTimeException;
import java.time.LocalDate;
import ledger287.reporting.changelog.MalformedEventException;
import org.jspecify.annotations.Nullable;

/** The first and the last day on which something can have happened, as PostgreSQL writes days. */
public record Days(String earliest, String latest) {
    /** Any day. */
    public static final Days UNKNOWN = new Days("-infinity", "infinity");

    /** Of {@code {on, precision, not_before, not_after}}: a bound that a source gives narrows what the precision leaves. */
    public static Days of(JsonNode partial) {
        Days days = of(text(partial, "on"), text(partial, "precision"));
        String notBefore = text(partial, "not_before");
        String notAfter = text(partial, "not_after");
        return new Days(notBefore == null ? days.earliest() : notBefore, notAfter == null ? days.latest() : notAfter);
    }

    /** @throws MalformedEventException when it is no day or no precision */
    public static Days of(@Nullable String on, @Nullable String precision) {
        if (on == null || precision == null) {
            return UNKNOWN;
        }
        LocalDate day;
        try {
            day = LocalDate.parse(on);
        } catch (DateTimeException e) {
            throw new MalformedEventException("'" + on + "' is not a day", e);
        }
        return switch (precision) {
            case "day" -> new Days(on, on);
            case "month" ->
                new Days(
                        day.withDayOfMonth(1).toString(),
                        day.withDayOfMonth(day.lengthOfMonth()).toString());
            case "year" ->
                new Days(
                        day.withDayOfYear(1).toString(),
                        day.withDayOfYear(day.lengthOfYear()).toString());
            case "unknown" -> UNKNOWN;
            default -> throw new MalformedEventException("'" + precision + "' is not a precision");
        };
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : null;
    }
}
