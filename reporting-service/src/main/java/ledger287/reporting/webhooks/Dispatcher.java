package ledger287.reporting.webhooks;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tags;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.feed.ChangeFilter;
import ledger287.reporting.feed.ChangeReader;
import ledger287.reporting.feed.ChangeReader.Batch;
import ledger287.reporting.feed.ChangeReader.Stretch;
import ledger287.reporting.ingest.IdSource;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.webhooks.WebhookStore.Leased;
import ledger287.reporting.webhooks.endpoint.Overloaded;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

/**
 * Shares the work among the instances of this service: each takes leases of webhooks for which there is something to do,
 * delivers to many endpoints at once and to each by one at a time, and gives the leases back. An instance that dies has
 * lost its leases as soon as it has not said for some seconds that it is alive.
 *
 * <p>A run that waits for its endpoint holds no thread of the system's, so that those that hang cost the others nothing.
 */
@Singleton
final class Dispatcher {
    private static final Logger LOG = Logger.getLogger(Dispatcher.class);
    private static final int BUSY_SECONDS = 5;
    private static final int OWN_FAILURE_SECONDS = 300;
    private static final int MOST_LEASED_AT_ONCE = 100;
    private static final int MOST_ERRANDS = 20;

    /** Runs that read the log at once, over connections that the projector has too; this class reads over one more. */
    static final int MOST_READING = 2;

    private static final int MOST_LOOKED_THROUGH = 500;
    private static final ChangeReader.Limits LOOK =
            new ChangeReader.Limits(MOST_LOOKED_THROUGH, 8_000_000, Long.MAX_VALUE / 2);

    private final UUID worker;
    private final WebhookStore store;
    private final CurrentHead currentHead;
    private final ChangeReader reader;
    private final Courier courier;
    private final Resealing resealing;
    private final WebhookSettings settings;
    private final Clock clock;
    private final Run.Surroundings surroundings;
    private final Semaphore places;
    private final Semaphore errands = new Semaphore(MOST_ERRANDS);
    private final Set<UUID> running = ConcurrentHashMap.newKeySet();
    private final AtomicBoolean asked = new AtomicBoolean();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("webhook-dispatch").factory());
    private final ExecutorService runs = Executors.newThreadPerTaskExecutor(
            Thread.ofVirtual().name("webhook-run-", 0).factory());
    private volatile boolean stopping;

    /** Whether a change may be for a webhook. Asked each second; one that is made here says so itself. */
    private volatile boolean anyActive = true;

    private boolean reachable = true;

    Dispatcher(
            WebhookStore store,
            CurrentHead currentHead,
            ChangeReader reader,
            Courier courier,
            Resealing resealing,
            WebhookSettings settings,
            Clock clock,
            IdSource ids,
            MeterRegistry metrics,
            @ConfigProperty(name = "ledger287.reporting.public-url") String publicUrl) {
        this.worker = ids.next();
        this.store = store;
        this.currentHead = currentHead;
        this.reader = reader;
        this.courier = courier;
        this.resealing = resealing;
        this.settings = settings;
        this.clock = clock;
        this.places = new Semaphore(settings.mostAtOnce());
        this.surroundings = new Run.Surroundings(
                store,
                courier,
                reader,
                new Semaphore(MOST_READING),
                currentHead,
                clock,
                publicUrl.replaceAll("/+$", "") + "/v1/statistics/headline",
                () -> stopping);
        metrics.gaugeCollectionSize("ledger287.webhook.running", Tags.empty(), running);
    }

    void start(@Observes StartupEvent event) {
        thread.execute(this::reseal);
        currentHead.whenMoved(this::moved);
        var unused =
                thread.scheduleWithFixedDelay(this::beat, 0, settings.poll().toMillis(), TimeUnit.MILLISECONDS);
    }

    /** Nothing more is begun. What is under way may end until {@link #stop}. */
    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        stopping = true;
    }

    /** Another instance goes on at once, with whatever has not been recorded here. */
    void stop(@Observes ShutdownEvent event) {
        stopping = true;
        thread.shutdownNow();
        runs.shutdownNow();
        try {
            store.gone(worker);
        } catch (SQLException e) {
            LOG.debug("The leases are not given back; they end by themselves", e);
        }
    }

    /** Looks at once for what there is to do: a webhook was made or changed, or has done what it had. */
    void wake() {
        anyActive = true;
        if (!stopping && asked.compareAndSet(false, true)) {
            thread.execute(this::look);
        }
    }

    /** There is a change. Most ledgers have no webhook: then nobody is looked for. */
    private void moved() {
        if (anyActive) {
            wake();
        }
    }

    /** Something that is sent beside the order of deliveries. */
    interface Special {
        Courier.Errand run() throws SQLException, Overloaded, InterruptedException;
    }

    /** Sends something now, once, whatever else is under way; it is logged like everything. */
    CompletionStage<Attempt> special(Webhook webhook, Special special) {
        if (stopping || !errands.tryAcquire()) {
            throw Problem.retry(
                    ProblemType.UNAVAILABLE,
                    "Too much is being sent by hand at the moment. Try again shortly.",
                    BUSY_SECONDS,
                    null);
        }
        return CompletableFuture.supplyAsync(
                () -> {
                    try {
                        Attempt attempt = special.run().attempt();
                        store.log(webhook.id(), attempt);
                        return attempt;
                    } catch (SQLException e) {
                        throw Problem.of(e);
                    } catch (Overloaded e) {
                        throw Problem.retry(
                                ProblemType.UNAVAILABLE, e.getMessage() + " Try again shortly.", BUSY_SECONDS, e);
                    } catch (InterruptedException e) {
                        throw Problem.retry(ProblemType.UNAVAILABLE, "This instance is being stopped.", 5, e);
                    } finally {
                        errands.release();
                    }
                },
                runs);
    }

    Courier courier() {
        return courier;
    }

    private void reseal() {
        try {
            resealing.run();
        } catch (SQLException | RuntimeException e) {
            LOG.warn("Secrets that an earlier key encrypted were not encrypted anew; the next start does", e);
        }
    }

    private void beat() {
        try {
            // Before it is asked, so that one that is made meanwhile is not forgotten.
            anyActive = false;
            if (store.alive(worker, settings.alive())) {
                anyActive = true;
            }
            if (!reachable) {
                LOG.info("Webhooks are delivered again");
            }
            reachable = true;
        } catch (SQLException | RuntimeException e) {
            anyActive = true;
            unreachable(e);
            return;
        }
        if (anyActive) {
            look();
        }
    }

    private void look() {
        asked.set(false);
        try {
            boolean perhapsMore = true;
            while (perhapsMore && !stopping) {
                perhapsMore = take();
            }
        } catch (SQLException | RuntimeException e) {
            unreachable(e);
        }
    }

    private void unreachable(Exception e) {
        if (reachable && !stopping) {
            LOG.warn("Webhooks cannot be read; their deliveries wait", e);
        }
        reachable = false;
    }

    /** @return whether there may be more to take */
    private boolean take() throws SQLException {
        int most = Math.min(places.availablePermits(), MOST_LEASED_AT_ONCE);
        if (most == 0) {
            return false;
        }
        Head head = currentHead.get();
        List<Leased> leased = store.lease(worker, running, head.cursor(), clock.instant(), most);
        for (Leased one : withSomethingToDo(leased, head.cursor())) {
            places.acquireUninterruptibly();
            running.add(one.webhook().id());
            runs.execute(() -> run(one));
        }
        return leased.size() == most;
    }

    /**
     * Those that have to be sent something. Most changes are for few: what is near the head is read once for all, and
     * those for whom nothing is in it are moved on together.
     */
    private List<Leased> withSomethingToDo(List<Leased> leased, Cursor head) throws SQLException {
        List<Leased> near = leased.stream()
                .filter(one -> {
                    Progress progress = one.webhook().progress();
                    return progress.verified()
                            && progress.cursor().epoch().equals(head.epoch())
                            && head.sequence() - progress.cursor().sequence() <= MOST_LOOKED_THROUGH;
                })
                .toList();
        if (near.isEmpty()) {
            return leased;
        }
        long after = near.stream()
                .mapToLong(one -> one.webhook().progress().cursor().sequence())
                .min()
                .orElseThrow();
        Batch newest = reader.after(
                new Stretch(new Cursor(head.epoch(), after), head.sequence(), null), ChangeFilter.EVERYTHING, LOOK);
        List<Leased> passed = new ArrayList<>();
        List<Leased> others = new ArrayList<>(leased);
        for (Leased one : near) {
            if (newest.scannedTo() == head.sequence() && !takesAny(one.webhook(), newest)) {
                passed.add(one);
                others.remove(one);
            }
        }
        store.pass(passed, head);
        return others;
    }

    private static boolean takesAny(Webhook webhook, Batch batch) {
        ChangeFilter filter = ChangeFilter.parse(webhook.target().filter());
        long after = webhook.progress().cursor().sequence();
        return batch.changes().stream()
                .anyMatch(change -> change.cursor().sequence() > after && filter.takes(change.type(), change.images()));
    }

    private void run(Leased leased) {
        UUID id = leased.webhook().id();
        boolean ended = false;
        try {
            work(leased);
            store.forget(id);
            store.release(leased.lease());
            ended = true;
        } catch (SQLException e) {
            LOG.warnf(e, "Deliveries to webhook %s are broken off; they go on when the database answers", id);
        } catch (InterruptedException e) {
            LOG.debugf(e, "Deliveries to webhook %s end with this instance", id);
        } catch (RuntimeException e) {
            LOG.errorf(e, "Deliveries to webhook %s have failed", id);
            fail(leased.lease());
        } finally {
            running.remove(id);
            places.release();
        }
        if (ended) {
            wake();
        }
    }

    private void work(Leased leased) throws SQLException, InterruptedException {
        try {
            new Run(leased, surroundings).work();
        } catch (Overloaded e) {
            defer(leased.lease(), e.getMessage() + " It is tried again shortly.", BUSY_SECONDS);
        }
    }

    /** What fails for a reason of our own may fail again: it is tried rarely, and no endpoint is paused for it. */
    private void fail(Lease lease) {
        try {
            defer(lease, "Something is wrong on our side. It is tried again.", OWN_FAILURE_SECONDS);
        } catch (SQLException e) {
            LOG.warnf(e, "Webhook %s cannot be postponed", lease.webhook());
        }
    }

    /** @param seconds to wait, half as many more for some, so that not all of them come back together */
    private void defer(Lease lease, String why, int seconds) throws SQLException {
        long millis =
                Math.round(seconds * 1000L * (1 + ThreadLocalRandom.current().nextDouble() / 2));
        var unused = store.step(
                lease,
                null,
                webhook -> webhook.with(
                        webhook.progress().deferred(why, clock.instant().plusMillis(millis))));
    }
}
