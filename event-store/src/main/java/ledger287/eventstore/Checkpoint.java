package ledger287.eventstore;

import org.jspecify.annotations.Nullable;

/**
 * What the database knows about the topic.
 *
 * @param topicId the topic that {@code position} is about; null before there is one
 * @param generation how often an operator has ordered a publication from the start
 * @param adopting the operator's word to publish into whatever topic is found, from position 1
 * @param publication names what has been published since this topic was taken for the log's: another topic, or a
 *     publication from the start, has another
 * @param position the last position known to be on the topic
 */
record Checkpoint(@Nullable String topicId, int generation, boolean adopting, String publication, long position) {

    static final Checkpoint NONE = new Checkpoint(null, 0, false, "", 0);

    Checkpoint at(long newPosition) {
        return new Checkpoint(topicId, generation, adopting, publication, newPosition);
    }

    boolean sameTopicAndGeneration(Checkpoint other) {
        return generation == other.generation && topicId != null && topicId.equals(other.topicId);
    }
}
