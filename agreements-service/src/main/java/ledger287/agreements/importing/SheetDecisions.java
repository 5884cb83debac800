package ledger287.agreements.importing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import ledger287.agreements.ledger.Answer;
import ledger287.agreements.ledger.CommandRequest;
import ledger287.agreements.ledger.Ledger;
import ledger287.agreements.ledger.Turn;
import ledger287.agreements.problems.Problem;
import ledger287.agreements.problems.ProblemType;
import ledger287.agreements.reconciliation.Reconciliation;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.RosterEvent.IdSource;
import ledger287.agreements.roster.RosterEvent.SheetEvent;
import ledger287.agreements.roster.SheetChange;
import ledger287.agreements.sheet.SheetReader;
import ledger287.agreements.sheet.SheetReading;
import ledger287.agreements.sheet.SheetSource;
import ledger287.eventstore.Appended;

/** What an editor decides about a workbook that is held. */
@Singleton
final class SheetDecisions {
    private final Ledger ledger;
    private final SheetArchive archive;
    private final SheetReader reader = new SheetReader();
    private final IdSource ids;
    private final ObjectMapper mapper;

    SheetDecisions(Ledger ledger, SheetArchive archive, IdSource ids, ObjectMapper mapper) {
        this.ledger = ledger;
        this.archive = archive;
        this.ids = ids;
        this.mapper = mapper;
    }

    /** Imports the workbook from its kept bytes, as the ledger stands now and whatever vanishes. */
    Answer release(CommandRequest request, UUID sheetId, SheetDecision decision) throws SQLException {
        Fact.Editor editor = editor(request, decision);
        return ledger.command(request, turn -> {
            ImportedSheet held = requireHeld(turn, sheetId);
            Verdict verdict = new Judgement(turn.roster(), ids, turn.now()).of(readAgain(turn, held), sheetId);
            Reconciliation reconciliation = verdict.reconciliation();
            archive.updateRows(turn.connection(), sheetId, reconciliation.account());
            Appended appended = turn.append(released(reconciliation.facts(), held, editor));
            archive.storeAppend(turn.connection(), sheetId, appended);
            return answer(ImportReport.of(reconciliation.report(), appended.lastPosition())
                    .asJudged(verdict));
        });
    }

    Answer reject(CommandRequest request, UUID sheetId, SheetDecision decision) throws SQLException {
        Fact.Editor editor = editor(request, decision);
        return ledger.command(request, turn -> {
            ImportedSheet held = requireHeld(turn, sheetId);
            ImportedSheet rejected = withStatus(held, ImportedSheet.Status.REJECTED);
            Appended appended = turn.append(
                    List.of(new Fact(new SheetEvent(SheetChange.REJECTED, held, rejected), turn.now(), null, editor)));
            return answer(ImportReport.of(rejected, appended.lastPosition()));
        });
    }

    /** The facts of the import, of which the last says that an editor released what was held. */
    private static List<Fact> released(List<Fact> facts, ImportedSheet held, Fact.Editor editor) {
        List<Fact> released = new ArrayList<>(facts);
        Fact last = released.removeLast();
        if (!(last.event() instanceof SheetEvent imported)) {
            throw new IllegalStateException("The last fact of an import is sheet-imported, not "
                    + last.event().type());
        }
        released.add(new Fact(
                new SheetEvent(imported.change(), held, imported.after()), last.knownAt(), last.evidence(), editor));
        return released;
    }

    private SheetReading readAgain(Turn turn, ImportedSheet held) throws SQLException {
        SheetArchive.File file = archive.file(turn.connection(), held.id())
                .orElseThrow(() -> new IllegalStateException("The file of sheet " + held.id() + " is not kept"));
        SheetSource source =
                new SheetSource(file.name(), held.kind(), held.publishedAt().toString());
        try (Upload upload = Upload.receive(new ByteArrayInputStream(file.bytes()), Long.MAX_VALUE)) {
            SheetReading reading = reader.read(upload.path(), source);
            return new SheetReading(
                    Judgement.publishedAs(reading.sheet(), Judgement.publication(held)),
                    reading.modifiedAt(),
                    reading.skipped());
        } catch (IOException e) {
            throw new UncheckedIOException("The held workbook could not be written to disk to be read", e);
        }
    }

    private static ImportedSheet requireHeld(Turn turn, UUID sheetId) {
        ImportedSheet sheet = SheetReports.known(turn.roster(), sheetId);
        if (sheet.status() != ImportedSheet.Status.HELD) {
            throw Problem.of(
                            ProblemType.WRONG_STATUS,
                            "Only a held workbook can be released or rejected; this one is "
                                    + sheet.status().code() + ".")
                    .because("not-held")
                    .asException();
        }
        return sheet;
    }

    private static ImportedSheet withStatus(ImportedSheet sheet, ImportedSheet.Status status) {
        return new ImportedSheet(
                sheet.id(),
                sheet.kind(),
                sheet.fileName(),
                sheet.sha256(),
                sheet.publishedAt(),
                sheet.publishedLabel(),
                status,
                sheet.rows(),
                sheet.changes(),
                sheet.listedAfter(),
                sheet.differences());
    }

    private static Fact.Editor editor(CommandRequest request, SheetDecision decision) {
        String reason = decision.reason();
        if (reason == null || reason.isBlank()) {
            throw Problem.of(ProblemType.INVALID_PARAMETER, "Say why, in words for the readers of the ledger.")
                    .about("reason", null)
                    .asException();
        }
        return new Fact.Editor(request.caller(), reason.strip(), decision.sourceUrl());
    }

    private Answer answer(ImportReport report) {
        try {
            return new Answer(201, mapper.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
