package ledger287.eventstore;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TopicPlanTest {

    private static final Checkpoint TEN_PUBLISHED = new Checkpoint("id-1", 0, false, "publication-1", 10);
    private static final Checkpoint ORDERED_FROM_START = new Checkpoint(null, 1, true, "publication-1", 0);

    @Test
    void aTopicThatNeverExistedIsMade() throws PublisherHalted {
        assertThat(plan(Checkpoint.NONE, null)).isEqualTo(new TopicPlan.Create("t"));
        assertThat(plan(ORDERED_FROM_START, null)).isEqualTo(new TopicPlan.Create("t"));
    }

    @Test
    void anEmptyTopicMadeByTheOperatorIsAdopted() throws PublisherHalted {
        assertThat(plan(Checkpoint.NONE, found("id-1", 0, 0))).isEqualTo(new TopicPlan.Adopt("id-1"));
    }

    @Test
    void aTopicWithRecordsIsAdoptedOnTheOperatorsWordOnly() throws PublisherHalted {
        assertHalted(Checkpoint.NONE, found("id-1", 0, 7), "holds records");
        assertThat(plan(ORDERED_FROM_START, found("id-1", 3, 7))).isEqualTo(new TopicPlan.Adopt("id-1"));
    }

    @Test
    void theTopicThatIsKnownIsGoneOnWith() throws PublisherHalted {
        assertThat(plan(TEN_PUBLISHED, found("id-1", 0, 12))).isEqualTo(new TopicPlan.Continue(TEN_PUBLISHED));
    }

    @Test
    void aTopicThatIsGoneOrAnotherOrHasLostRecordsHalts() {
        assertHalted(TEN_PUBLISHED, null, "is gone");
        assertHalted(TEN_PUBLISHED, found("id-2", 0, 0), "made anew");
        assertHalted(TEN_PUBLISHED, found("id-1", 0, 9), "has lost records");
        assertHalted(TEN_PUBLISHED, found("id-1", 1, 12), "has lost records");
    }

    @Test
    void recordsRemovedBeforeThePublicationFromTheStartDoNotMatter() throws PublisherHalted {
        Checkpoint again = new Checkpoint("id-1", 1, false, "publication-2", 10);
        assertThat(plan(again, found("id-1", 5, 16))).isEqualTo(new TopicPlan.Continue(again));
        assertHalted(again, found("id-1", 7, 16), "has lost records");
    }

    @Test
    void aTopicThatWouldLoseOrderOrHistoryIsRefusedWhateverTheOperatorSays() {
        assertHalted(ORDERED_FROM_START, new TopicFound("id-1", 3, true, 0, 0), "3 partitions");
        assertHalted(ORDERED_FROM_START, new TopicFound("id-1", 1, false, 0, 0), "retention.ms=-1");
    }

    private static TopicFound found(String id, long firstOffset, long endOffset) {
        return new TopicFound(id, 1, true, firstOffset, endOffset);
    }

    private static TopicPlan plan(Checkpoint known, @Nullable TopicFound found) throws PublisherHalted {
        return TopicPlan.of("t", known, Optional.ofNullable(found));
    }

    private static void assertHalted(Checkpoint known, @Nullable TopicFound found, String words) {
        assertThatThrownBy(() -> plan(known, found))
                .isInstanceOf(PublisherHalted.class)
                .hasMessageContaining(words);
    }
}
