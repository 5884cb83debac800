package ledger287.reporting.stream;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.event.Observes;
import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.RejectedExecutionException;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.feed.ChangeFilter;
import ledger287.reporting.feed.Start;
import ledger287.reporting.feed.Start.Place;
import ledger287.reporting.limits.Client;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.query.Parameters;
import ledger287.reporting.stream.Admission.Ticket;
import org.eclipse.microprofile.config.inject.ConfigProperty;

/**
 * {@code GET /v1/stream} (SSE, or NDJSON as {@code /v1/stream.ndjson}) and {@code GET /v1/stream/headline}. Routes of
 * Vert.x, since what the framework adds to each message costs more than the message.
 */
@Singleton
final class StreamRoutes {
    private static final String LAST_EVENT_ID = "Last-Event-ID";
    private static final int BEFORE_SECURITY = -250;
    private static final Set<String> PARAMETERS = parameters();

    private final Streams streams;
    private final HeadlineStreams headlines;
    private final Admission admission;
    private final Start start;
    private final String snapshot;

    StreamRoutes(
            Streams streams,
            HeadlineStreams headlines,
            Admission admission,
            Start start,
            @ConfigProperty(name = "ledger287.reporting.public-url") String publicUrl) {
        this.streams = streams;
        this.headlines = headlines;
        this.admission = admission;
        this.start = start;
        this.snapshot = publicUrl.replaceAll("/+$", "") + "/v1/statistics/headline";
    }

    void register(@Observes Router router) {
        router.route("/v1/stream").order(BEFORE_SECURITY).handler(this::changes);
        router.route("/v1/stream.ndjson").order(BEFORE_SECURITY).handler(this::changes);
        router.route("/v1/stream/headline").order(BEFORE_SECURITY).handler(this::headline);
    }

    /** What is done off the event loop before a stream opens; answers what to do on it. */
    private interface Preparation {
        Runnable prepare(Ticket ticket, Loop loop) throws SQLException;
    }

    private void changes(RoutingContext context) {
        HttpServerRequest request = context.request();
        Form form = form(context);
        open(context, (ticket, loop) -> {
            Parameters parameters = new Parameters(request.query(), PARAMETERS);
            ChangeFilter filter = ChangeFilter.read(parameters);
            Place place = place(request, parameters);
            return () -> {
                Outlet outlet = new Outlet(request, streams.lifetime());
                Cursor position =
                        switch (place) {
                            case Place.After after -> after.cursor();
                            case Place.Gone gone -> gone.floor();
                        };
                Subscriber subscriber = new Subscriber(outlet, form, filter, position, snapshot);
                outlet.whenGone(() -> {
                    ticket.close();
                    loop.remove(subscriber);
                });
                outlet.open(
                        form,
                        switch (place) {
                            case Place.After after -> form.opening(position);
                            case Place.Gone gone -> form.reset(gone, snapshot);
                        });
                loop.add(subscriber);
            };
        });
    }

    private void headline(RoutingContext context) {
        HttpServerRequest request = context.request();
        open(context, (ticket, loop) -> {
            if (request.headers().contains(LAST_EVENT_ID)) {
                // What was told last does not matter, the newest figures come first; but nonsense is nonsense.
                var unused = start.at(lastEventId(request), LAST_EVENT_ID);
            }
            HeadlineStreams.Board board = headlines.board(request.query());
            return () -> {
                Outlet outlet = new Outlet(request, streams.lifetime());
                headlines.open(board, outlet, loop, ticket);
            };
        });
    }

    private void open(RoutingContext context, Preparation preparation) {
        HttpServerRequest request = context.request();
        if (!request.method().equals(HttpMethod.GET)) {
            context.response().putHeader("Allow", "GET");
            new Problem(ProblemType.METHOD_NOT_ALLOWED, "A stream is read by GET.").answer(context.response());
            return;
        }
        Ticket ticket;
        try {
            ticket = admission.admit(Client.of(request.remoteAddress()));
        } catch (Problem refusal) {
            refusal.answer(context.response());
            return;
        }
        context.response().closeHandler(gone -> ticket.close());
        Loop loop = streams.here();
        try {
            streams.offLoop(() -> {
                try {
                    Runnable opening = preparation.prepare(ticket, loop);
                    loop.run(() -> {
                        if (context.response().closed()) {
                            ticket.close();
                        } else {
                            opening.run();
                        }
                    });
                } catch (SQLException | RuntimeException e) {
                    loop.run(() -> refuse(context, ticket, Problem.of(e)));
                }
            });
        } catch (RejectedExecutionException stopping) {
            refuse(context, ticket, Problem.of(stopping));
        }
    }

    private static void refuse(RoutingContext context, Ticket ticket, Problem problem) {
        ticket.close();
        if (!context.response().closed()) {
            problem.answer(context.response());
        }
    }

    /** The header wins: a browser that reconnects keeps the address and sends what it saw last. */
    private Place place(HttpServerRequest request, Parameters parameters) throws SQLException {
        return request.headers().contains(LAST_EVENT_ID)
                ? start.at(lastEventId(request), LAST_EVENT_ID)
                : start.of(parameters, Start.LATEST);
    }

    private static String lastEventId(HttpServerRequest request) {
        List<String> given = request.headers().getAll(LAST_EVENT_ID);
        if (given.size() > 1) {
            throw Problem.parameter(LAST_EVENT_ID, "Give 'Last-Event-ID' once.");
        }
        return given.getFirst();
    }

    private static Form form(RoutingContext context) {
        String accept = context.request().getHeader("Accept");
        boolean lines = context.normalizedPath().endsWith(".ndjson")
                || (accept != null && accept.contains("ndjson") && !accept.contains("event-stream"));
        return lines ? Form.LINES : Form.SERVER_SENT_EVENTS;
    }

    private static Set<String> parameters() {
        Set<String> parameters = new TreeSet<>(ChangeFilter.NAMES);
        parameters.addAll(Start.NAMES);
        return Set.copyOf(parameters);
    }
}
