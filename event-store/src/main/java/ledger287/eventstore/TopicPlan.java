package ledger287.eventstore;

import java.util.Optional;

/** What to do with the topic that was found, given what the database knows: a pure decision. */
sealed interface TopicPlan {

    /** It never existed. */
    record Create(String topic) implements TopicPlan {}

    /** It is empty, or the operator said to use it: it is this log's from now on. */
    record Adopt(String topicId) implements TopicPlan {}

    /** It is the one we know. */
    record Continue(Checkpoint agreed) implements TopicPlan {}

    static TopicPlan of(String topic, Checkpoint known, Optional<TopicFound> found) throws PublisherHalted {
        if (found.isEmpty()) {
            if (known.topicId() == null) {
                return new Create(topic);
            }
            throw new PublisherHalted("Topic " + topic + " is gone; it had been published up to position "
                    + known.position() + ". If it is lost for good, order a publication from the start: the topic is"
                    + " made anew then, and readers drop what they have by position.");
        }
        TopicFound now = found.get();
        if (now.partitions() != 1) {
            throw new PublisherHalted("Topic " + topic + " has " + now.partitions()
                    + " partitions, and only one keeps the order of the log. Delete it; it will be made anew.");
        }
        if (!now.keepsEverything()) {
            throw new PublisherHalted("Topic " + topic + " does not keep its records for ever. Set retention.ms=-1,"
                    + " retention.bytes=-1 and cleanup.policy=delete on it.");
        }
        if (known.topicId() == null) {
            if (known.adopting() || now.endOffset() == 0) {
                return new Adopt(now.id());
            }
            throw new PublisherHalted("Topic " + topic + " holds records, but this database has never published any."
                    + " If it is the topic of another ledger, configure another name. If this database replaces a lost"
                    + " one, order a publication from the start.");
        }
        if (!known.topicId().equals(now.id())) {
            throw new PublisherHalted("Topic " + topic + " was deleted and made anew: its id is " + now.id()
                    + ", and what was published up to position " + known.position() + " went to " + known.topicId()
                    + ". Order a publication from the start to fill it again.");
        }
        boolean nothingRemoved = known.generation() > 0 || now.firstOffset() == 0;
        if (!nothingRemoved || now.endOffset() - now.firstOffset() < known.position()) {
            throw new PublisherHalted("Topic " + topic + " has lost records: offsets " + now.firstOffset() + " to "
                    + now.endOffset() + " cannot hold " + known.position() + " positions from the first. Order a"
                    + " publication from the start to fill it again.");
        }
        return new Continue(known);
    }
}
