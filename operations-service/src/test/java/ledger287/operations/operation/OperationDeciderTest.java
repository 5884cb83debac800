package ledger287.operations.operation;

import static ledger287.operations.operation.Samples.ICE;
import static ledger287.operations.operation.Samples.act;
import static ledger287.operations.operation.Samples.arrests;
import static ledger287.operations.operation.Samples.description;
import static ledger287.operations.operation.Samples.facts;
import static ledger287.operations.operation.Samples.id;
import static ledger287.operations.operation.Samples.noon;
import static ledger287.operations.operation.Samples.operation;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.LocalDate;
import java.util.List;
import ledger287.operations.operation.Decision.Rejected;
import ledger287.operations.operation.Decision.Unchanged;
import ledger287.operations.operation.OperationDecider.FirstClaim;
import org.junit.jupiter.api.Test;

class OperationDeciderTest {

    @Test
    void anOperationIsKnownFromItsOldestSourceOn() {
        List<Fact> facts = facts(OperationDecider.record(
                id(1000),
                "quillmarsh",
                description("Quillmarsh"),
                List.of(new FirstClaim(id(1), arrests(Figure.exactly(196), ICE, 3))),
                act(20)));
        assertThat(facts).extracting(fact -> fact.event().type()).containsExactly("operation-recorded", "claim-made");
        assertThat(facts).extracting(Fact::knownAt).containsExactly(noon(1), noon(3));
    }

    @Test
    void anOperationWithoutAnySourceIsRefused() {
        Description said = description("Quillmarsh");
        Description unsaid = new Description(
                said.name(),
                null,
                said.start(),
                said.end(),
                said.places(),
                null,
                said.partners(),
                null,
                List.of(),
                Scope.OPERATION);
        assertThat(OperationDecider.record(id(1000), null, unsaid, List.of(), act(20)))
                .isInstanceOfSatisfying(
                        Rejected.class, r -> assertThat(r.code()).isEqualTo("no-source"));
    }

    @Test
    void anEditorsActIsKnownWhenItIsRecorded() {
        Dossier dossier = Dossier.of(operation());
        List<Fact> facts = facts(OperationDecider.correct(dossier, description("Quillmarsh week"), act(21)));
        assertThat(facts).extracting(Fact::knownAt).containsExactly(noon(21));
        assertThat(dossier.after(facts).operation().reason()).isEqualTo("A reason");
        assertThat(OperationDecider.correct(dossier, dossier.operation().description(), act(21)))
                .isEqualTo(new Unchanged());
    }

    @Test
    void otherPartnersLeaveTheRestAsItIs() {
        Dossier dossier = Dossier.of(operation());
        List<Partner> partners = List.of(new Partner("City of Emberlake Police", State.GA, "stops", null));
        Dossier after = dossier.after(facts(OperationDecider.changePartners(dossier, partners, act(21))));
        assertThat(after.operation().description())
                .isEqualTo(description("Quillmarsh").withPartners(partners));
        assertThat(after.operation().reason()).isNull();
    }

    @Test
    void aRetractedOperationTakesNothingMore() {
        Dossier dossier = Dossier.of(operation());
        Dossier retracted = dossier.after(facts(OperationDecider.retract(dossier, act(21))));
        assertThat(retracted.operation().status()).isEqualTo(OperationStatus.RETRACTED);
        assertThat(OperationDecider.retract(retracted, act(22))).isInstanceOf(Rejected.class);
        assertThat(OperationDecider.correct(retracted, description("X"), act(22)))
                .isInstanceOf(Rejected.class);
        assertThat(ClaimDecider.make(retracted, id(1), arrests(Figure.exactly(1), ICE, 1), null, act(22)))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void anOverlapIsRecordedWithBothAndReplacedByAnotherJudgement() {
        Dossier one = Dossier.of(operation());
        Dossier other = Dossier.of(
                new Operation(id(2000), null, description("Emberlake"), List.of(), OperationStatus.RECORDED, null));
        List<Fact> facts = facts(OperationDecider.declareOverlap(one, other, Relation.OVERLAPS, act(21)));
        Dossier oneAfter = one.after(facts);
        Dossier otherAfter = other.after(facts);
        assertThat(oneAfter.operation().overlaps())
                .containsExactly(new Overlap(id(2000), Relation.OVERLAPS, "A reason"));
        assertThat(otherAfter.operation().overlaps())
                .containsExactly(new Overlap(id(1000), Relation.OVERLAPS, "A reason"));
        assertThat(OperationDecider.declareOverlap(oneAfter, otherAfter, Relation.OVERLAPS, act(22)))
                .isEqualTo(new Unchanged());

        List<Fact> disjoint = facts(OperationDecider.declareOverlap(oneAfter, otherAfter, Relation.DISJOINT, act(22)));
        assertThat(oneAfter.after(disjoint).operation().overlaps())
                .containsExactly(new Overlap(id(2000), Relation.DISJOINT, "A reason"));
        assertThat(OperationDecider.declareOverlap(one, one, Relation.OVERLAPS, act(22)))
                .isInstanceOf(Rejected.class);
    }

    @Test
    void aDateKnowsHowMuchOfItIsKnown() {
        PartialDate may = PartialDate.month(2025, 5);
        assertThat(may.earliest()).isEqualTo(LocalDate.of(2025, 5, 1));
        assertThat(may.latest()).isEqualTo(LocalDate.of(2025, 5, 31));
        assertThatThrownBy(() -> new PartialDate(LocalDate.of(2025, 5, 13), Precision.MONTH, null, null, null))
                .hasMessageContaining("2025-05-01");
        assertThatThrownBy(() -> new PartialDate(null, Precision.DAY, null, null, null))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
