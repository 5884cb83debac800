package ledger287.agreements.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.quarkus.runtime.Startup;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ledger287.agreements.ledger.Ledger;
import ledger287.agreements.ledger.Turn;
import ledger287.agreements.reconciliation.Reconciliation;
import ledger287.agreements.reconciliation.Reconciliation.RowAccount;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.roster.RosterEvent.SheetEvent;
import ledger287.agreements.roster.SheetChange;
import ledger287.agreements.sheet.SheetReader;
import ledger287.agreements.sheet.SheetReading;
import ledger287.agreements.sheet.SheetRejected;
import ledger287.agreements.sheet.SheetSource;
import ledger287.eventstore.Appended;
import ledger287.service.command.Answer;
import ledger287.service.command.CommandRequest;
import ledger287.service.command.IdSource;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/**
 * Takes a workbook in: in one transaction the file, its rows, the events they cause in a single append, and the answer.
 * Whenever the process dies, either all of that is there or nothing.
 */
@Singleton
@Startup // So that its metric is there before the first import.
final class SheetImport {
    private final Ledger ledger;
    private final SheetArchive archive;
    private final SheetReader reader = new SheetReader();
    private final IdSource ids;
    private final Clock clock;
    private final ObjectMapper mapper;
    private final Timer imports;

    SheetImport(
            Ledger ledger,
            SheetArchive archive,
            IdSource ids,
            Clock clock,
            ObjectMapper mapper,
            MeterRegistry metrics) {
        this.ledger = ledger;
        this.archive = archive;
        this.ids = ids;
        this.clock = clock;
        this.mapper = mapper;
        this.imports = Timer.builder("ledger287.import")
                .description("From the last byte of a workbook to the commit of its import")
                .register(metrics);
    }

    /** A workbook and what the sender says of it. */
    record Submission(Upload upload, SheetSource source, Repeat repeat) {}

    /** What to do with bytes that an editor rejected or retracted before. */
    enum Repeat {
        /** Nothing: whoever sends every file again and again must not undo what an editor decided. */
        KNOWN,
        /** Judge them again. */
        JUDGE_AGAIN
    }

    Answer importSheet(CommandRequest request, Submission submission) throws SQLException {
        Timer.Sample began = Timer.start();
        Attempt attempt = read(submission);
        Answer answer = ledger.command(request, turn -> {
            Optional<ImportedSheet> known = known(turn.roster(), submission);
            if (known.isPresent()) {
                return sentAgain(known.get(), turn);
            }
            UUID sheetId = ids.next();
            Verdict judged = new Judgement(turn.roster(), ids, turn.now()).of(attempt.readingOrProblem(), sheetId);
            return judged.braked()
                    ? hold(turn, request, submission, judged, sheetId)
                    : takeIn(turn, request, submission, judged, sheetId);
        });
        began.stop(imports);
        return answer;
    }

    /** The report that an import would give now; nothing is stored. */
    ImportReport tryOut(Submission submission) throws SQLException {
        Attempt attempt = read(submission);
        return ledger.read(view -> {
            Optional<ImportedSheet> known = known(view.roster(), submission);
            if (known.isPresent()) {
                return ImportReport.sentAgain(
                        known.get(), lastPosition(known.get(), view.position(), view.connection()));
            }
            Verdict verdict =
                    new Judgement(view.roster(), ids, clock.instant()).of(attempt.readingOrProblem(), ids.next());
            ImportedSheet report =
                    verdict.braked() ? held(verdict) : verdict.reconciliation().report();
            return ImportReport.dryRun(report, verdict, view.position());
        });
    }

    /** The report of an import, as recorded. */
    ImportReport recorded(ImportedSheet sheet, long head, Connection connection) throws SQLException {
        return ImportReport.of(sheet, lastPosition(sheet, head, connection));
    }

    private long lastPosition(ImportedSheet sheet, long head, Connection connection) throws SQLException {
        return archive.append(connection, sheet.id())
                .map(Appended::lastPosition)
                .orElse(head);
    }

    /** A held workbook still waits for its editor, and is answered as it was the first time. */
    private Answer sentAgain(ImportedSheet known, Turn turn) throws SQLException {
        int status = known.status() == ImportedSheet.Status.HELD ? 202 : 200;
        long position = lastPosition(known, turn.position(), turn.connection());
        return new Answer(status, json(ImportReport.sentAgain(known, position)));
    }

    private Answer takeIn(Turn turn, CommandRequest request, Submission submission, Verdict judged, UUID sheetId)
            throws SQLException {
        Reconciliation reconciliation = judged.reconciliation();
        archive.storeFile(
                turn.connection(), sheetId, judged.sheet(), submission.upload(), request.caller(), turn.now());
        archive.storeRows(turn.connection(), sheetId, judged.sheet().rows(), reconciliation.account());
        Appended appended = turn.append(reconciliation.facts());
        archive.storeAppend(turn.connection(), sheetId, appended);
        return new Answer(201, json(ImportReport.judged(reconciliation.report(), judged, appended.lastPosition())));
    }

    private Answer hold(Turn turn, CommandRequest request, Submission submission, Verdict judged, UUID sheetId)
            throws SQLException {
        ImportedSheet held = held(judged);
        archive.storeFile(
                turn.connection(), sheetId, judged.sheet(), submission.upload(), request.caller(), turn.now());
        archive.storeRows(turn.connection(), sheetId, judged.sheet().rows(), waiting(judged));
        Appended appended = turn.append(
                List.of(new Fact(new SheetEvent(SheetChange.HELD, null, held), held.publishedAt(), null, null)));
        return new Answer(202, json(ImportReport.judged(held, judged, appended.lastPosition())));
    }

    /** The image of a held workbook: its changes are what they would be, but what is listed stays as it is. */
    private static ImportedSheet held(Verdict judged) {
        ImportedSheet report = judged.reconciliation().report();
        return new ImportedSheet(
                report.id(),
                report.kind(),
                report.fileName(),
                report.sha256(),
                report.publishedAt(),
                report.publishedLabel(),
                ImportedSheet.Status.HELD,
                report.rows(),
                report.changes(),
                judged.listedBefore(),
                report.differences());
    }

    /** Rows of a held workbook have become nothing yet. */
    private static List<RowAccount> waiting(Verdict judged) {
        return judged.reconciliation().account().stream()
                .map(row -> new RowAccount(
                        row.tab(),
                        row.row(),
                        row.outcome(),
                        row.repaired(),
                        List.of(),
                        "The workbook is held; if it is released: " + row.why(),
                        Map.of(),
                        row.doubt()))
                .toList();
    }

    private static Optional<ImportedSheet> known(Roster roster, Submission submission) {
        return roster.sheetWithSha256(submission.upload().sha256()).filter(sheet -> switch (sheet.status()) {
            case IMPORTED, HELD -> true;
            case REJECTED, RETRACTED -> submission.repeat() == Repeat.KNOWN;
        });
    }

    /** Reads the file before the turn, so that nobody waits for it; a refusal counts only when the bytes are new. */
    private Attempt read(Submission submission) {
        try {
            return new Attempt(reader.read(submission.upload().path(), submission.source()), null);
        } catch (SheetRejected e) {
            return new Attempt(null, e);
        }
    }

    private record Attempt(
            @Nullable SheetReading reading, @Nullable SheetRejected rejected) {
        SheetReading readingOrProblem() {
            if (reading != null) {
                return reading;
            }
            if (rejected == null) {
                throw new IllegalStateException("A reading either succeeds or is rejected");
            }
            throw Problem.of(ProblemType.UNREADABLE_WORKBOOK, rejected.detail())
                    .because(rejected.reason().code())
                    .about(rejected.reason().parameter(), null)
                    .asException();
        }
    }

    private String json(ImportReport report) {
        try {
            return mapper.writeValueAsString(report);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
