package ledger287.reporting.ingest;

import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import ledger287.reporting.ingest.AppendBuffer.Apply;
import ledger287.reporting.ingest.AppendBuffer.Gap;
import ledger287.reporting.ingest.AppendBuffer.Wait;
import ledger287.reporting.ingest.SourceLog.Place;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Follows one log through its topic. Batches come in on the consumer's thread; {@link #take} returns when everything in
 * the batch is applied, buffered or to be read again.
 */
final class Follower implements LogConsumer.Navigator {
    private static final Logger LOG = Logger.getLogger(Follower.class);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(200);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(15);
    private static final long INSIDE = -1;
    private static final Duration FIRST_REREAD = Duration.ofSeconds(2);

    /** Each third time that it is called, the topic is looked at: three questions to the broker, and one to the database. */
    private static final int LOOK_EVERY = 3;

    private final String log;
    private final TopicPartition partition;
    private final Projection projection;
    private final TopicWatch watch;
    private final LogConsumer consumer;
    private final FollowerStatus status;
    private final AppendBuffer buffer = new AppendBuffer();
    private final AtomicBoolean beginAnew = new AtomicBoolean(true);
    private final StopFlag stopped = new StopFlag();
    private volatile boolean assigned;
    private volatile String topicId = "";
    private volatile long outsideAt = INSIDE;
    private int looks;
    private volatile @Nullable Missing missing;
    private volatile Duration nextRereadAfter = FIRST_REREAD;

    Follower(
            String log,
            String topic,
            Projection projection,
            TopicWatch watch,
            LogConsumer consumer,
            FollowerStatus status) {
        this.log = log;
        this.partition = new TopicPartition(topic, 0);
        this.projection = projection;
        this.watch = watch;
        this.consumer = consumer;
        this.status = status;
    }

    void take(Batch batch) {
        List<TopicRecord> whole = new ArrayList<>();
        long readTo = 0;
        for (ConsumerRecord<String, byte[]> record : batch.records()) {
            if (beginAnew.getAndSet(false)) {
                apply(whole, whole.isEmpty() ? 0 : whole.getLast().offset() + 1);
                whole.clear();
                if (!resetBuffer()) {
                    return;
                }
            }
            switch (buffer.take(TopicRecord.read(log, record.offset(), record.key(), record.value()))) {
                case Wait wait -> {}
                case Apply apply -> whole.addAll(apply.records());
                case Gap gap -> missing(new GapException(log, gap.expected(), gap.found()));
            }
            found(buffer.newest());
            readTo = record.offset() + 1;
        }
        if (missing == null && buffer.isEmpty()) {
            apply(whole, readTo);
        } else if (!whole.isEmpty()) {
            apply(whole, whole.getLast().offset() + 1);
        }
    }

    /**
     * Tries until it is done: in a new transaction each time, with pauses that grow.
     *
     * @param records whole appends, so that no reader ever sees half of one; none when all was known already
     * @param nextOffset where to go on afterwards
     */
    private void apply(List<TopicRecord> records, long nextOffset) {
        if (nextOffset == 0) {
            return;
        }
        Duration pause = FIRST_PAUSE;
        while (!stopped.isRaised()) {
            try {
                projection.apply(log, topicId, records, nextOffset);
                status.database(null);
                return;
            } catch (GapException e) {
                missing(e);
                return;
            } catch (SQLException | RuntimeException e) {
                pause = troubled("What ends before offset " + nextOffset + " cannot be applied now", e, pause);
            }
        }
    }

    private boolean resetBuffer() {
        Duration pause = FIRST_PAUSE;
        while (!stopped.isRaised()) {
            try {
                Place place = projection.place(log);
                buffer.reset(place.position(), projection.illegibleAfter(log, place.position()));
                status.database(null);
                return true;
            } catch (SQLException | RuntimeException e) {
                pause = troubled("How far the log " + log + " is applied cannot be read now", e, pause);
            }
        }
        return false;
    }

    /** The pause has passed when this returns. */
    private Duration troubled(String what, Exception e, Duration pause) {
        LOG.warnf(e, "%s; trying again in %d ms", what, pause.toMillis());
        status.database(what + ": " + e.getMessage());
        stopped.pause(pause);
        Duration doubled = pause.multipliedBy(2);
        return doubled.compareTo(LONGEST_PAUSE) < 0 ? doubled : LONGEST_PAUSE;
    }

    /**
     * A position is missing. Another instance may have applied it meanwhile, so at first we quietly read again from the
     * stored offset. From then on what comes out of turn is ignored, until the missing position is read; nothing is ever
     * skipped.
     */
    private void missing(GapException gap) {
        Missing already = missing;
        if (already != null) {
            missing = already.upTo(gap.found());
            return;
        }
        LOG.warnf("%s; reading again from the stored offset", gap.getMessage());
        missing = new Missing(String.valueOf(gap.getMessage()), System.nanoTime(), gap.found());
        nextRereadAfter = FIRST_REREAD;
        beginAnew.set(true);
        consumer.run(this::seekToStored);
    }

    /** All is well again when everything that was ignored, because it came out of turn, has been taken. */
    private void found(long newest) {
        Missing still = missing;
        if (still != null && newest >= still.ignoredUpTo()) {
            missing = null;
        }
    }

    /** What stays missing is looked for from the beginning again and again, and said aloud. */
    private void lookForMissing() {
        Missing still = missing;
        if (still == null) {
            status.gap(null);
            return;
        }
        Duration waited = Duration.ofNanos(System.nanoTime() - still.since());
        if (waited.compareTo(nextRereadAfter) < 0) {
            return;
        }
        status.gap(still.words());
        LOG.errorf("%s; reading the topic from the beginning", still.words());
        nextRereadAfter = nextRereadAfter.multipliedBy(2);
        // What the buffer holds stays: the missing record may stand behind those that follow it in the log, and is
        // completed by them when they are read once more.
        consumer.run(this::seekToBeginning);
    }

    /**
     * A position that did not come when it was its turn.
     *
     * @param since by the monotonic clock
     * @param ignoredUpTo the newest position that came out of turn
     */
    private record Missing(String words, long since, long ignoredUpTo) {
        Missing upTo(long position) {
            return position > ignoredUpTo ? new Missing(words, since, position) : this;
        }
    }

    /** Goes on where the query stores are. */
    @Override
    public void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions) {
        if (!partitions.contains(partition)) {
            return;
        }
        assigned = true;
        beginAnew.set(true);
        seekToStored(consumer);
    }

    @Override
    public void revoked(Collection<TopicPartition> partitions) {
        if (partitions.contains(partition)) {
            assigned = false;
        }
    }

    /** Looks at the topic from outside; called every two seconds. While all is well it does so less often. */
    void lookAtTopic() {
        try {
            look();
        } catch (RuntimeException e) {
            // The schedule would end; and what could not be seen now may be seen next time.
            LOG.warnf(e, "The topic %s cannot be looked at now", partition.topic());
            status.broker("The topic cannot be looked at now: " + e);
        }
    }

    private void look() {
        lookForMissing();
        if (looks++ % LOOK_EVERY != 0 && isWell()) {
            return;
        }
        TopicWatch.Sight sight;
        try {
            sight = watch.look(partition);
        } catch (TopicWatch.OutOfSight e) {
            status.broker(e.getMessage());
            return;
        }
        status.broker(null);
        switch (sight) {
            case TopicWatch.NoTopic none -> status.lag(0);
            case TopicWatch.Topic topic -> {
                if (assigned && !topic.id().equals(topicId)) {
                    LOG.warnf("The topic %s was made anew; reading it from the beginning", partition.topic());
                    consumer.run(polled -> {
                        topicId = topic.id();
                        beginAnew.set(true);
                        seekToBeginning(polled);
                    });
                } else if (assigned) {
                    consumer.run(polled -> checkRange(polled, topic));
                }
                measureLag(topic);
            }
        }
    }

    private boolean isWell() {
        return assigned
                && missing == null
                && outsideAt == INSIDE
                && status.lag() == 0
                && status.trouble().isEmpty();
    }

    private void checkRange(Consumer<?, ?> consumer, TopicWatch.Topic topic) {
        if (!consumer.assignment().contains(partition)) {
            return;
        }
        long position = consumer.position(partition, Duration.ofSeconds(2));
        boolean outside = position < topic.beginning() || position > topic.end();
        // Records may have come between the two looks; what is still so at the next look is so.
        boolean certain = outside && position == outsideAt;
        outsideAt = outside ? position : INSIDE;
        if (certain) {
            LOG.warnf(
                    "Offset %d is outside of the topic %s (%d to %d); reading it from the beginning",
                    position, partition.topic(), topic.beginning(), topic.end());
            beginAnew.set(true);
            seekToBeginning(consumer);
        }
    }

    private void measureLag(TopicWatch.Topic topic) {
        try {
            Place place = projection.place(log);
            status.place(null);
            boolean sameTopic = topic.id().equals(place.topicId());
            long behind = topic.end() - (sameTopic ? place.nextOffset() : topic.beginning());
            // The marker that ends the last transaction takes an offset too.
            status.lag(behind <= 1 ? 0 : behind);
        } catch (SQLException e) {
            status.place("How far the log " + log + " is applied cannot be read now: " + e.getMessage());
        }
    }

    private void seekToStored(Consumer<?, ?> consumer) {
        Place place;
        try {
            place = projection.place(log);
            if (watch.look(partition) instanceof TopicWatch.Topic topic) {
                topicId = topic.id();
                if (!topic.id().equals(place.topicId()) || place.nextOffset() > topic.end()) {
                    seekToBeginning(consumer);
                    return;
                }
            }
        } catch (SQLException | RuntimeException | TopicWatch.OutOfSight e) {
            // From the beginning is always right, only slower: positions skip what is known.
            LOG.warnf(e, "Where to go on in %s cannot be found out now; reading from the beginning", partition);
            seekToBeginning(consumer);
            return;
        }
        LOG.infof("Reading %s from offset %d", partition, place.nextOffset());
        consumer.seek(partition, place.nextOffset());
    }

    private void seekToBeginning(Consumer<?, ?> consumer) {
        if (consumer.assignment().contains(partition)) {
            consumer.seekToBeginning(List.of(partition));
        }
    }

    void stop() {
        stopped.raise();
    }
}
