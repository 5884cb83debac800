package ledger287.reporting.webhooks;

import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.BooleanSupplier;
import java.util.function.Function;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.feed.ChangeFilter;
import ledger287.reporting.feed.ChangeReader;
import ledger287.reporting.feed.ChangeReader.Batch;
import ledger287.reporting.feed.ChangeReader.Stretch;
import ledger287.reporting.feed.FeedChange;
import ledger287.reporting.feed.Start.Place.Gone;
import ledger287.reporting.webhooks.Courier.Errand;
import ledger287.reporting.webhooks.endpoint.Outcome;
import ledger287.reporting.webhooks.endpoint.Overloaded;
import org.jspecify.annotations.Nullable;

/**
 * One endpoint's share of work: message after message, the next one only when this one was taken and that is durable. It
 * ends when nothing is left, when the endpoint does not take something, when the lease is lost, or when it is others'
 * turn.
 */
final class Run {
    private static final ChangeReader.Limits AHEAD = new ChangeReader.Limits(50, 256 * 1024, 50_000);
    private static final Duration TURN = Duration.ofSeconds(5);
    private static final int GONE = 410;

    private final Lease lease;
    private final Surroundings with;
    private Webhook webhook;

    /** What was read ahead, and what it is the continuation of. */
    private final Deque<FeedChange> ahead = new ArrayDeque<>();

    private @Nullable Basis basis;
    private long scannedTo;

    Run(WebhookStore.Leased leased, Surroundings with) {
        this.lease = leased.lease();
        this.webhook = leased.webhook();
        this.with = with;
    }

    /**
     * What a run needs.
     *
     * @param reading held while the log is read: runs are many, and the projector's connections few
     * @param snapshot the address that a reset names
     * @param stopping no more is to be sent
     */
    record Surroundings(
            WebhookStore store,
            Courier courier,
            ChangeReader reader,
            Semaphore reading,
            CurrentHead head,
            Clock clock,
            String snapshot,
            BooleanSupplier stopping) {}

    private record Basis(Cursor cursor, String filter) {}

    /**
     * Works until it ends. The lease stays: who gave it takes it back.
     *
     * @throws Overloaded when what comes next could not be tried
     */
    void work() throws SQLException, Overloaded, InterruptedException {
        long begun = System.nanoTime();
        boolean more = true;
        while (more && !with.stopping().getAsBoolean() && System.nanoTime() - begun < TURN.toNanos()) {
            Progress progress = webhook.progress();
            if (progress.status() != Status.ACTIVE
                    || progress.dueAt().isAfter(with.clock().instant())) {
                return;
            }
            Head head = with.head().get();
            if (!progress.verified()) {
                more = challenge();
            } else if (!progress.cursor().epoch().equals(head.cursor().epoch())) {
                more = reset();
            } else {
                more = deliver(head.cursor().sequence());
            }
        }
    }

    private boolean challenge() throws SQLException, Overloaded, InterruptedException {
        Errand errand = with.courier().challenge(webhook, attempt());
        return end(errand, current -> current.progress().challenged(now()));
    }

    private boolean reset() throws SQLException, Overloaded, InterruptedException {
        Cursor from = webhook.progress().cursor();
        Head head = newestHead();
        if (from.epoch().equals(head.cursor().epoch())) {
            return true;
        }
        Gone gone = new Gone(from, head);
        Errand errand = with.courier().send(webhook, Message.reset(webhook.id(), gone, with.snapshot()), attempt());
        return end(errand, current -> current.progress().delivered(from, gone.floor(), now()));
    }

    private boolean deliver(long head) throws SQLException, Overloaded, InterruptedException {
        Basis asked = new Basis(webhook.progress().cursor(), webhook.target().filter());
        Cursor from = asked.cursor();
        if (ahead.isEmpty() || !asked.equals(basis)) {
            if (from.sequence() >= head) {
                return false;
            }
            read(from, head);
        }
        FeedChange next = ahead.poll();
        if (next == null) {
            Cursor to = new Cursor(from.epoch(), scannedTo);
            return step(null, current -> current.progress().passed(from, reached(current, asked, to)));
        }
        // After the last one read, what was looked through behind it is passed as well.
        Cursor to = ahead.isEmpty() ? new Cursor(from.epoch(), scannedTo) : next.cursor();
        basis = new Basis(to, asked.filter());
        Errand errand = with.courier().send(webhook, Message.change(next), attempt());
        return end(errand, current -> current.progress().delivered(from, reached(current, asked, to), now()));
    }

    /**
     * How far it has come. When it was given another filter meanwhile it stays where it stood, which is what its owner was
     * told: the new filter may take what the old one has passed over.
     */
    private static Cursor reached(Webhook current, Basis asked, Cursor to) {
        return current.target().filter().equals(asked.filter()) ? to : asked.cursor();
    }

    private void read(Cursor from, long head) throws SQLException, InterruptedException {
        ahead.clear();
        ChangeFilter filter = ChangeFilter.parse(webhook.target().filter());
        Batch batch;
        with.reading().acquire();
        try {
            batch = with.reader().after(new Stretch(from, head, null), filter, AHEAD);
        } finally {
            with.reading().release();
        }
        ahead.addAll(batch.changes());
        scannedTo = batch.scannedTo();
    }

    /** Another instance may have seen a new change log before this one has. */
    private Head newestHead() throws SQLException, InterruptedException {
        with.reading().acquire();
        try {
            return with.head().refresh();
        } finally {
            with.reading().release();
        }
    }

    /** @return whether to go on */
    private boolean end(Errand errand, Function<Webhook, Progress> success) throws SQLException {
        if (errand.delivered()) {
            return step(errand.attempt(), success);
        }
        String url = webhook.target().url();
        double chance = ThreadLocalRandom.current().nextDouble();
        Optional<Webhook> now = with.store().step(lease, errand.attempt(), current -> {
            boolean another = !current.target().url().equals(url);
            return another ? current : current.with(unsuccessful(current.progress(), errand, chance));
        });
        return goOn(now);
    }

    private Progress unsuccessful(Progress progress, Errand errand, double chance) {
        if (errand.outcome() instanceof Outcome.Answered answer) {
            return answer.status() == GONE
                    ? progress.gone(now())
                    : progress.failed(errand.attempt().detail(), now(), answer.retryAfter(), chance);
        }
        return progress.failed(errand.attempt().detail(), now(), null, chance);
    }

    private boolean step(@Nullable Attempt attempt, Function<Webhook, Progress> success) throws SQLException {
        String url = webhook.target().url();
        return goOn(with.store().step(lease, attempt, current -> {
            // What another endpoint took, or echoed, says nothing of this one.
            boolean another = attempt != null && !current.target().url().equals(url);
            return another ? current : current.with(success.apply(current));
        }));
    }

    private boolean goOn(Optional<Webhook> now) {
        now.ifPresent(current -> webhook = current);
        return now.isPresent();
    }

    private int attempt() {
        return webhook.progress().failures() + 1;
    }

    private Instant now() {
        return with.clock().instant();
    }
}
