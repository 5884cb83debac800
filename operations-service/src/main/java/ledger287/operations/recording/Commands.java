package ledger287.operations.recording;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Function;
import ledger287.operations.ledger.Held;
import ledger287.operations.ledger.Kind;
import ledger287.operations.ledger.Turn;
import ledger287.operations.ledger.Work;
import ledger287.operations.operation.Act;
import ledger287.operations.operation.Claim;
import ledger287.operations.operation.ClaimDecider;
import ledger287.operations.operation.Decision;
import ledger287.operations.operation.Dossier;
import ledger287.operations.operation.Fact;
import ledger287.operations.operation.NewYork;
import ledger287.operations.operation.OperationDecider;
import ledger287.operations.operation.Relation;
import ledger287.service.command.Answer;
import ledger287.service.command.IfMatch;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** The commands on operations and claims: each reads what was sent, decides on what it holds, and appends. */
@Singleton
final class Commands {
    private static final int LONGEST_REASON = 1_000;

    /** Somebody's command. */
    record Command(String caller, JsonNode body, @Nullable String ifMatch) {}

    Work record(Command command, @Nullable Kind kind) {
        return turn -> {
            Recording.NewOperation recording = Recording.operation(command.body(), today(turn));
            if (kind != null) {
                turn.expect(kind);
            }
            refuseTaken(turn, recording.externalId());
            UUID id = turn.newId();
            List<Fact> facts = accepted(recording.decide(id, turn::newId, act(command, turn, "Recorded.", null)));
            turn.take(facts);
            turn.append();
            Dossier dossier = turn.dossier(id).orElseThrow();
            Held begun = new Held(Dossier.of(dossier.operation()), 0, Map.of()).after(facts);
            return Answers.at(201, Answers.of(begun), turn.position());
        };
    }

    Work correct(UUID operationId, Command command) {
        return onOperation(operationId, command, (held, input) -> {
            input.hasOnly(Set.of("reason", "source_url", "operation"));
            Input changes = input.required("operation", input.object("operation"));
            changes.hasOnly(Reading.DESCRIPTION);
            return act -> OperationDecider.correct(
                    held.dossier(),
                    reading(act).description(changes, held.dossier().operation().description()),
                    act);
        });
    }

    Work retract(UUID operationId, Command command) {
        return onOperation(operationId, command, (held, input) -> {
            input.hasOnly(Set.of("reason", "source_url"));
            return act -> OperationDecider.retract(held.dossier(), act);
        });
    }

    Work changePartners(UUID operationId, Command command) {
        return onOperation(operationId, command, (held, input) -> {
            input.hasOnly(Set.of("reason", "source_url", "partners"));
            input.required("partners", input.present("partners"));
            return act ->
                    OperationDecider.changePartners(held.dossier(), reading(act).partners(input), act);
        });
    }

    Work declareOverlap(UUID operationId, Command command) {
        return turn -> {
            Input input = Input.of(command.body());
            input.hasOnly(Set.of("reason", "source_url", "operation_id", "relation"));
            UUID otherId = input.required("operation_id", input.id("operation_id"));
            Relation relation = input.required(
                    "relation", input.code("relation", Relation::ofCode, Relation.values(), Relation::code));
            Act act = act(command, turn, null, input);
            Map<UUID, Held> held = turn.hold(List.of(operationId, otherId));
            Held one = found(held, operationId);
            Held other = held.get(otherId);
            if (other == null) {
                throw input.wrong("operation_id", "There is no operation " + otherId + ".");
            }
            IfMatch.require(command.ifMatch(), one.tag());
            return carriedOut(
                    turn,
                    OperationDecider.declareOverlap(one.dossier(), other.dossier(), relation, act),
                    200,
                    facts -> Answers.of(one.after(facts)));
        };
    }

    Work claim(UUID operationId, Command command) {
        return turn -> {
            Recording.NewClaim recording = Recording.claim(command.body(), today(turn));
            Held held = found(turn.hold(List.of(operationId)), operationId);
            boolean aboutAnother =
                    recording.operationId() != null && !recording.operationId().equals(operationId);
            if (aboutAnother || recording.operationExternalId() != null) {
                throw Input.of(command.body())
                        .wrong(
                                aboutAnother ? "operation_id" : "operation_external_id",
                                "The operation is the one in the address; leave this out.");
            }
            IfMatch.require(command.ifMatch(), held.tag());
            UUID id = turn.newId();
            return carriedOut(
                    turn,
                    ClaimDecider.make(
                            held.dossier(),
                            id,
                            recording.statement(),
                            recording.supersedes(),
                            act(command, turn, "Recorded.", null)),
                    201,
                    facts -> Answers.of(held.after(facts), id));
        };
    }

    Work correctClaim(UUID claimId, UUID operationId, Command command) {
        return onClaim(claimId, operationId, command, (held, input) -> {
            input.hasOnly(Set.of("reason", "source_url", "claim"));
            Input changes = input.required("claim", input.object("claim"));
            changes.hasOnly(Reading.STATEMENT);
            Claim claim = held.dossier().claim(claimId).orElseThrow();
            return act -> ClaimDecider.correct(
                    held.dossier(), claim, reading(act).statement(changes, claim.statement()), act);
        });
    }

    Work retractClaim(UUID claimId, UUID operationId, Command command) {
        return onClaim(claimId, operationId, command, (held, input) -> {
            input.hasOnly(Set.of("reason", "source_url"));
            return act -> ClaimDecider.retract(
                    held.dossier(), held.dossier().claim(claimId).orElseThrow(), act);
        });
    }

    Work prefer(UUID claimId, UUID operationId, Command command) {
        return onClaim(claimId, operationId, command, (held, input) -> {
            input.hasOnly(Set.of("reason", "source_url", "preferred"));
            Claim claim = held.dossier().claim(claimId).orElseThrow();
            boolean preferred = !input.has("preferred") || input.flag("preferred");
            return act -> preferred
                    ? ClaimDecider.prefer(held.dossier(), claim, act)
                    : ClaimDecider.preferNoLonger(claim, act);
        });
    }

    private static Work onOperation(
            UUID operationId, Command command, BiFunction<Held, Input, Function<Act, Decision>> decider) {
        return turn -> {
            Input input = Input.of(command.body());
            Held held = found(turn.hold(List.of(operationId)), operationId);
            Function<Act, Decision> decision = decider.apply(held, input);
            String otherwise = input.has("partners") ? "Partners recorded." : null;
            Act act = act(command, turn, otherwise, input);
            IfMatch.require(command.ifMatch(), held.tag());
            return carriedOut(turn, decision.apply(act), 200, facts -> Answers.of(held.after(facts)));
        };
    }

    private static Work onClaim(
            UUID claimId, UUID operationId, Command command, BiFunction<Held, Input, Function<Act, Decision>> decider) {
        return turn -> {
            Input input = Input.of(command.body());
            Held held = found(turn.hold(List.of(operationId)), operationId);
            Function<Act, Decision> decision = decider.apply(held, input);
            Act act = act(command, turn, null, input);
            IfMatch.require(command.ifMatch(), held.claimTag(claimId));
            return carriedOut(turn, decision.apply(act), 200, facts -> Answers.of(held.after(facts), claimId));
        };
    }

    private static Answer carriedOut(Turn turn, Decision decision, int status, Function<List<Fact>, ObjectNode> answer)
            throws SQLException {
        if (decision instanceof Decision.Unchanged) {
            ObjectNode json = answer.apply(List.of());
            json.put("unchanged", true);
            return Answers.at(200, json, turn.position());
        }
        List<Fact> facts = accepted(decision);
        turn.take(facts);
        turn.append();
        return Answers.at(status, answer.apply(facts), turn.position());
    }

    private static List<Fact> accepted(Decision decision) {
        return switch (decision) {
            case Decision.Accepted accepted -> accepted.facts();
            case Decision.Rejected rejected ->
                throw Problem.of(ProblemType.REFUSED, rejected.detail())
                        .because(rejected.code())
                        .asException();
            case Decision.Unchanged unchanged -> throw new IllegalStateException("It changes something");
        };
    }

    private static void refuseTaken(Turn turn, @Nullable String externalId) throws SQLException {
        if (externalId != null) {
            UUID taken = turn.byExternalIds(new TreeSet<>(Set.of(externalId))).get(externalId);
            if (taken != null) {
                throw Problem.of(
                                ProblemType.REFUSED,
                                "This external_id names operation " + taken
                                        + " already. Add claims to that one, or correct" + " it.")
                        .because("external-id-taken")
                        .about("external_id", null)
                        .asException();
            }
        }
    }

    private static Held found(Map<UUID, Held> held, UUID operationId) {
        Held found = held.get(operationId);
        if (found == null) {
            throw notFound("operation", operationId);
        }
        return found;
    }

    static RuntimeException notFound(String what, UUID id) {
        return Problem.of(ProblemType.NOT_FOUND, "There is no " + what + " " + id + ".")
                .asException();
    }

    /** @param otherwise the reason when none was sent; null when one must be */
    private static Act act(Command command, Turn turn, @Nullable String otherwise, @Nullable Input input) {
        if (input == null) {
            return new Act(command.caller(), turn.now(), String.valueOf(otherwise), null);
        }
        String given = input.prose("reason", LONGEST_REASON);
        String reason = given == null && otherwise != null ? otherwise : input.required("reason", given);
        return new Act(command.caller(), turn.now(), reason, input.url("source_url"));
    }

    private static Reading reading(Act act) {
        return new Reading(NewYork.dayOf(act.recordedAt()));
    }

    private static LocalDate today(Turn turn) {
        return NewYork.dayOf(turn.now());
    }
}
