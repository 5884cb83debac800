package ledger287.reporting.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import ledger287.reporting.changelog.Change;
import ledger287.reporting.changelog.ChangeLog;

/** Knows and records why answers may not be complete. */
@Singleton
final class Completeness {
    private final ChangeLog changeLog;

    Completeness(ChangeLog changeLog) {
        this.changeLog = changeLog;
    }

    /** Something of the subject is parked. Answers from {@code fromSequence} on lack it. */
    void parked(Connection transaction, String subject, long fromSequence) throws SQLException {
        String what = subject.isEmpty() ? "A record" : "An event about " + subject;
        open(
                transaction,
                "parked",
                subject,
                what + " could not be projected; it and all later events of its subject are left out until an operator"
                        + " replays them.",
                fromSequence);
    }

    /** Everything of the subject has been replayed. */
    void replayed(Connection transaction, String subject, long fromSequence) throws SQLException {
        close(transaction, "parked", subject, fromSequence);
    }

    /**
     * Compares what is listed with what each workbook said would be. The counts must agree at the end of that very
     * append; later acts of editors may move ours away from an old workbook's.
     */
    void compare(Connection transaction, List<Change> changes) throws SQLException {
        for (Change change : changes) {
            JsonNode sheet = change.event().data().path("sheet");
            switch (change.event().type()) {
                case "org.ledger287.sheet.imported.v1" -> compare(transaction, change, sheet);
                case "org.ledger287.sheet.retracted.v1" ->
                    close(
                            transaction,
                            "listed_count",
                            sheet.path("kind").asText(),
                            changes.getFirst().sequence());
                default -> {}
            }
        }
    }

    /** After a replay: a count that was wrong for want of the replayed events may be right now. */
    void compareAgain(Connection transaction, long fromSequence) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("""
                        select distinct on (kind) kind, listed_after
                          from sheet_version
                         where to_sequence = 9223372036854775807
                           and known_to = 'infinity'
                           and status = 'imported'
                         order by kind, published_at desc
                        """);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (row.getLong(2) == listed(transaction, row.getString(1), Long.MAX_VALUE - 1)) {
                    close(transaction, "listed_count", row.getString(1), fromSequence);
                }
            }
        }
    }

    private void compare(Connection transaction, Change change, JsonNode sheet) throws SQLException {
        String kind = sheet.path("kind").asText();
        long expected = sheet.path("listed_after").asLong(-1);
        long listed = listed(transaction, kind, change.sequence());
        close(transaction, "listed_count", kind, change.sequence());
        if (listed != expected) {
            open(
                    transaction,
                    "listed_count",
                    kind,
                    "The %s workbook %s lists %d; the query stores count %d."
                            .formatted(kind, sheet.path("published_label").asText(), expected, listed),
                    change.sequence());
        }
    }

    private static long listed(Connection transaction, String kind, long sequence) throws SQLException {
        String table = "pending".equals(kind) ? "application_version" : "agreement_version";
        try (PreparedStatement select = transaction.prepareStatement("""
                select count(*)
                  from %s
                 where from_sequence <= ?
                   and to_sequence > ?
                   and known_to = 'infinity'
                   and listed
                """.formatted(table))) {
            select.setLong(1, sequence);
            select.setLong(2, sequence);
            try (ResultSet row = select.executeQuery()) {
                row.next();
                return row.getLong(1);
            }
        }
    }

    private void open(Connection transaction, String reason, String subject, String words, long fromSequence)
            throws SQLException {
        try (PreparedStatement insert = transaction.prepareStatement("""
                insert into completeness (reason, subject, words, from_sequence)
                select ?, ?, ?, ?
                 where not exists (select 1 from completeness
                                    where reason = ? and subject = ? and to_sequence = 9223372036854775807)
                """)) {
            insert.setString(1, reason);
            insert.setString(2, subject.replace('\0', '\uFFFD'));
            insert.setString(3, words.replace('\0', '\uFFFD'));
            insert.setLong(4, fromSequence);
            insert.setString(5, reason);
            insert.setString(6, subject.replace('\0', '\uFFFD'));
            if (insert.executeUpdate() > 0) {
                changeLog.completenessChanged(transaction);
            }
        }
    }

    private void close(Connection transaction, String reason, String subject, long toSequence) throws SQLException {
        try (PreparedStatement update = transaction.prepareStatement("""
                update completeness
                   set to_sequence = ?
                 where reason = ? and subject = ? and to_sequence = 9223372036854775807
                """)) {
            update.setLong(1, toSequence);
            update.setString(2, reason);
            update.setString(3, subject);
            if (update.executeUpdate() > 0) {
                changeLog.completenessChanged(transaction);
            }
        }
    }
}
