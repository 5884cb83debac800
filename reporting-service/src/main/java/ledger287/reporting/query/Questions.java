package ledger287.reporting.query;

import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.UriInfo;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Semaphore;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.problem.Suggestion;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jspecify.annotations.Nullable;

/** Understands what all reading requests have in common: the moment they ask about, and what they wait for. */
@Singleton
public final class Questions {
    private static final String EXCEL = "excel";
    private static final Set<String> ALWAYS = Set.of("as_of", "position", "min_position", "wait", EXCEL);
    private static final Pattern LOG_POSITION = Pattern.compile("([a-z]{1,20}):([0-9]{1,18})");
    private static final Set<String> LOGS = Set.of("agreements", "operations");
    private static final int MOST_WAITING = 100;

    private final CurrentHead currentHead;
    private final QueryStore store;
    private final Clock clock;
    private final String publicUrl;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    Questions(
            CurrentHead currentHead,
            QueryStore store,
            Clock clock,
            @ConfigProperty(name = "ledger287.reporting.public-url") String publicUrl) {
        this.currentHead = currentHead;
        this.store = store;
        this.clock = clock;
        this.publicUrl = publicUrl.replaceAll("/+$", "");
    }

    /**
     * Reads the common parameters, waits when asked to, and fixes the moment.
     *
     * @param known the resource's own parameters; {@code on} among them when it takes it
     */
    public Question ask(UriInfo uri, HttpHeaders headers, Set<String> known) throws SQLException {
        return ask(uri, headers, known, Paging.NONE);
    }

    /**
     * The same for whoever is told of the newest answer again and again: no other moment can be asked for.
     *
     * @param path of the resource that gives the answer once
     * @param query the address's query as it was sent
     */
    public Question askForNewest(String path, @Nullable String query, Set<String> known) throws SQLException {
        Parameters parameters = new Parameters(query, known);
        Head newest = currentHead.get();
        return new Question(
                path,
                Format.JSON,
                parameters,
                moment(new Parameters(null, ALWAYS), newest, false, false),
                null,
                false,
                publicUrl);
    }

    /** The same for a list that comes in pages: it also takes {@code limit} and {@code cursor}. */
    public Question askForPage(UriInfo uri, HttpHeaders headers, Set<String> known) throws SQLException {
        Set<String> paged = new HashSet<>(known);
        paged.add("limit");
        paged.add("cursor");
        return ask(uri, headers, paged, Paging.BY_CURSOR);
    }

    private enum Paging {
        NONE,
        BY_CURSOR
    }

    private Question ask(UriInfo uri, HttpHeaders headers, Set<String> known, Paging paging) throws SQLException {
        Set<String> all = new HashSet<>(known);
        all.addAll(ALWAYS);
        Parameters parameters = new Parameters(uri.getRequestUri().getRawQuery(), all);
        await(parameters);
        Head newest = currentHead.get();
        PageCursor page = paging == Paging.BY_CURSOR
                ? parameters.text("cursor").map(PageCursor::parse).orElse(null)
                : null;
        if (page != null && !page.reference().isEmpty() && known.contains(Question.REFERENCE)) {
            parameters.supply(Question.REFERENCE, page.reference());
        }
        Optional<Cursor> asked = position(parameters, page);
        Head head = asked.isPresent() ? headAt(asked.get(), page == null ? "position" : "cursor") : newest;
        Moment moment = moment(parameters, head, asked.isPresent(), known.contains("on"));
        if (parameters.has("as_of")) {
            requireCome(moment.knownBy().atZone(Moment.NEW_YORK).toLocalDate(), "as_of");
        }
        LocalDate on = moment.on();
        if (on != null) {
            requireCome(on, "on");
        }
        return new Question(
                uri.getAbsolutePath().getPath(),
                Format.of(headers.getAcceptableMediaTypes()),
                parameters,
                moment,
                page,
                forExcel(parameters),
                publicUrl);
    }

    /** Excel takes CSV for the machine's own code page unless it begins with a mark. */
    private static boolean forExcel(Parameters parameters) {
        return parameters.word(EXCEL, Set.of("0", "1")).orElse("0").equals("1");
    }

    private static Moment moment(Parameters parameters, Head head, boolean pinned, boolean takesOn) {
        Optional<Parameters.DayOrInstant> given = parameters.dayOrInstant("as_of");
        Instant newest = head.newestKnownAt();
        String asOf = null;
        Instant knownBy = Instant.EPOCH;
        if (given.isPresent()) {
            asOf = given.get().text();
            knownBy = given.get().instant();
        } else if (newest != null) {
            // Nothing was known later, so this day's end stands for now, and goes on doing so when it is pinned.
            var day = newest.atZone(Moment.NEW_YORK).toLocalDate();
            asOf = day.toString();
            knownBy = Moment.endOf(day);
            parameters.note("as_of", asOf);
        }
        return new Moment(
                head, pinned, asOf, knownBy, takesOn ? parameters.day("on").orElse(null) : null);
    }

    private static Optional<Cursor> position(Parameters parameters, @Nullable PageCursor page) {
        Optional<Cursor> position = parameters.text("position").map(text -> Cursor.parse(text)
                .orElseThrow(() -> Problem.parameter(
                        "position", "'position' takes a Feed-Position as answers give it, e.g. 1a2b3c4d-4711.")));
        if (page == null) {
            return position;
        }
        if (position.isPresent() && !position.get().equals(page.position())) {
            throw Problem.parameter("position", "The cursor pins another position; leave 'position' out.");
        }
        return Optional.of(page.position());
    }

    /** Refuses, by the parameter's name, a cursor of another change log or of the future. */
    private void requireReached(Cursor cursor, String parameter) throws SQLException {
        Head newest = currentHead.get();
        requireEpoch(cursor, newest);
        Head now = cursor.sequence() > newest.cursor().sequence() ? currentHead.refresh() : newest;
        if (cursor.sequence() > now.cursor().sequence()) {
            throw Problem.parameter(
                    parameter, "The change log ends at %s; %s is not there yet.".formatted(now.cursor(), cursor));
        }
    }

    /**
     * Refuses, by the parameter's name, a day that has not come in New York: what is listed today must not be told as a
     * fact about it. Where the log is ahead of our clock, its newest day has come.
     */
    public void requireCome(LocalDate day, String parameter) throws SQLException {
        Instant newest = currentHead.get().newestKnownAt();
        Instant now = clock.instant();
        LocalDate last = LocalDate.ofInstant(newest != null && newest.isAfter(now) ? newest : now, Moment.NEW_YORK);
        if (day.isAfter(last)) {
            throw Problem.parameter(
                    parameter,
                    "'%s' takes no day that has not come. The last one that has, in New York, is %s."
                            .formatted(parameter, last));
        }
    }

    /** The head at an earlier cursor, never half an append, or a refusal that names the parameter. */
    public Head headAt(Cursor cursor, String parameter) throws SQLException {
        requireReached(cursor, parameter);
        return store.headAt(cursor)
                .orElseThrow(() -> new IllegalStateException("The change log has no " + cursor + " below its head"));
    }

    private static void requireEpoch(Cursor cursor, Head newest) {
        if (!cursor.epoch().equals(newest.cursor().epoch())) {
            throw new Problem(
                            ProblemType.CURSOR_GONE,
                            "%s belongs to a change log that was built anew since. Take a snapshot and go on from its Feed-Position."
                                    .formatted(cursor))
                    .with("feed_position", newest.cursor().toString());
        }
    }

    private void await(Parameters parameters) throws SQLException {
        Optional<String> minimum = parameters.text("min_position");
        Duration patience = Duration.ofSeconds(parameters
                .text("wait")
                .map(wait -> {
                    if (!wait.matches("[0-9]{1,2}") || Integer.parseInt(wait) > 30) {
                        throw Problem.parameter("wait", "'wait' takes seconds from 0 to 30.");
                    }
                    return Integer.parseInt(wait);
                })
                .orElse(0));
        if (minimum.isEmpty()) {
            if (!patience.isZero()) {
                throw Problem.parameter("wait", "'wait' goes with 'min_position'.");
            }
            return;
        }
        Predicate<Head> reached = reached(minimum.get());
        if (reached.test(currentHead.get()) || reached.test(currentHead.refresh())) {
            return;
        }
        if (patience.isZero() || !waiting.tryAcquire()) {
            throw notYet(minimum.get());
        }
        try {
            if (!currentHead.await(reached, patience)) {
                throw notYet(minimum.get());
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw notYet(minimum.get());
        } finally {
            waiting.release();
        }
    }

    private Predicate<Head> reached(String minimum) throws SQLException {
        Matcher position = LOG_POSITION.matcher(minimum);
        if (position.matches()) {
            String log = position.group(1);
            if (!LOGS.contains(log)) {
                Problem problem = Problem.parameter(
                        "min_position",
                        "There is no log '%s'; there are: %s."
                                .formatted(log, String.join(", ", new java.util.TreeSet<>(LOGS))));
                Suggestion.nearest(log, LOGS)
                        .ifPresent(word -> problem.with("suggestion", word + ":" + position.group(2)));
                throw problem;
            }
            long wanted = Long.parseLong(position.group(2));
            return head -> head.positions().getOrDefault(log, 0L) >= wanted;
        }
        Cursor cursor = Cursor.parse(minimum)
                .orElseThrow(
                        () -> Problem.parameter(
                                "min_position",
                                "'min_position' takes a position from a command's answer (agreements:4711) or a Feed-Position."));
        requireEpoch(cursor, currentHead.get());
        return head -> head.cursor().sequence() >= cursor.sequence();
    }

    private static Problem notYet(String minimum) {
        return Problem.retry(
                ProblemType.NOT_YET, minimum + " has not been projected yet. Ask again, or give 'wait'.", 1, null);
    }
}
