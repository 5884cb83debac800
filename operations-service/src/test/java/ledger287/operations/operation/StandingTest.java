package ledger287.operations.operation;

import static ledger287.operations.operation.Samples.ICE;
import static ledger287.operations.operation.Samples.SHERIFF;
import static ledger287.operations.operation.Samples.act;
import static ledger287.operations.operation.Samples.arrests;
import static ledger287.operations.operation.Samples.facts;
import static ledger287.operations.operation.Samples.id;
import static ledger287.operations.operation.Samples.operation;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import ledger287.operations.operation.Decision.Rejected;
import ledger287.operations.operation.LedgerEvent.ClaimEvent;
import org.junit.jupiter.api.Test;

class StandingTest {

    @Test
    void runningTotalsLeaveOneCurrentFigureAndThreeInTheHistory() {
        Dossier dossier = made(Dossier.of(operation()), 1, arrests(Figure.exactly(780), ICE, 1));
        dossier = made(dossier, 2, arrests(Figure.nearly(800), ICE, 3));
        dossier = made(dossier, 3, arrests(Figure.exactly(1120), ICE, 9));

        assertThat(dossier.claims()).hasSize(3);
        assertThat(current(dossier))
                .extracting(claim -> claim.statement().figure().text())
                .containsExactly("1,120");
        assertThat(dossier.claim(id(1)).orElseThrow().supersededBy()).isEqualTo(id(2));
        assertThat(dossier.claim(id(2)).orElseThrow().supersededBy()).isEqualTo(id(3));
        assertThat(dossier.claim(id(3)).orElseThrow().supersedes()).isEqualTo(id(2));
    }

    @Test
    void aRivalClaimIsKeptBeside() {
        Dossier dossier = made(Dossier.of(operation()), 1, arrests(Figure.exactly(95), ICE, 1));
        dossier = made(dossier, 2, arrests(Figure.exactly(96), SHERIFF, 2));
        assertThat(current(dossier)).hasSize(2);
    }

    @Test
    void anotherSpokespersonOfTheSameOrganizationIsTheSameSpeaker() {
        Speaker first = new Speaker("A. Doe", "Fictional Bureau", true);
        Speaker second = new Speaker("B. Roe", " fictional  bureau", true);
        Dossier dossier = made(Dossier.of(operation()), 1, arrests(Figure.exactly(95), first, 1));
        dossier = made(dossier, 2, arrests(Figure.exactly(96), second, 2));
        assertThat(current(dossier)).extracting(Claim::id).containsExactly(id(2));
    }

    @Test
    void anOlderClaimRecordedLateIsCurrentOnlyUntilTheNewerOneWasKnown() {
        Dossier dossier = made(Dossier.of(operation()), 1, arrests(Figure.exactly(1120), ICE, 9));
        List<Fact> late = facts(ClaimDecider.make(dossier, id(2), arrests(Figure.exactly(780), ICE, 1), null, act(12)));

        assertThat(late).extracting(fact -> fact.event().type()).containsExactly("claim-made", "claim-superseded");
        assertThat(((ClaimEvent) late.get(0).event()).after().isCurrent()).isTrue();
        assertThat(late.get(0).knownAt()).isEqualTo(Samples.noon(1));
        assertThat(late.get(1).knownAt()).isEqualTo(Samples.noon(9));
        assertThat(current(dossier.after(late))).extracting(Claim::id).containsExactly(id(1));
    }

    @Test
    void anotherSpeakersClaimIsSupersededWhenTheRecorderSaysSo() {
        Dossier dossier = made(Dossier.of(operation()), 1, arrests(Figure.exactly(95), SHERIFF, 1));
        dossier = dossier.after(
                facts(ClaimDecider.make(dossier, id(2), arrests(Figure.exactly(96), ICE, 2), id(1), act(2))));
        assertThat(current(dossier)).extracting(Claim::id).containsExactly(id(2));
    }

    @Test
    void aClaimSupersedesNeitherALaterOneNorOneOfAnotherMetricNorItself() {
        Dossier dossier = made(Dossier.of(operation()), 1, arrests(Figure.exactly(95), SHERIFF, 5));
        Statement earlier = arrests(Figure.exactly(96), ICE, 2);
        assertThat(ClaimDecider.make(dossier, id(2), earlier, id(1), act(2)))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.code()).isEqualTo("superseded-later"));
        assertThat(ClaimDecider.make(dossier, id(2), earlier, id(2), act(2)))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.code()).isEqualTo("unknown-superseded"));
        Statement stops = new Statement(
                Metric.STOPS,
                Figure.exactly(9),
                PartialDate.NOT_KNOWN,
                Samples.day(8),
                ICE,
                null,
                "https://news.example.org/",
                null);
        assertThat(ClaimDecider.make(dossier, id(2), stops, id(1), act(2)))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.code()).isEqualTo("superseded-other-metric"));
    }

    @Test
    void whatARetractedClaimHadSupersededStandsAgain() {
        Dossier dossier = made(Dossier.of(operation()), 1, arrests(Figure.exactly(780), ICE, 1));
        dossier = made(dossier, 2, arrests(Figure.exactly(1120), ICE, 9));
        List<Fact> facts =
                facts(ClaimDecider.retract(dossier, dossier.claim(id(2)).orElseThrow(), act(12)));

        assertThat(facts)
                .extracting(fact -> fact.event().type())
                .containsExactly("claim-retracted", "claim-reinstated");
        Dossier after = dossier.after(facts);
        assertThat(current(after)).extracting(Claim::id).containsExactly(id(1));
        assertThat(after.claim(id(2)).orElseThrow().reason()).isEqualTo("A reason");
    }

    @Test
    void aCorrectedSpeakerChangesWhatSupersedesWhat() {
        Dossier dossier = made(Dossier.of(operation()), 1, arrests(Figure.exactly(95), ICE, 1));
        dossier = made(dossier, 2, arrests(Figure.exactly(96), ICE, 2));
        List<Fact> facts = facts(ClaimDecider.correct(
                dossier, dossier.claim(id(1)).orElseThrow(), arrests(Figure.exactly(95), SHERIFF, 1), act(12)));
        Dossier after = dossier.after(facts);
        assertThat(current(after)).hasSize(2);
        assertThat(after.claim(id(2)).orElseThrow().supersedes()).isNull();
    }

    @Test
    void thePreferenceIsForOneClaimOfAMetric() {
        Dossier dossier = made(Dossier.of(operation()), 1, arrests(Figure.exactly(95), ICE, 1));
        dossier = made(dossier, 2, arrests(Figure.exactly(96), SHERIFF, 2));
        dossier = dossier.after(
                facts(ClaimDecider.prefer(dossier, dossier.claim(id(1)).orElseThrow(), act(3))));
        dossier = dossier.after(
                facts(ClaimDecider.prefer(dossier, dossier.claim(id(2)).orElseThrow(), act(4))));
        assertThat(dossier.claims().stream().filter(Claim::preferred))
                .extracting(Claim::id)
                .containsExactly(id(2));
    }

    @Test
    void theOrderOfRecordingDoesNotMatter() {
        Seeds.each(random -> assertTheSameStands(recordingOrder(random)));
    }

    private static void assertTheSameStands(List<Integer> order) {
        Dossier dossier = Dossier.of(operation());
        for (int n : order) {
            Speaker speaker = n % 2 == 0 ? ICE : SHERIFF;
            dossier = made(dossier, n, arrests(Figure.exactly(n), speaker, n));
        }
        int newest = order.stream().max(Integer::compareTo).orElseThrow();
        assertThat(current(dossier)).extracting(Claim::id).containsExactlyInAnyOrder(id(newest), id(newest - 1));
        for (int n = 1; n <= newest - 2; n++) {
            assertThat(dossier.claim(id(n)).orElseThrow().supersededBy()).isEqualTo(id(n + 2));
        }
    }

    @Test
    void everyEventsImageBeforeIsTheOneAfterOfTheEventBefore() {
        Seeds.each(random -> assertImagesFollowEachOther(recordingOrder(random)));
    }

    private static void assertImagesFollowEachOther(List<Integer> order) {
        Dossier dossier = Dossier.of(operation());
        for (int n : order) {
            List<Fact> facts =
                    facts(ClaimDecider.make(dossier, id(n), arrests(Figure.exactly(n), ICE, n), null, act(30)));
            assertContinuous(dossier, facts);
            dossier = dossier.after(facts);
        }
        for (int n : order) {
            List<Fact> facts =
                    facts(ClaimDecider.retract(dossier, dossier.claim(id(n)).orElseThrow(), act(31)));
            assertContinuous(dossier, facts);
            dossier = dossier.after(facts);
        }
        assertThat(current(dossier)).isEmpty();
    }

    private static List<Integer> recordingOrder(Random random) {
        List<Integer> order = new ArrayList<>(List.of(1, 2, 3, 4, 5, 6, 7));
        Collections.shuffle(order, random);
        return order;
    }

    private static void assertContinuous(Dossier dossier, List<Fact> facts) {
        Dossier soFar = dossier;
        for (Fact fact : facts) {
            ClaimEvent event = (ClaimEvent) fact.event();
            assertThat(event.before()).isEqualTo(soFar.claim(event.after().id()).orElse(null));
            soFar = soFar.after(List.of(fact));
        }
        assertThat(Standing.settle(soFar.claims())).isEqualTo(soFar.claims());
    }

    private static Dossier made(Dossier dossier, int n, Statement statement) {
        return dossier.after(facts(ClaimDecider.make(dossier, id(n), statement, null, act(30))));
    }

    private static List<Claim> current(Dossier dossier) {
        return dossier.claims().stream().filter(Claim::isCurrent).toList();
    }
}
