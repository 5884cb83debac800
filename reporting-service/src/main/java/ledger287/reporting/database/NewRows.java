package ledger287.reporting.database;

import java.io.IOException;
import java.io.StringReader;
import java.sql.BatchUpdateException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;

/**
 * Rows for a table, each cell as the input text of its type. Many go in by COPY, which is the fastest way in that still is
 * part of the transaction; a few by INSERT, whose plan a connection keeps and which takes one turn with the server, where
 * COPY takes two.
 */
public final class NewRows {
    /** A decision or a claim is seldom more; from about here on one way is as quick as the other. */
    private static final int FEW = 8;

    private final List<List<@Nullable String>> rows = new ArrayList<>();
    private List<@Nullable String> row = new ArrayList<>();

    /** Adds a cell to the current row, as the type's input text; null is NULL. */
    public NewRows cell(@Nullable Object value) {
        row.add(value == null ? null : value.toString());
        return this;
    }

    /** An array of texts, as PostgreSQL's input text. */
    public static String array(Collection<String> values) {
        return values.stream()
                .map(value -> '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"')
                .collect(Collectors.joining(",", "{", "}"));
    }

    public void endRow() {
        rows.add(row);
        row = new ArrayList<>(row.size());
    }

    /** @param target table and columns, in the order of the cells, e.g. {@code log (name, position)} */
    public void into(Connection transaction, String target) throws SQLException {
        if (rows.isEmpty()) {
            return;
        }
        if (rows.size() <= FEW) {
            insert(transaction, target);
        } else {
            copy(transaction, target);
        }
    }

    private void insert(Connection transaction, String target) throws SQLException {
        String values = String.join(", ", Collections.nCopies(rows.getFirst().size(), "?"));
        try (PreparedStatement insert =
                transaction.prepareStatement("insert into " + target + " values (" + values + ")")) {
            for (List<@Nullable String> cells : rows) {
                for (int i = 0; i < cells.size(); i++) {
                    // Of no type, so that the server reads it as the column's input text, as COPY does.
                    insert.setObject(i + 1, cells.get(i), Types.OTHER);
                }
                insert.addBatch();
            }
            insert.executeBatch();
        } catch (BatchUpdateException e) {
            // Its own message repeats the statement with all its values, which may be megabytes.
            throw e.getCause() instanceof SQLException cause ? cause : e;
        }
    }

    private void copy(Connection transaction, String target) throws SQLException {
        StringBuilder text = new StringBuilder();
        for (List<@Nullable String> cells : rows) {
            String separator = "";
            for (String cell : cells) {
                text.append(separator);
                separator = "\t";
                if (cell == null) {
                    text.append("\\N");
                } else {
                    escape(cell, text);
                }
            }
            text.append('\n');
        }
        try {
            transaction
                    .unwrap(PGConnection.class)
                    .getCopyAPI()
                    .copyIn("copy " + target + " from stdin", new StringReader(text.toString()));
        } catch (IOException e) {
            throw new SQLException("The connection broke while rows were copied into " + target, "08006", e);
        }
    }

    private static void escape(String value, StringBuilder text) {
        for (int i = 0; i < value.length(); i++) {
            char c = value.charAt(i);
            switch (c) {
                case '\\' -> text.append("\\\\");
                case '\t' -> text.append("\\t");
                case '\n' -> text.append("\\n");
                case '\r' -> text.append("\\r");
                default -> text.append(c);
            }
        }
    }
}
