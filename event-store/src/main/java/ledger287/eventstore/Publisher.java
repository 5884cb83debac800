package ledger287.eventstore;

import java.lang.System.Logger.Level;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import javax.sql.DataSource;
import ledger287.eventstore.PublisherStatus.State;
import org.jspecify.annotations.Nullable;

/**
 * Carries the log to its topic: every event once, in position order, on partition 0, for readers that use {@code
 * isolation.level=read_committed}.
 *
 * <p>Each batch is one Kafka transaction, whose records carry their positions; the database learns of it afterwards.
 * Wherever this process dies, the next leader finds the later of the two and goes on from there. A batch is cut by count
 * and bytes, not by append: a reader that wants appends whole puts them together by the position at which they end.
 *
 * <p>Any number of instances may run; one publishes and the others stand by. A publisher that cannot go on without losing,
 * repeating or reordering records halts and says in its {@link #status()} what an operator must do. Whatever happens here,
 * appends are not affected.
 *
 * <p>Runs on one daemon thread of its own, between {@link #start()} and {@link #close()}.
 */
public final class Publisher implements AutoCloseable {

    private static final System.Logger LOG = System.getLogger(Publisher.class.getName());

    private static final Duration PATIENCE_ON_CLOSE = Duration.ofSeconds(5);

    private static final String REMEDY =
            "Restore a newer copy; or delete the topic, order a publication from the start, and"
                    + " let readers begin anew.";

    private final PublisherSettings settings;
    private final DataSource database;
    private final EventMapper mapper;
    private final PublisherListener listener;
    private final Clock clock;
    private final EventStore store;
    private final Checkpoints checkpoints;
    private final Thread thread;

    /** Wakes a publisher that waits for events. */
    private final Semaphore appended = new Semaphore(0);

    /** Wakes a publisher that waits for anything: an order of the operator, or the end. */
    private final Semaphore ordered = new Semaphore(0);

    private volatile boolean closing;
    private volatile PublisherStatus status;
    private volatile @Nullable Throwable lastError;

    /** A record that was refused together with others; the next batch ends before it, and the one after is it alone. */
    private long refusedPosition;

    /**
     * @param database gives the connection that this publisher keeps while it runs, and those of {@link
     *     #republishFromStart}. Must lead to one PostgreSQL session each: a pool in front that shares sessions between
     *     transactions would lend the leader's lock to others
     */
    public Publisher(
            PublisherSettings settings,
            DataSource database,
            EventStore store,
            EventMapper mapper,
            PublisherListener listener,
            Clock clock) {
        this.settings = settings;
        this.database = database;
        this.store = store;
        this.mapper = mapper;
        this.listener = listener;
        this.clock = clock;
        this.checkpoints = new Checkpoints(settings.log(), clock);
        this.status = new PublisherStatus(State.STOPPED, "Not started.", 0, 0, clock.instant());
        this.thread =
                Thread.ofPlatform().daemon().name("publisher-" + settings.log()).unstarted(this::run);
    }

    /** Starts publishing. Once only. */
    public void start() {
        report(State.CONNECTING, "Waiting for the database.");
        thread.start();
    }

    /** To be called after the commit of an append, so that readers need not wait for the next poll. Never blocks. */
    public void wake() {
        appended.release();
    }

    public PublisherStatus status() {
        return status;
    }

    /** The last position known to be on the topic. */
    public long publishedPosition() {
        return status.publishedPosition();
    }

    /** How many events of the log are not known to be on the topic. */
    public long lagEvents() {
        return status.lagEvents();
    }

    /** What went wrong last, though it may be over: {@link #status()} tells. Null when nothing ever did. */
    public @Nullable Throwable lastError() {
        return lastError;
    }

    /**
     * The operator's word to publish the whole log again from position 1, into the topic of that name: whichever there is,
     * or a new one. Kept in the database, so that it holds for every instance and after a restart. On a topic that still
     * has its records, readers see every position twice and drop the second by position.
     */
    public void republishFromStart() throws SQLException {
        try (Connection connection = database.getConnection()) {
            connection.setAutoCommit(true);
            checkpoints.republishFromStart(connection);
        }
        LOG.log(Level.WARNING, "Log {0}: the operator orders a publication from the start.", settings.log());
        ordered.release();
        appended.release();
    }

    /** Ends the thread: at once when it waits, else after the transaction it is in. The log can be published later. */
    @Override
    public void close() {
        closing = true;
        ordered.release();
        appended.release();
        try {
            if (thread.isAlive() && !thread.join(PATIENCE_ON_CLOSE)) {
                thread.interrupt();
                thread.join(PATIENCE_ON_CLOSE);
            }
        } catch (InterruptedException e) {
            thread.interrupt();
            Thread.currentThread().interrupt();
        }
    }

    private void run() {
        Backoff backoff = new Backoff(settings.pace());
        String end = "Stopped by a failure of its thread; restart the service.";
        try {
            while (!closing) {
                try (Leadership leadership = Leadership.connect(database, settings.log())) {
                    while (!closing) {
                        if (leadership.take()) {
                            backoff.reset();
                            lead(leadership.connection());
                        } else {
                            backoff.reset();
                            standBy(leadership.connection());
                        }
                    }
                } catch (SQLException e) {
                    failed("The database does not answer (" + firstLine(e) + "). Retrying.", e);
                    waitFor(ordered, backoff.next());
                }
            }
            end = "Closed.";
        } finally {
            report(State.STOPPED, end);
        }
    }

    private void standBy(Connection connection) throws SQLException {
        Checkpoints.Observed observed = checkpoints.observe(connection);
        reached(observed.checkpoint().position(), observed.head());
        report(State.STANDBY, "Another instance publishes; this one takes over when that ends.");
        waitFor(ordered, settings.pace().poll().dividedBy(4));
    }

    /** One transmission after the other, until this publisher closes or its connection to the database fails. */
    private void lead(Connection connection) throws SQLException {
        Backoff backoff = new Backoff(settings.pace());
        while (!closing) {
            reached(status.publishedPosition(), store.head(connection));
            connecting();
            try (Topic topic = new Topic(settings)) {
                Checkpoint agreed = agreeOnTopic(connection, topic);
                if (agreed.topicId() == null) {
                    continue;
                }
                try (Transmission transmission =
                        Transmission.open(settings, topic, agreed.topicId(), agreed.publication())) {
                    publish(connection, transmission, resume(connection, transmission, agreed), backoff);
                }
            } catch (PublisherHalted e) {
                lastError = e;
                report(State.HALTED, e.advice());
                waitFor(ordered, settings.pace().retryUpTo());
            } catch (RuntimeException e) {
                // Kafka's failures, and whatever else must not end the thread: the next transmission starts from what
                // broker and database know, so nothing that this one did or did not do can be lost or repeated.
                failed("Cannot publish (" + firstLine(e) + "). Appends go on; retrying.", e);
                waitFor(ordered, backoff.next());
            }
        }
    }

    /** Whoever failed before keeps saying why, until it works. */
    private void connecting() {
        switch (status.state()) {
            case STOPPED, CONNECTING, STANDBY ->
                report(State.CONNECTING, "Waiting for the broker at " + settings.brokers() + ".");
            case PUBLISHING, DEGRADED, HALTED -> {}
        }
    }

    /** What broker and database agree on; without a topic id when the operator has spoken meanwhile. */
    private Checkpoint agreeOnTopic(Connection connection, Topic topic) throws SQLException, PublisherHalted {
        Checkpoints.Observed observed = checkpoints.observe(connection);
        Checkpoint known = observed.checkpoint();
        reached(known.position(), observed.head());
        switch (TopicPlan.of(settings.topic(), known, topic.find())) {
            case TopicPlan.Create plan -> checkpoints.adopt(connection, topic.create(plan.topic()), known.generation());
            case TopicPlan.Adopt plan -> checkpoints.adopt(connection, plan.topicId(), known.generation());
            case TopicPlan.Continue plan -> {
                return plan.agreed();
            }
        }
        return checkpoints.observe(connection).checkpoint();
    }

    /** Where to go on: the later of what the broker committed and what the database was told. */
    private Checkpoint resume(Connection connection, Transmission transmission, Checkpoint agreed)
            throws SQLException, PublisherHalted {
        PublicationMark last = transmission.lastPublished().orElse(null);
        boolean ours = last != null && last.publication().equals(agreed.publication());
        Checkpoint from = agreed;
        if (last != null && ours) {
            if (last.position() < agreed.position()) {
                throw new PublisherHalted("Topic " + settings.topic() + " has lost records: it ends at position "
                        + last.position() + ", and had been published up to " + agreed.position()
                        + ". Order a publication from the start to fill it again.");
            }
            from = agreed.at(last.position());
        } else if (last != null && (agreed.position() > 0 || agreed.generation() == 0)) {
            // A topic that already held records is taken on an operator's word only.
            throw new PublisherHalted("Topic " + settings.topic() + " ends with position " + last.position()
                    + " of another publication than this database knows: the database was restored from an older copy,"
                    + " the topic has lost what was published since, or another ledger writes into it. " + REMEDY);
        }
        long head = store.head(connection);
        if (from.position() > head) {
            throw new PublisherHalted("Topic " + settings.topic() + " has been published up to position "
                    + from.position() + ", but the log ends at " + head
                    + ": it looks as if the database had been restored from an older copy. " + REMEDY);
        }
        if (last != null && ours) {
            requireInLog(connection, last);
        }
        checkpoints.advance(connection, from);
        reached(from.position(), head);
        return from;
    }

    /** An older copy of the database may have grown again beyond what was published: then other events stand there. */
    private void requireInLog(Connection connection, PublicationMark last) throws SQLException, PublisherHalted {
        List<StoredEvent> same = store.readBatch(
                connection, last.position() - 1, 1, settings.limits().batchBytes());
        if (same.isEmpty() || !same.getFirst().eventId().equals(last.eventId())) {
            throw new PublisherHalted("Topic " + settings.topic() + " holds event " + last.eventId() + " at position "
                    + last.position()
                    + ", but the log holds another there: it looks as if the database had been restored"
                    + " from an older copy. " + REMEDY);
        }
    }

    /** Publishes until this publisher closes, the operator orders a publication from the start, or something fails. */
    private void publish(Connection connection, Transmission transmission, Checkpoint from, Backoff backoff)
            throws SQLException, PublisherHalted {
        Checkpoint published = from;
        while (!closing) {
            List<StoredEvent> events = store.readBatch(
                    connection,
                    published.position(),
                    limitAfter(published.position()),
                    settings.limits().batchBytes());
            if (events.isEmpty()) {
                Checkpoints.Observed observed = checkpoints.observe(connection);
                if (!observed.checkpoint().sameTopicAndGeneration(published)) {
                    return;
                }
                reached(published.position(), observed.head());
                report(State.PUBLISHING, "Publishing to " + settings.topic() + ".");
                if (!waitFor(appended, settings.pace().poll())) {
                    transmission.requireTopic();
                }
                continue;
            }
            Batch batch = batch(published.position() + 1, events);
            if (!send(transmission, batch)) {
                return;
            }
            listener.committed(batch.firstPosition(), batch.lastPosition());
            published = published.at(batch.lastPosition());
            OptionalLong head = checkpoints.advance(connection, published);
            if (head.isEmpty()) {
                return;
            }
            listener.checkpointed(batch.firstPosition(), batch.lastPosition());
            reached(published.position(), head.getAsLong());
            report(State.PUBLISHING, "Publishing to " + settings.topic() + ".");
            backoff.reset();
        }
    }

    /** False when one record was refused and those before it, of the same batch, are to be sent first. */
    private boolean send(Transmission transmission, Batch batch) throws PublisherHalted {
        try {
            transmission.publish(batch, () -> listener.sent(batch.firstPosition(), batch.lastPosition()));
            return true;
        } catch (UnsendableRecord e) {
            refusedPosition = e.position();
            if (e.position() > batch.firstPosition()) {
                return false;
            }
            throw new PublisherHalted(
                    "The broker does not take the record of position " + e.position() + ", "
                            + batch.records().getFirst().value().length + " bytes (" + firstLine(e)
                            + "). Nothing is skipped: raise max.message.bytes of topic " + settings.topic()
                            + " and the publisher's largest record.",
                    e);
        }
    }

    private int limitAfter(long position) {
        long before = refusedPosition - position - 1;
        return before < 0
                ? settings.limits().batchEvents()
                : Math.clamp(before, 1, settings.limits().batchEvents());
    }

    private Batch batch(long firstPosition, List<StoredEvent> events) throws PublisherHalted {
        List<PublicRecord> records = new ArrayList<>(events.size());
        List<UUID> eventIds = new ArrayList<>(events.size());
        long bytes = 0;
        for (StoredEvent event : events) {
            if (event.position() != firstPosition + records.size()) {
                throw new PublisherHalted("The log has no event at position " + (firstPosition + records.size())
                        + ", but one at " + event.position() + ": rows have been removed. Restore the database.");
            }
            PublicRecord record;
            try {
                record = mapper.map(event);
            } catch (RuntimeException e) {
                if (!records.isEmpty()) {
                    break;
                }
                throw new PublisherHalted(
                        "The event at position " + event.position() + ", of type " + event.type()
                                + ", cannot be put into its public form (" + firstLine(e)
                                + "). Nothing is skipped: deploy a version that can.",
                        e);
            }
            bytes += size(record);
            if (bytes > settings.limits().batchBytes() && !records.isEmpty()) {
                break;
            }
            records.add(record);
            eventIds.add(event.eventId());
        }
        return new Batch(firstPosition, records, eventIds);
    }

    private static long size(PublicRecord record) {
        long headers = 0;
        for (Map.Entry<String, String> header : record.headers().entrySet()) {
            headers += header.getKey().length() + header.getValue().length();
        }
        return record.key().length() + record.value().length + headers;
    }

    /** True when there was a permit, false when the time was over. */
    private boolean waitFor(Semaphore permit, Duration atMost) {
        try {
            boolean woken = permit.tryAcquire(atMost.toNanos(), TimeUnit.NANOSECONDS);
            permit.drainPermits();
            return woken;
        } catch (InterruptedException e) {
            closing = true;
            Thread.currentThread().interrupt();
            return true;
        }
    }

    private void reached(long published, long head) {
        PublisherStatus now = status;
        status = new PublisherStatus(now.state(), now.message(), published, head, now.since());
    }

    private void failed(String message, Exception e) {
        if (!closing) {
            lastError = e;
            report(State.DEGRADED, message);
            LOG.log(Level.DEBUG, message, e);
        }
    }

    private void report(State state, String message) {
        PublisherStatus before = status;
        if (before.state() == state && before.message().equals(message)) {
            return;
        }
        status = new PublisherStatus(
                state,
                message,
                before.publishedPosition(),
                before.headPosition(),
                before.state() == state ? before.since() : clock.instant());
        Level level = state == State.DEGRADED || state == State.HALTED ? Level.WARNING : Level.INFO;
        LOG.log(level, () -> "Log " + settings.log() + ", publisher " + state + ": " + message);
    }

    private static String firstLine(Throwable failure) {
        Throwable root = failure;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        String message = root.getMessage();
        return message == null
                ? root.getClass().getSimpleName()
                : message.lines().findFirst().orElse(message);
    }
}
