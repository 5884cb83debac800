package ledger287.agreements.ledger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.ResourceArg;
import io.quarkus.test.common.TestResourceScope;
import io.quarkus.test.common.WithTestResource;
import io.quarkus.test.junit.QuarkusTest;
import jakarta.inject.Inject;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import javax.sql.DataSource;
import ledger287.agreements.publication.StoredFacts;
import ledger287.agreements.roster.Agency;
import ledger287.agreements.roster.AgencyChange;
import ledger287.agreements.roster.Fact;
import ledger287.agreements.roster.RosterEvent;
import ledger287.agreements.vocabulary.State;
import ledger287.eventstore.EventStore;
import ledger287.eventstore.Publisher;
import ledger287.service.command.Answer;
import ledger287.service.command.CommandRequest;
import ledger287.service.command.Receipts;
import ledger287.service.problem.ProblemException;
import ledger287.service.settings.ServiceSettings;
import ledger287.service.testing.FreshLedger;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Several instances of the service on one database, as in a cluster. */
@QuarkusTest
@WithTestResource(
        value = FreshLedger.class,
        scope = TestResourceScope.RESTRICTED_TO_CLASS,
        initArgs = @ResourceArg(name = "service", value = "agreements"))
final class SeveralInstancesTest {
    private static final Instant DAY = Instant.parse("2025-06-06T13:00:00Z");

    @Inject
    DataSource database;

    @Inject
    StoredFacts storedFacts;

    @Inject
    Publisher publisher;

    @Inject
    ServiceSettings settings;

    @Inject
    Receipts receipts;

    private List<Ledger> instances = List.of();

    @BeforeEach
    void startInstances() {
        instances = IntStream.range(0, 3).mapToObj(i -> instance()).toList();
    }

    @Test
    void eachCommandSeesWhatTheOthersDid() throws Exception {
        int before = agencies(instances.get(0));
        List<Callable<Integer>> commands = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            Ledger ledger = instances.get(i % 3);
            commands.add(() -> ledger.command(request(null, "-"), turn -> {
                        int known = turn.roster().agencies().size();
                        turn.append(withOpening(turn, agency("Agency " + known)));
                        return new Answer(known, "{}");
                    })
                    .status());
        }
        Set<Integer> known;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Integer> seen = new ArrayList<>();
            for (Future<Integer> answer : callers.invokeAll(commands)) {
                seen.add(answer.get());
            }
            known = Set.copyOf(seen);
            assertThat(seen).doesNotHaveDuplicates();
        }
        assertThat(known).isEqualTo(IntStream.range(before, before + 60).boxed().collect(Collectors.toSet()));
        for (Ledger instance : instances) {
            assertThat(agencies(instance)).isEqualTo(before + 60);
        }
    }

    @Test
    void theSameCommandSentToTwoInstancesAtOnceHappensOnce() throws Exception {
        int before = agencies(instances.get(0));
        List<Callable<String>> twins = new ArrayList<>();
        for (Ledger ledger : instances) {
            twins.add(() -> ledger.command(request("the-same-key", "the-same-body"), turn -> {
                        turn.append(withOpening(turn, agency("Twin")));
                        return new Answer(201, "{\"made\":\"" + UUID.randomUUID() + "\"}");
                    })
                    .json());
        }
        List<String> answers = new ArrayList<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Future<String> answer : callers.invokeAll(twins)) {
                answers.add(answer.get());
            }
        }
        assertThat(Set.copyOf(answers)).hasSize(1);
        assertThat(agencies(instances.get(1))).isEqualTo(before + 1);
    }

    @Test
    void aCommandThatFailsLeavesNothingBehind() throws SQLException {
        Ledger ledger = instances.get(0);
        int before = agencies(ledger);

        assertThatThrownBy(() -> ledger.command(request("failing-key", "body"), turn -> {
                    turn.append(withOpening(turn, agency("Never")));
                    throw new IllegalStateException("after the append");
                }))
                .hasMessage("after the append");
        assertThat(agencies(ledger)).isEqualTo(before);

        Answer answer = ledger.command(request("failing-key", "body"), turn -> {
            turn.append(withOpening(turn, agency("At last")));
            return new Answer(201, "{}");
        });
        assertThat(answer.status()).isEqualTo(201);
        assertThat(agencies(ledger)).isEqualTo(before + 1);
        assertThat(agencies(instances.get(2))).isEqualTo(before + 1);
    }

    @Test
    void aKeyServesOneRequest() throws SQLException {
        Ledger ledger = instances.get(0);
        ledger.command(request("one-key", "one body"), turn -> new Answer(200, "{}"));

        assertThatThrownBy(() ->
                        instances.get(1).command(request("one-key", "another body"), turn -> new Answer(200, "{}")))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("another request");
    }

    private Ledger instance() {
        return new Ledger(
                database,
                new EventStore(),
                receipts,
                storedFacts,
                publisher,
                UUID::randomUUID,
                Clock.systemUTC(),
                settings,
                new SimpleMeterRegistry());
    }

    private static int agencies(Ledger ledger) throws SQLException {
        return ledger.read(view -> view.roster().agencies().size());
    }

    private static CommandRequest request(@Nullable String key, String fingerprint) {
        return new CommandRequest("tester", key, fingerprint, UUID.randomUUID());
    }

    private static List<Fact> withOpening(Turn turn, Fact fact) {
        return turn.roster().sample().isPresent()
                ? List.of(fact)
                : List.of(new Fact(new RosterEvent.LedgerOpened(true, DAY), DAY, null, null), fact);
    }

    private static Fact agency(String name) {
        Agency agency = new Agency(UUID.randomUUID(), State.GA, name, null, null, List.of(), null, List.of());
        return new Fact(
                new RosterEvent.AgencyEvent(AgencyChange.REGISTERED, null, agency),
                DAY,
                null,
                new Fact.Editor("tester", "for the test", null));
    }
}
