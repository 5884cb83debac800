package ledger287.reporting.query;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import ledger287.reporting.database.Sql;

/** Whether a workbook of either kind was known at all. Before the first one a count is null, never zero. */
public record Known(boolean participating, boolean pending) {
    public static Known at(Reading reading) throws SQLException {
        Sql sql = new Sql("""
                select coalesce(bool_or(v.kind = 'participating'), false),
                       coalesce(bool_or(v.kind = 'pending'), false)
                  from sheet_version v
                 where v.status = 'imported'
                   and\s""").add(reading.visible().of("v"));
        try (PreparedStatement select = sql.prepare(reading.connection());
                ResultSet row = select.executeQuery()) {
            row.next();
            return new Known(row.getBoolean(1), row.getBoolean(2));
        }
    }
}
