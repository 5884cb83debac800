package ledger287.reporting.dictionary;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A column or measure.
 *
 * @param tables the tables that have it, e.g. {@code agreements}, {@code headline}
 * @param name of the column; one that ends with {@code *} stands for all that begin so
 * @param type {@code text}, {@code id}, {@code integer}, {@code number}, {@code boolean}, {@code date} or {@code datetime}
 * @param unit null where there is none
 * @param source null where the ledger itself says so
 * @param caveat what is easily misread; null where nothing is
 */
public record Entry(
        List<String> tables,
        String name,
        String title,
        String type,
        @Nullable String unit,
        String definition,
        @Nullable String source,
        @Nullable String caveat) {
    public Entry {
        tables = List.copyOf(tables);
    }

    /** Whether it describes a column of that name. */
    public boolean describes(String column) {
        return name.endsWith("*") ? column.startsWith(name.substring(0, name.length() - 1)) : name.equals(column);
    }

    /** Puts it into an answer. */
    public void put(ObjectNode item) {
        item.put("name", name);
        tables.forEach(item.putArray("tables")::add);
        item.put("title", title);
        item.put("type", type);
        item.put("unit", unit);
        item.put("definition", definition);
        item.put("source", source);
        item.put("caveat", caveat);
    }
}
