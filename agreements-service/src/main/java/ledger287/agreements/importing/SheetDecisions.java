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
import java.util.Optional;
import java.util.UUID;
import ledger287.agreements.ledger.Ledger;
import ledger287.agreements.ledger.Turn;
import ledger287.agreements.reconciliation.Reconciliation;
import ledger287.agreements.request.Given;
import ledger287.agreements.roster.Decision;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.ImportedSheet;
import ledger287.agreements.roster.Retractions;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.roster.RosterEvent.SheetEvent;
import ledger287.agreements.roster.SheetChange;
import ledger287.agreements.sheet.SheetReader;
import ledger287.agreements.sheet.SheetReading;
import ledger287.agreements.sheet.SheetSource;
import ledger287.eventstore.Appended;
import ledger287.service.command.Answer;
import ledger287.service.command.CommandRequest;
import ledger287.service.command.IdSource;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;

/** What an editor decides about a workbook: release or reject a held one, take an imported one back. */
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
            requireNothingNewer(turn, held);
            Verdict verdict = new Judgement(turn.roster(), ids, turn.now()).of(readAgain(turn, held), sheetId);
            Reconciliation reconciliation = verdict.reconciliation();
            archive.updateRows(turn.connection(), sheetId, reconciliation.account());
            Appended appended = turn.append(released(reconciliation.facts(), held, editor));
            archive.storeAppend(turn.connection(), sheetId, appended);
            return answer(ImportReport.judged(reconciliation.report(), verdict, appended.lastPosition()));
        });
    }

    Answer reject(CommandRequest request, UUID sheetId, SheetDecision decision) throws SQLException {
        Fact.Editor editor = editor(request, decision);
        return ledger.command(request, turn -> {
            ImportedSheet held = requireHeld(turn, sheetId);
            ImportedSheet rejected = with(held, ImportedSheet.Status.REJECTED, held.listedAfter());
            Appended appended = turn.append(
                    List.of(new Fact(new SheetEvent(SheetChange.REJECTED, held, rejected), turn.now(), null, editor)));
            return answer(ImportReport.of(rejected, appended.lastPosition()));
        });
    }

    /** Takes back every event of an import. */
    Answer retract(CommandRequest request, UUID sheetId, SheetDecision decision) throws SQLException {
        Fact.Editor editor = editor(request, decision);
        return ledger.command(request, turn -> {
            ImportedSheet sheet = SheetReports.known(turn.roster(), sheetId);
            return switch (Retractions.retractSheet(turn.roster(), sheetId, appended(turn, sheet), editor)) {
                case Decision.Accepted accepted -> {
                    List<Fact> facts = listedCounted(accepted.facts(), turn.roster());
                    Appended appended = turn.append(facts);
                    SheetEvent retracted = (SheetEvent) facts.getLast().event();
                    yield answer(ImportReport.of(retracted.after(), appended.lastPosition()));
                }
                case Decision.Rejected rejected ->
                    throw Problem.of(ProblemType.REFUSED, rejected.words())
                            .because(rejected.reason())
                            .asException();
                case Decision.Unchanged unchanged -> answer(ImportReport.of(sheet, turn.position()));
            };
        });
    }

    /** Every fact that the import of a workbook appended, with the id it is stored under; none when it never was. */
    private List<Retractions.Recorded> appended(Turn turn, ImportedSheet sheet) throws SQLException {
        Optional<Appended> range = archive.append(turn.connection(), sheet.id());
        return range.isEmpty() ? List.of() : turn.stored(range.get());
    }

    /** The last fact says how many are listed once all of them are applied; only folding them tells. */
    private static List<Fact> listedCounted(List<Fact> facts, Roster before) {
        Roster after = before.copy();
        facts.forEach(after::replay);
        List<Fact> counted = new ArrayList<>(facts);
        Fact last = counted.removeLast();
        if (!(last.event() instanceof SheetEvent retracted)) {
            throw new IllegalStateException("The last fact of a retraction is sheet-retracted, not "
                    + last.event().type());
        }
        ImportedSheet sheet = retracted.after();
        int listed = Invariants.listed(sheet.kind(), after);
        counted.add(new Fact(
                new SheetEvent(retracted.change(), retracted.before(), with(sheet, sheet.status(), listed)),
                last.knownAt(),
                last.evidence(),
                last.editor(),
                last.retracts()));
        return counted;
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

    /** What was imported while it was held would be written over by older contents. */
    private static void requireNothingNewer(Turn turn, ImportedSheet held) {
        turn.roster()
                .newestSheet(held.kind())
                .filter(newest -> !newest.publishedAt().isBefore(held.publishedAt()))
                .ifPresent(newest -> {
                    throw Problem.of(
                                    ProblemType.OLDER_PUBLICATION,
                                    "While this workbook of " + held.publishedLabel() + " was held, that of "
                                            + newest.publishedLabel()
                                            + " was imported. Reject this one; if it is right after all, retract the"
                                            + " later import first.")
                            .because("overtaken")
                            .asException();
                });
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

    private static ImportedSheet with(ImportedSheet sheet, ImportedSheet.Status status, int listedAfter) {
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
                listedAfter,
                sheet.differences());
    }

    private static Fact.Editor editor(CommandRequest request, SheetDecision decision) {
        String source = Given.textOrNull("source_url", decision.sourceUrl());
        return new Fact.Editor(
                request.caller(),
                Given.text("reason", decision.reason()),
                source == null ? null : Given.address("source_url", source));
    }

    private Answer answer(ImportReport report) {
        try {
            return new Answer(201, mapper.writeValueAsString(report));
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }
}
