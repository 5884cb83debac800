package ledger287.reporting.stream;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.sql.SQLException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.QueryStore;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.statistics.Headline;
import ledger287.reporting.stream.Admission.Ticket;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The headline as it moves, for counters on a page: the newest figures at once and after each change, at most four times
 * a second, computed once for all who ask the same. Figures that a slow reader has missed are of no interest to it.
 */
@Singleton
final class HeadlineStreams {
    private static final Logger LOG = Logger.getLogger(HeadlineStreams.class);
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration PAUSE = Duration.ofMillis(250);
    private static final Duration REST = Duration.ofSeconds(2);
    private static final int MOST_BOARDS = 200;
    private static final Set<String> PARAMETERS = parameters();
    private static final String ONCE = "/v1/statistics/headline";

    private final Questions questions;
    private final QueryStore store;
    private final CurrentHead currentHead;
    private final StreamSettings settings;
    private final Vertx vertx;
    private final Map<String, Board> boards = new ConcurrentHashMap<>();
    private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor(
            Thread.ofPlatform().daemon().name("stream-headline").factory());
    private final AtomicBoolean asked = new AtomicBoolean();
    private volatile long lastRun = System.nanoTime() - PAUSE.toNanos();

    HeadlineStreams(
            Questions questions, QueryStore store, CurrentHead currentHead, StreamSettings settings, Vertx vertx) {
        this.questions = questions;
        this.store = store;
        this.currentHead = currentHead;
        this.settings = settings;
        this.vertx = vertx;
    }

    /** The figures for one filter and those who watch them. */
    static final class Board {
        private final String query;
        private final Set<Watcher> watchers = ConcurrentHashMap.newKeySet();
        private final AtomicInteger expected = new AtomicInteger();
        private volatile @Nullable Shown shown;

        /** When they could not be computed, by {@link System#nanoTime}; null when they could. On the thread that does. */
        private @Nullable Long failedAt;

        private Board(String query) {
            this.query = query;
        }

        private boolean rests() {
            return failedAt != null && System.nanoTime() - failedAt < REST.toNanos();
        }
    }

    /** @param head which the figures reflect */
    private record Shown(Head head, Buffer event) {}

    /** One who watches a board. All but {@link #offer} on its event loop. */
    private static final class Watcher {
        private final Board board;
        private final Outlet outlet;
        private final Loop loop;
        private @Nullable Shown seen;

        private Watcher(Board board, Outlet outlet, Loop loop) {
            this.board = board;
            this.outlet = outlet;
            this.loop = loop;
        }

        private void offer() {
            loop.run(this::look);
        }

        @SuppressWarnings("ReferenceEquality") // the same figures are the same object
        private void look() {
            Shown newest = board.shown;
            if (newest != null && newest != seen && outlet.ready()) {
                seen = newest;
                outlet.write(newest.event());
            }
        }
    }

    void start(@Observes StartupEvent event) {
        currentHead.whenMoved(this::ask);
        long tick = Math.clamp(settings.heartbeat().toMillis() / 4, 10, 500);
        vertx.setPeriodic(tick, timer -> everyWatcher(watcher -> watcher.loop.run(() -> care(watcher))));
    }

    void drain(@Observes ShutdownDelayInitiatedEvent event) {
        everyWatcher(watcher -> watcher.loop.run(() -> watcher.outlet.end(goodbye())));
    }

    void stop(@Observes ShutdownEvent event) {
        thread.shutdownNow();
    }

    /** The board for a query, its figures as new as the head. Asks the database. */
    Board board(@Nullable String query) throws SQLException {
        Question question = questions.askForNewest(ONCE, query, PARAMETERS);
        require(question);
        String canonical = question.parameters().canonical();
        Board known = boards.get(canonical);
        Board board = known == null ? new Board(canonical) : known;
        if (known == null && boards.size() >= MOST_BOARDS) {
            throw Problem.retry(
                    ProblemType.TOO_MANY_STREAMS,
                    "Headlines for %d different filters are watched, and no more at once.".formatted(MOST_BOARDS),
                    60,
                    null);
        }
        refresh(board);
        return board;
    }

    /** Begins to show a board. On the loop. */
    void open(Board board, Outlet outlet, Loop loop, Ticket ticket) {
        // In one step, or the last watcher to leave could take the board away in between.
        Board shared = boards.compute(board.query, (query, known) -> {
            Board kept = known == null ? board : known;
            kept.expected.incrementAndGet();
            return kept;
        });
        Watcher watcher = new Watcher(shared, outlet, loop);
        shared.watchers.add(watcher);
        outlet.whenGone(() -> {
            ticket.close();
            shared.watchers.remove(watcher);
            boards.computeIfPresent(shared.query, (query, same) -> same.expected.decrementAndGet() == 0 ? null : same);
        });
        outlet.open(Form.SERVER_SENT_EVENTS, Buffer.buffer("retry: " + Form.RETRY_MILLIS + "\n\n"));
        outlet.whenReady(watcher::look);
        watcher.look();
        // The head may have moved between the figures and now.
        ask();
    }

    /** Refuses what the figures cannot be asked for, and notes the rest. */
    private static void require(Question question) {
        var filters = Filters.read(question.parameters());
        var since = Headline.since(question);
        LOG.tracef("A headline for %s since %s", filters, since);
    }

    private void ask() {
        if (!thread.isShutdown() && !boards.isEmpty() && asked.compareAndSet(false, true)) {
            long wait = PAUSE.toNanos() - (System.nanoTime() - lastRun);
            var unused = thread.schedule(this::refreshAll, Math.max(0, wait), TimeUnit.NANOSECONDS);
        }
    }

    private void refreshAll() {
        lastRun = System.nanoTime();
        asked.set(false);
        for (Board board : List.copyOf(boards.values())) {
            if (!board.rests()) {
                refreshAlone(board);
            }
        }
    }

    /** Figures that cannot be read are not asked for again at once, and no other board waits for them. */
    private void refreshAlone(Board board) {
        try {
            refresh(board);
            board.watchers.forEach(Watcher::offer);
            board.failedAt = null;
        } catch (SQLException | RuntimeException e) {
            if (board.failedAt == null) {
                LOG.warnf(e, "The headline for '%s' cannot be read; its streams wait", board.query);
            }
            board.failedAt = System.nanoTime();
            var unused = thread.schedule(this::ask, REST.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    @SuppressWarnings("ReferenceEquality") // an unchanged head is the same object
    private void refresh(Board board) throws SQLException {
        Question question = questions.askForNewest(ONCE, board.query, PARAMETERS);
        Head head = question.moment().head();
        Shown shown = board.shown;
        if (shown != null && shown.head() == head) {
            return;
        }
        Filters filters = Filters.read(question.parameters());
        LocalDate since = Headline.since(question);
        try {
            String figures = store.read(question.moment(), reading -> {
                ObjectNode answer = JSON.createObjectNode();
                question.describe(answer);
                Headline.put(question, reading, filters, since, answer);
                // Words that do not move; GET /v1/statistics/headline has them.
                answer.remove("definitions");
                return JSON.writeValueAsString(answer);
            });
            board.shown =
                    new Shown(head, Buffer.buffer("id: " + question.moment().cursor() + "\ndata: " + figures + "\n\n"));
        } catch (IOException e) {
            throw new UncheckedIOException("A headline cannot be written", e);
        }
    }

    private void care(Watcher watcher) {
        Outlet outlet = watcher.outlet;
        if (outlet.blockedFor(settings.blocked())) {
            outlet.breakOff();
        } else if (outlet.due()) {
            outlet.end(goodbye());
        } else if (outlet.silentFor(settings.heartbeat()) && outlet.ready()) {
            outlet.write(sign(watcher.board));
        }
    }

    /** That the figures shown are the newest; what nobody sees while that cannot be said, and keeps proxies quiet. */
    private Buffer sign(Board board) {
        Shown shown = board.shown;
        return shown == null || board.failedAt != null || !currentHead.reachable()
                ? Buffer.buffer(": alive\n\n")
                : Buffer.buffer("event: heartbeat\ndata: {\"type\":\"heartbeat\",\"cursor\":\"%s\"}\n\n"
                        .formatted(shown.head().cursor()));
    }

    private static Buffer goodbye() {
        return Form.SERVER_SENT_EVENTS.goodbye(Form.comeBackMillis());
    }

    private void everyWatcher(java.util.function.Consumer<Watcher> action) {
        boards.values().forEach(board -> board.watchers.forEach(action));
    }

    private static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(Filters.NAMES);
        parameters.add("since");
        return Set.copyOf(parameters);
    }
}
