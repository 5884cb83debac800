package ledger287.reporting.database;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** A piece of SQL together with the values of its question marks, so that pieces can be put together in reading order. */
public final class Sql {
    private final StringBuilder text = new StringBuilder();
    private final List<@Nullable Object> values = new ArrayList<>();

    public Sql(String text, @Nullable Object... values) {
        add(text, values);
    }

    /** Adds text and its values. */
    public Sql add(String more, @Nullable Object... moreValues) {
        text.append(more);
        values.addAll(java.util.Arrays.asList(moreValues));
        return this;
    }

    /** Adds another piece. */
    public Sql add(Sql piece) {
        text.append(piece.text);
        values.addAll(piece.values);
        return this;
    }

    /** Whether there is nothing in it. */
    public boolean isEmpty() {
        return text.isEmpty();
    }

    /** The statement, its values bound. */
    public PreparedStatement prepare(Connection connection) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(text.toString());
        for (int i = 0; i < values.size(); i++) {
            bind(connection, statement, i + 1, values.get(i));
        }
        return statement;
    }

    @Override
    public String toString() {
        return text + " with " + values;
    }

    private static void bind(Connection connection, PreparedStatement statement, int place, @Nullable Object value)
            throws SQLException {
        switch (value) {
            case Instant instant -> statement.setObject(place, instant.atOffset(ZoneOffset.UTC));
            case Collection<?> many -> {
                String type = !many.isEmpty() && many.iterator().next() instanceof UUID ? "uuid" : "text";
                statement.setArray(place, connection.createArrayOf(type, many.toArray()));
            }
            case null -> statement.setObject(place, null);
            default -> statement.setObject(place, value);
        }
    }
}
