package ledger287.agreements.editing;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import ledger287.agreements.ledger.Ledger;
import ledger287.agreements.ledger.Positions;
import ledger287.agreements.ledger.Turn;
import ledger287.agreements.roster.Decision;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.roster.RosterEvent.AgreementEvent;
import ledger287.service.command.Answer;
import ledger287.service.command.CommandRequest;
import ledger287.service.command.IfMatch;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** Carries out what editors decide: the newest state, a pure decision, one append. */
@Singleton
final class Editing {
    private final Ledger ledger;
    private final ObjectMapper mapper;

    Editing(Ledger ledger, ObjectMapper mapper) {
        this.ledger = ledger;
        this.mapper = mapper;
    }

    /** What the domain makes of an editor's command. */
    @FunctionalInterface
    interface Decide {
        Decision decide(Roster roster, Instant now);
    }

    /** Changes one thing. */
    Answer change(CommandRequest request, Subject subject, @Nullable String ifMatch, Decide decide)
            throws SQLException {
        return ledger.command(request, turn -> {
            requireKnown(subject, turn.roster());
            IfMatch.require(ifMatch, Long.toString(turn.version(subject.streamId())));
            return carryOut(turn, decide, 200, facts -> subject);
        });
    }

    /** Records an agreement that the ledger did not know. */
    Answer create(CommandRequest request, Decide decide) throws SQLException {
        return ledger.command(request, turn -> carryOut(turn, decide, 201, Editing::createdAgreement));
    }

    private Answer carryOut(Turn turn, Decide decide, int accepted, Function<List<Fact>, @Nullable Subject> subject)
            throws SQLException {
        return switch (decide.decide(turn.roster(), turn.now())) {
            case Decision.Accepted(List<Fact> facts) -> {
                Roster after = turn.roster().copy();
                facts.forEach(after::replay);
                turn.append(facts);
                yield new Answer(accepted, json("accepted", null, turn, facts, subject.apply(facts), after));
            }
            case Decision.Unchanged(String words) ->
                new Answer(200, json("unchanged", words, turn, List.of(), subject.apply(List.of()), turn.roster()));
            case Decision.Rejected(String reason, String words) ->
                throw Problem.of(ProblemType.REFUSED, words).because(reason).asException();
        };
    }

    private String json(
            String result,
            @Nullable String message,
            Turn turn,
            List<Fact> facts,
            @Nullable Subject subject,
            Roster after) {
        ObjectNode json = mapper.createObjectNode();
        json.put("result", result);
        json.put("message", message);
        ArrayNode events = json.putArray("events");
        facts.forEach(fact -> events.add(fact.event().type()));
        json.put("position", Positions.text(turn.position()));
        if (subject != null) {
            json.put("version", turn.version(subject.streamId()) + ofStream(subject.streamId(), facts));
            json.set(subject.kind().code(), subject.image(after).orElseThrow());
        }
        try {
            return mapper.writeValueAsString(json);
        } catch (JsonProcessingException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static long ofStream(String streamId, List<Fact> facts) {
        return facts.stream()
                .filter(fact -> fact.event().streamId().equals(streamId))
                .count();
    }

    private static @Nullable Subject createdAgreement(List<Fact> facts) {
        return facts.stream()
                .map(Fact::event)
                .filter(AgreementEvent.class::isInstance)
                .map(AgreementEvent.class::cast)
                .map(event -> event.after().id())
                .findFirst()
                .map(Editing::agreement)
                .orElse(null);
    }

    private static Subject agreement(UUID id) {
        return new Subject(Subject.Kind.AGREEMENT, id);
    }

    static ObjectNode requireKnown(Subject subject, Roster roster) {
        return subject.image(roster).orElseThrow(() -> Problem.of(
                        ProblemType.NOT_FOUND, "There is no " + subject.kind().code() + " " + subject.id() + ".")
                .asException());
    }
}
