package ledger287.reporting.ingest;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.consumer.CloseOptions;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.InvalidOffsetException;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.RetriableException;
import org.apache.kafka.common.errors.WakeupException;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.eclipse.microprofile.reactive.messaging.Message;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * Reads one topic, on a thread of its own: polls, hands on what came, and polls again when that is acknowledged. So what is
 * handed on was read after whatever moved the consumer before, and there is nobody in between to be woken (ADR 75). It goes
 * on until it is stopped: what it cannot use any more it makes anew.
 */
final class LogConsumer {
    private static final Logger LOG = Logger.getLogger(LogConsumer.class);
    private static final Duration POLL = Duration.ofSeconds(5);

    /** Longer than a fetch takes whose records are there already, on a busy machine too. */
    private static final Duration POLL_FOR_MORE = Duration.ofMillis(25);

    private static final Duration AFTER_TROUBLE = Duration.ofSeconds(1);
    private static final Duration STOP_CHECK = Duration.ofMillis(100);
    private static final Duration TO_CLOSE = Duration.ofSeconds(2);

    /** Who decides where to read. Called on the consumer's own thread. */
    interface Navigator {
        /** Seeks, in the partitions that have become ours. */
        void assigned(Consumer<?, ?> consumer, Collection<TopicPartition> partitions);

        void revoked(Collection<TopicPartition> partitions);
    }

    private final String channel;
    private final CompletableFuture<Navigator> navigator = new CompletableFuture<>();
    private final Queue<java.util.function.Consumer<Consumer<?, ?>>> actions = new ConcurrentLinkedQueue<>();
    private final StopFlag stopped = new StopFlag();
    private volatile @Nullable Consumer<String, byte[]> open;
    private volatile @Nullable Thread thread;

    /** Whether it may be waiting for records, so that it has to be woken for anything else. */
    private volatile boolean waiting;

    private int moves;

    /** @param channel its name, and that of its thread */
    LogConsumer(String channel) {
        this.channel = channel;
    }

    /** Nothing is read before this is known. */
    void navigatedBy(Navigator decides) {
        navigator.complete(decides);
    }

    /**
     * What is read, for one subscriber.
     *
     * @param configuration of the Kafka consumer; deserializers are ours
     */
    Multi<Message<Batch>> read(String topic, Map<String, Object> configuration) {
        return Multi.createFrom()
                .emitter(
                        emitter -> {
                            emitter.onTermination(this::left);
                            thread = Thread.ofPlatform()
                                    .daemon()
                                    .name("log-" + channel)
                                    .start(() -> follow(topic, configuration, emitter));
                        },
                        BackPressureStrategy.BUFFER);
    }

    /** Has something done with the consumer, soon, on its thread; while there is none, once there is one. */
    void run(java.util.function.Consumer<Consumer<?, ?>> action) {
        actions.add(action);
        if (waiting) {
            wake();
        }
    }

    /** Ends, without waiting for it. */
    void stop() {
        stopped.raise();
        navigator.cancel(false);
        wake();
    }

    private void left() {
        if (!stopped.isRaised()) {
            LOG.warnf("Nobody takes what comes from %s any more; it is not read any longer", channel);
        }
        stop();
    }

    /** Waits until it has ended. */
    void awaitEnd(Duration patience) {
        Thread reading = thread;
        try {
            if (reading != null && !reading.join(patience)) {
                LOG.warnf("The consumer of %s has not ended within %d ms", channel, patience.toMillis());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void wake() {
        Consumer<String, byte[]> known = open;
        if (known != null) {
            known.wakeup();
        }
    }

    private void follow(String topic, Map<String, Object> configuration, MultiEmitter<? super Message<Batch>> emitter) {
        Navigator decides;
        try {
            decides = navigator.join();
        } catch (CancellationException e) {
            LOG.debugf("%s was stopped before anybody decided where to read", channel);
            return;
        }
        while (!stopped.isRaised()) {
            try {
                consume(topic, configuration, decides, emitter);
            } catch (RuntimeException | Error e) {
                // The broker's name may not be known yet, or this instance have lost its place in the group. A log that
                // nobody reads any more looks like one in which nothing happens.
                LOG.errorf(e, "The consumer of %s cannot be used; it is made anew", channel);
                stopped.pause(AFTER_TROUBLE);
            }
        }
    }

    private void consume(
            String topic,
            Map<String, Object> configuration,
            Navigator decides,
            MultiEmitter<? super Message<Batch>> emitter) {
        var consumer =
                new KafkaConsumer<>(Map.copyOf(configuration), new StringDeserializer(), new ByteArrayDeserializer());
        open = consumer;
        try {
            consumer.subscribe(List.of(topic), new ConsumerRebalanceListener() {
                @Override
                public void onPartitionsAssigned(Collection<TopicPartition> partitions) {
                    moves++;
                    decides.assigned(consumer, partitions);
                }

                @Override
                public void onPartitionsRevoked(Collection<TopicPartition> partitions) {
                    moves++;
                    decides.revoked(partitions);
                }
            });
            Pace pace = new Pace(System.nanoTime());
            while (!stopped.isRaised()) {
                turn(consumer, pace, decides, emitter);
            }
        } finally {
            open = null;
            consumer.close(CloseOptions.timeout(TO_CLOSE));
        }
    }

    private void turn(
            Consumer<String, byte[]> consumer,
            Pace pace,
            Navigator decides,
            MultiEmitter<? super Message<Batch>> emitter) {
        try {
            long now = System.nanoTime();
            boolean fast = pace.isFast(now);
            stopped.pause(pace.pause(now));
            var records = await(consumer);
            if (records.isEmpty()) {
                return;
            }
            int moved = moves;
            if (fast) {
                pollForMore(consumer, records);
            }
            if (moves != moved) {
                // Some of it was read before the consumer was moved, some perhaps after it: all of it is read again.
                decides.assigned(consumer, consumer.assignment());
                return;
            }
            pace.goesOn(records.size(), System.nanoTime());
            if (!handOn(new Batch(records), emitter)) {
                stopped.pause(AFTER_TROUBLE);
                decides.assigned(consumer, consumer.assignment());
            }
        } catch (WakeupException e) {
            LOG.tracef("The consumer of %s was woken", channel);
        } catch (InvalidOffsetException e) {
            LOG.warnf("The consumer of %s does not know where to read: %s", channel, e.getMessage());
            stopped.pause(AFTER_TROUBLE);
            decides.assigned(consumer, e.partitions());
        } catch (RetriableException e) {
            LOG.warnf(e, "Nothing of %s can be read now", channel);
            stopped.pause(AFTER_TROUBLE);
        }
    }

    /** Does what is to be done with the consumer, and waits for records. */
    private List<ConsumerRecord<String, byte[]>> await(Consumer<String, byte[]> consumer) {
        var records = new ArrayList<ConsumerRecord<String, byte[]>>();
        waiting = true;
        try {
            act(consumer);
            poll(consumer, POLL, records);
        } finally {
            waiting = false;
        }
        return records;
    }

    private void act(Consumer<String, byte[]> consumer) {
        for (var action = actions.poll(); action != null; action = actions.poll()) {
            try {
                action.accept(consumer);
            } catch (WakeupException e) {
                throw e;
            } catch (RuntimeException e) {
                LOG.warnf(e, "The consumer of %s could not be moved", channel);
            }
        }
    }

    /** Whether there was something. */
    private static boolean poll(
            Consumer<String, byte[]> consumer, Duration patience, List<ConsumerRecord<String, byte[]>> into) {
        var found = consumer.poll(patience);
        found.forEach(into::add);
        return !found.isEmpty();
    }

    /**
     * The first answer was on its way before the pause, and does not know what has come since. What has been read goes on
     * whatever happens here: it would not be read again.
     */
    private void pollForMore(Consumer<String, byte[]> consumer, List<ConsumerRecord<String, byte[]>> into) {
        try {
            long begun = System.nanoTime();
            Duration left = POLL_FOR_MORE;
            // A poll that came upon the end of a transaction only returns at once, and with nothing.
            while (left.isPositive() && into.size() < Pace.ENOUGH) {
                boolean done = poll(consumer, left, into) && !behind(consumer);
                left = done ? Duration.ZERO : POLL_FOR_MORE.minusNanos(System.nanoTime() - begun);
            }
        } catch (WakeupException e) {
            LOG.tracef("The consumer of %s was woken", channel);
        } catch (KafkaException e) {
            LOG.warnf(e, "No more of %s can be read now", channel);
        }
    }

    /** Whether the last answer said that there is more. */
    private static boolean behind(Consumer<?, ?> consumer) {
        return consumer.assignment().stream()
                .anyMatch(partition -> consumer.currentLag(partition).orElse(0) > 0);
    }

    /** Whether it was taken, by whoever takes it; when we end before that, nobody knows. */
    private boolean handOn(Batch batch, MultiEmitter<? super Message<Batch>> emitter) {
        var taken = new CompletableFuture<Boolean>();
        emitter.emit(Message.of(batch, () -> answer(taken, true), failure -> {
            LOG.errorf(failure, "A batch of %s was not taken; reading it again", channel);
            return answer(taken, false);
        }));
        // Done already, unless whoever takes it goes on elsewhere.
        while (!stopped.isRaised()) {
            try {
                return taken.get(STOP_CHECK.toMillis(), TimeUnit.MILLISECONDS);
            } catch (TimeoutException e) {
                LOG.tracef("A batch of %s is still being taken", channel);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                stop();
            } catch (ExecutionException e) {
                throw new IllegalStateException(e);
            }
        }
        return true;
    }

    private static CompletionStage<Void> answer(CompletableFuture<Boolean> taken, boolean done) {
        taken.complete(done);
        return CompletableFuture.completedFuture(null);
    }
}
