package ledger287.operations.bulk;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import ledger287.operations.ledger.Turn;
import ledger287.operations.operation.Act;
import ledger287.operations.operation.ClaimDecider;
import ledger287.operations.operation.Decision;
import ledger287.operations.operation.Dossier;
import ledger287.operations.operation.NewYork;
import ledger287.operations.recording.Recording;
import org.jspecify.annotations.Nullable;

/**
 * Works one piece of a file off: every line is decided on by itself, and all that was decided is appended at once,
 * together with what is remembered of the lines.
 */
@Singleton
final class PieceWork {
    private final JobStore jobs;

    PieceWork(JobStore jobs) {
        this.jobs = jobs;
    }

    /** How many lines became what. */
    record Outcome(int recorded, int unchanged, int failed) {}

    Outcome workOff(Turn turn, Job job, Piece piece) throws SQLException {
        CsvLines csv = job.csvHeader() == null ? null : CsvLines.of(job.csvHeader());
        LineParser parser = new LineParser(NewYork.dayOf(turn.now()), csv);
        List<ParsedLine> lines = piece.lines().stream().map(parser::parse).toList();
        if (job.kind() != null) {
            turn.expect(job.kind());
        }
        List<ParsedLine.Good> good = lines.stream()
                .filter(ParsedLine.Good.class::isInstance)
                .map(ParsedLine.Good.class::cast)
                .toList();
        Map<String, byte[]> known = jobs.knownLines(
                turn.connection(),
                job.caller(),
                good.stream().map(ParsedLine.Good::lineId).toList());
        Map<String, UUID> externalIds = holdWhatTheyName(turn, good);
        Act act = new Act(
                job.caller(),
                turn.now(),
                "Recorded from " + (job.fileName() == null ? "a file" : job.fileName()) + ".",
                null);

        List<ParsedLine.Good> recorded = new ArrayList<>();
        List<ParsedLine.Bad> failed = new ArrayList<>();
        int unchanged = 0;
        for (ParsedLine line : lines) {
            switch (line) {
                case ParsedLine.Bad bad -> failed.add(bad);
                case ParsedLine.Good candidate -> {
                    byte[] before = known.get(candidate.lineId());
                    if (before == null) {
                        Optional<ParsedLine.Bad> refused = decide(turn, candidate, externalIds, act);
                        refused.ifPresentOrElse(failed::add, () -> recorded.add(candidate));
                        if (refused.isEmpty()) {
                            known.put(candidate.lineId(), candidate.sha256());
                        }
                    } else if (Arrays.equals(before, candidate.sha256())) {
                        unchanged++;
                    } else {
                        failed.add(taken(candidate));
                    }
                }
            }
        }
        jobs.rememberLines(turn.connection(), job, recorded);
        jobs.rememberFailures(turn.connection(), job, failed);
        turn.append();
        jobs.advance(
                turn.connection(),
                job,
                recorded.size(),
                unchanged,
                failed.size(),
                recorded.isEmpty() ? null : (Long) turn.position(),
                turn.now());
        return new Outcome(recorded.size(), unchanged, failed.size());
    }

    /** All at once, and in one order, so that two who do this cannot wait for each other. */
    private static Map<String, UUID> holdWhatTheyName(Turn turn, List<ParsedLine.Good> lines) throws SQLException {
        Set<String> names = new TreeSet<>();
        Set<UUID> ids = new TreeSet<>();
        for (ParsedLine.Good line : lines) {
            switch (line.recording()) {
                case Recording.NewOperation operation -> addTo(names, operation.externalId());
                case Recording.NewClaim claim -> {
                    addTo(names, claim.operationExternalId());
                    addTo(ids, claim.operationId());
                }
            }
        }
        Map<String, UUID> found = names.isEmpty() ? new HashMap<>() : turn.byExternalIds(names);
        ids.addAll(found.values());
        if (!ids.isEmpty()) {
            turn.hold(ids);
        }
        return found;
    }

    private static Optional<ParsedLine.Bad> decide(
            Turn turn, ParsedLine.Good line, Map<String, UUID> externalIds, Act act) {
        return switch (line.recording()) {
            case Recording.NewOperation operation -> {
                String externalId = operation.externalId();
                if (externalId != null
                        && (externalIds.containsKey(externalId)
                                || turn.newByExternalId(externalId).isPresent())) {
                    yield Optional.of(new ParsedLine.Bad(
                            line.number(),
                            line.lineId(),
                            "external-id-taken",
                            "external_id",
                            "Another operation has this external_id. Send claims about it, or correct it."));
                }
                yield taken(turn, line, operation.decide(turn.newId(), turn::newId, act));
            }
            case Recording.NewClaim claim -> {
                Optional<Dossier> dossier =
                        operationOf(turn, claim, externalIds).flatMap(turn::dossier);
                if (dossier.isEmpty()) {
                    yield Optional.of(new ParsedLine.Bad(
                            line.number(),
                            line.lineId(),
                            "no-such-operation",
                            claim.operationId() == null ? "operation_external_id" : "operation_id",
                            "There is no such operation. Put the line of an operation before those of its claims."));
                }
                yield taken(
                        turn,
                        line,
                        ClaimDecider.make(dossier.get(), turn.newId(), claim.statement(), claim.supersedes(), act));
            }
        };
    }

    private static Optional<UUID> operationOf(Turn turn, Recording.NewClaim claim, Map<String, UUID> externalIds) {
        String name = claim.operationExternalId();
        if (name == null) {
            return Optional.ofNullable(claim.operationId());
        }
        return turn.newByExternalId(name).or(() -> Optional.ofNullable(externalIds.get(name)));
    }

    private static Optional<ParsedLine.Bad> taken(Turn turn, ParsedLine.Good line, Decision decision) {
        return switch (decision) {
            case Decision.Accepted accepted -> {
                turn.take(accepted.facts());
                yield Optional.empty();
            }
            case Decision.Rejected rejected ->
                Optional.of(new ParsedLine.Bad(line.number(), line.lineId(), rejected.code(), null, rejected.detail()));
            case Decision.Unchanged unchanged -> throw new IllegalStateException("Something new changes something");
        };
    }

    private static ParsedLine.Bad taken(ParsedLine.Good line) {
        return new ParsedLine.Bad(
                line.number(),
                line.lineId(),
                "line-id-taken",
                "line_id",
                "You have sent another line with this line_id before. Give a new line a new one; what is recorded is"
                        + " changed by a correction.");
    }

    private static <T> void addTo(Set<T> set, @Nullable T item) {
        if (item != null) {
            set.add(item);
        }
    }
}
