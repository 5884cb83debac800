package ledger287.agreements.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ledger287.agreements.reconciliation.Reconciliation.RowAccount;
import ledger287.agreements.sheet.Sheet;
import ledger287.agreements.sheet.SheetRow;
import ledger287.eventstore.Appended;

/** Workbooks as they came, and what became of every row. */
@Singleton
final class SheetArchive {
    private static final String INSERT_FILE = """
            insert into sheet_file (sheet_id, sha256, kind, file_name, bytes, received_at, received_from)
            values (?, ?, ?, ?, ?, ?, ?)
            """;

    private static final String INSERT_ROW = """
            insert into sheet_row (sheet_id, ordinal, tab, row_number, hidden, raw, links, cells, repairs, doubts,
                                   outcome, repaired, became, why, details, doubt)
            values (?, ?, ?, ?, ?, ?::json, ?::json, ?::json, ?::json, ?::json, ?, ?, ?, ?, ?::json, ?)
            """;

    private static final String UPDATE_ROW = """
            update sheet_row
            set outcome = ?, repaired = ?, became = ?, why = ?, details = ?::json, doubt = ?
            where sheet_id = ? and ordinal = ?
            """;

    private static final String INSERT_APPEND = """
            insert into sheet_append (sheet_id, first_position, last_position)
            values (?, ?, ?)
            """;

    private static final String APPEND = """
            select first_position, last_position
            from sheet_append
            where sheet_id = ?
            """;

    private static final String LAST_POSITIONS = """
            select sheet_id, last_position
            from sheet_append
            """;

    private static final String FILE = """
            select file_name, bytes
            from sheet_file
            where sheet_id = ?
            """;

    private final ObjectMapper mapper;

    SheetArchive(ObjectMapper mapper) {
        this.mapper = mapper;
    }

    /** A workbook as it came. */
    @SuppressWarnings("ArrayRecordComponent") // Never compared; handed on as it is.
    record File(String name, byte[] bytes) {}

    void storeFile(Connection transaction, UUID sheetId, Sheet sheet, Upload upload, String caller, Instant now)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT_FILE);
                InputStream bytes = Files.newInputStream(upload.path())) {
            insert.setObject(1, sheetId);
            insert.setString(2, sheet.sha256());
            insert.setString(3, sheet.kind().code());
            insert.setString(4, sheet.fileName());
            insert.setBinaryStream(5, bytes, upload.size());
            insert.setObject(6, now.atOffset(ZoneOffset.UTC));
            insert.setString(7, caller);
            insert.executeUpdate();
        } catch (IOException e) {
            throw new UncheckedIOException("The uploaded file can no longer be read", e);
        }
    }

    /** @param account what became of every row, in the sheet's order */
    void storeRows(Connection transaction, UUID sheetId, List<SheetRow> rows, List<RowAccount> account)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT_ROW)) {
            for (int i = 0; i < rows.size(); i++) {
                SheetRow row = rows.get(i);
                insert.setObject(1, sheetId);
                insert.setInt(2, i + 1);
                insert.setString(3, row.tab());
                insert.setInt(4, row.number());
                insert.setBoolean(5, row.hidden());
                insert.setString(6, json(row.raw()));
                insert.setString(7, json(row.links()));
                insert.setString(8, json(RowJson.Reading.of(row.cells())));
                insert.setString(9, json(row.repairs()));
                insert.setString(10, json(row.doubts()));
                setAccount(insert, 11, transaction, account.get(i));
                insert.addBatch();
            }
            insert.executeBatch();
        }
    }

    /** For a held workbook whose rows have become something. */
    void updateRows(Connection transaction, UUID sheetId, List<RowAccount> account) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement(UPDATE_ROW)) {
            for (int i = 0; i < account.size(); i++) {
                setAccount(update, 1, transaction, account.get(i));
                update.setObject(7, sheetId);
                update.setInt(8, i + 1);
                update.addBatch();
            }
            update.executeBatch();
        }
    }

    void storeAppend(Connection transaction, UUID sheetId, Appended appended) throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement(INSERT_APPEND)) {
            insert.setObject(1, sheetId);
            insert.setLong(2, appended.firstPosition());
            insert.setLong(3, appended.lastPosition());
            insert.executeUpdate();
        }
    }

    /** The events that the import of a workbook appended; empty while it is held, and for ever when it was rejected. */
    Optional<Appended> append(Connection connection, UUID sheetId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(APPEND)) {
            select.setObject(1, sheetId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new Appended(rows.getLong("first_position"), rows.getLong("last_position")))
                        : Optional.empty();
            }
        }
    }

    /** By workbook, the position at which its import ends. */
    Map<UUID, Long> lastPositions(Connection connection) throws SQLException {
        Map<UUID, Long> positions = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(LAST_POSITIONS);
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                positions.put(rows.getObject("sheet_id", UUID.class), rows.getLong("last_position"));
            }
        }
        return positions;
    }

    Optional<File> file(Connection connection, UUID sheetId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(FILE)) {
            select.setObject(1, sheetId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next()
                        ? Optional.of(new File(rows.getString("file_name"), rows.getBytes("bytes")))
                        : Optional.empty();
            }
        }
    }

    /** Rows after an ordinal, in the order of the file. */
    List<RowJson> rows(Connection connection, UUID sheetId, RowState state, long afterOrdinal, int limit)
            throws SQLException {
        List<RowJson> found = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("""
                select ordinal, tab, row_number, hidden, raw, links, cells, repairs, doubts,
                       outcome, repaired, became, why, details, doubt
                from sheet_row
                where sheet_id = ? and ordinal > ? and (%s)
                order by ordinal
                limit ?
                """.formatted(state.condition()))) {
            select.setObject(1, sheetId);
            select.setLong(2, afterOrdinal);
            select.setInt(3, limit);
            try (ResultSet rows = select.executeQuery()) {
                while (rows.next()) {
                    found.add(row(rows));
                }
            }
        }
        return found;
    }

    int countRows(Connection connection, UUID sheetId, RowState state) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select count(*)
                from sheet_row
                where sheet_id = ? and (%s)
                """.formatted(state.condition()))) {
            select.setObject(1, sheetId);
            try (ResultSet rows = select.executeQuery()) {
                rows.next();
                return rows.getInt(1);
            }
        }
    }

    private static RowJson row(ResultSet row) throws SQLException {
        return new RowJson(
                row.getInt("ordinal"),
                row.getString("tab"),
                row.getInt("row_number"),
                row.getBoolean("hidden"),
                row.getString("raw"),
                row.getString("links"),
                row.getString("cells"),
                row.getString("repairs"),
                row.getString("doubts"),
                row.getString("outcome"),
                row.getBoolean("repaired"),
                List.of((String[]) row.getArray("became").getArray()),
                row.getString("why"),
                row.getString("details"),
                row.getString("doubt"));
    }

    private void setAccount(PreparedStatement statement, int first, Connection transaction, RowAccount account)
            throws SQLException {
        statement.setString(first, account.outcome().code());
        statement.setBoolean(first + 1, account.repaired());
        statement.setArray(
                first + 2, transaction.createArrayOf("text", account.became().toArray()));
        statement.setString(first + 3, account.why());
        statement.setString(first + 4, json(account.details()));
        statement.setString(first + 5, account.doubt());
    }

    private String json(Object value) {
        try {
            return mapper.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
