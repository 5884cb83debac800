package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.reporting.dashboard.Block.Cell;
import ledger287.reporting.dashboard.Block.Choice;
import ledger287.reporting.dashboard.Block.Column;
import ledger287.reporting.dashboard.Block.Figure;
import ledger287.reporting.dashboard.Block.Table;
import ledger287.reporting.drawing.Bars;
import ledger287.reporting.drawing.LineChart;
import ledger287.reporting.drawing.Pulse;
import ledger287.reporting.drawing.SmallMultiples;
import ledger287.reporting.drawing.TileGrid;
import ledger287.reporting.drawing.Waits;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.query.Moment;
import org.jspecify.annotations.Nullable;

/** The figures, each by its name: on pages, alone, embedded and as files it is the same drawing of the same answers. */
@Singleton
final class Figures {
    static final List<String> NAMES = List.of("growth", "map", "states", "pending", "waits", "operations", "pulse");

    /** What a figure takes beside the moment. */
    static final Set<String> PARAMETERS = Set.of("basis", "measure", "from", "state", "region", "model", "agency_type");

    static final Set<String> FILTERS = Set.of("state", "region", "model", "agency_type");
    /** Those that are asked for by the day that {@code on} names. */
    private static final Set<String> ASKED_ON = Set.of("growth", "map", "states");

    private static final List<String> MODELS = List.of("task_force", "warrant_service_officer", "jail_enforcement");
    /** How long before the day from which agreements count as new a curve of signings begins. */
    private static final int DAYS_BEFORE = 90;

    /** Rows that the table of a figure shows; all of them are in the CSV. */
    private static final int MOST_ROWS = 1_000;

    private static final LocalDate INAUGURATION = LocalDate.of(2025, 1, 20);

    private final RecentChanges changes;

    Figures(RecentChanges changes) {
        this.changes = changes;
    }

    /** Begins a figure: what all of them say alike. */
    private record Sketch(Visit visit, String name, Query parameters) {
        /** The title of a figure that takes filters, with those that it has. */
        String titled(String title) {
            return Filtered.title(visit, title, parameters.only(FILTERS));
        }

        Figure figure(
                String title,
                Rich deck,
                String wide,
                String narrow,
                Table table,
                List<Choice> choices,
                Rich note,
                String csv) {
            String address = "/figures/" + name;
            String frozen = visit.frozen(address, parameters);
            return new Figure(
                    name,
                    title,
                    deck,
                    wide,
                    narrow,
                    table,
                    choices,
                    note,
                    visit.href(address, parameters),
                    frozen,
                    visit.absolute("/embed/" + name + parameters),
                    visit.frozen("/embed/" + name, parameters),
                    visit.absolute("/dashboard/embed.js"),
                    visit.href(address + ".svg", parameters),
                    csv,
                    ASKED_ON.contains(name)
                            ? Citations.inForce(visit, title, frozen)
                            : Citations.of(visit, title, frozen));
        }
    }

    /** @param parameters of {@link #PARAMETERS}; others are ignored */
    Figure figure(String name, Visit visit, Query parameters) throws SQLException, IOException {
        Sketch sketch = new Sketch(visit, name, parameters.only(PARAMETERS));
        return switch (name) {
            case "growth" -> growth(sketch);
            case "map" -> map(sketch);
            case "states" -> states(sketch);
            case "pending" -> pending(sketch);
            case "waits" -> waits(sketch);
            case "operations" -> operations(sketch);
            case "pulse" -> pulse(sketch);
            default ->
                throw new Problem(
                        ProblemType.NOT_FOUND,
                        "There is no figure '%s'; there are: %s.".formatted(name, String.join(", ", NAMES)));
        };
    }

    private static Figure growth(Sketch sketch) throws SQLException, IOException {
        Visit visit = sketch.visit();
        Words words = visit.words();
        Names names = new Names(visit);
        boolean signed = !"listed".equals(sketch.parameters().get("basis"));
        Query query = seriesQuery(sketch, "agreements").with("by", "model");
        JsonNode series = visit.api().series(visit.moment().with(query));
        List<JsonNode> items = items(series);
        List<LineChart.Line> lines = new ArrayList<>();
        lines.add(new LineChart.Line(words.of("All models"), "total", points(items, row -> row.path("agreements"))));
        for (String model : MODELS) {
            lines.add(new LineChart.Line(names.model(model), model, points(items, row -> row.path("by_model")
                    .path(model))));
        }
        List<LineChart.Mark> marks =
                new ArrayList<>(List.of(new LineChart.Mark(INAUGURATION, words.of("Inauguration"))));
        LocalDate firstWorkbook = firstWorkbook(visit);
        if (firstWorkbook != null && signed) {
            marks.add(new LineChart.Mark(firstWorkbook, words.of("first workbook here")));
        }
        String title = sketch.titled(words.of(
                signed ? "Agreements by the day they were signed" : "Agreements as ICE's workbooks listed them"));
        String label = title + ". " + said(words, lines);
        Table table = new Table(
                "growth-table",
                title,
                List.of(
                        new Column(words.of("Up to and including"), false),
                        new Column(words.of("All models"), true),
                        new Column(names.model(MODELS.get(0)), true),
                        new Column(names.model(MODELS.get(1)), true),
                        new Column(names.model(MODELS.get(2)), true)),
                items.reversed().stream()
                        .map(row -> {
                            List<Cell> cells = new ArrayList<>();
                            cells.add(Cell.text(words.day(day(row))));
                            cells.add(Cell.number(
                                    words.number(row.path("agreements")), behind(sketch, row, signed, null)));
                            for (String model : MODELS) {
                                cells.add(Cell.number(
                                        words.number(row.path("by_model").path(model)),
                                        behind(sketch, row, signed, model)));
                            }
                            return cells;
                        })
                        .toList(),
                Absences.participating(visit));
        List<Choice> choices = List.of(
                new Choice(words.of("By signing"), choice(sketch, "basis", null), signed),
                new Choice(words.of("By listing"), choice(sketch, "basis", "listed"), !signed));
        Rich note = Rich.of(
                words.of(
                        signed
                                ? "Counts the agreements listed now, at the day each was signed; those that have left the list are not in it. The last point is the headline's figure."
                                : "What each of ICE's workbooks listed when it was published. Nothing is known before the first one."));
        long placed = series.path("placed_by_listing").asLong();
        if (placed > 0) {
            note = note.and(" "
                    + words.of(
                            "Of them, {0} {0|stands|stand} at the last day possible or the day {0|it was|they were} first listed, since {0|its|their} day of signing is not known for certain; the lists behind the weeks may leave {0|it|them} out.",
                            words.number(placed)));
        }
        return sketch.figure(
                title,
                deck(sketch, items, lines),
                LineChart.wide(label, lines, marks, scripts(words)),
                LineChart.narrow(label, lines, marks, scripts(words)),
                table,
                choices,
                note,
                visit.data("/v1/statistics/series.csv", query));
    }

    /** Where the rows behind one point of the curve are. */
    private static String behind(Sketch sketch, JsonNode row, boolean signed, @Nullable String model) {
        Query filters = sketch.parameters().only(FILTERS);
        Query rows = model == null ? filters : filters.with("model", model);
        String day = row.path("to").asText();
        return signed
                ? sketch.visit().href("/agreements", Lists.signed(rows, "lte", day))
                : sketch.visit().hrefAsOf("/agreements", rows, day);
    }

    private static @Nullable LocalDate firstWorkbook(Visit visit) throws SQLException, IOException {
        for (JsonNode sheet : items(visit.api().sources(visit.momentKnown()))) {
            if ("participating".equals(sheet.path("kind").asText())
                    && "imported".equals(sheet.path("status").asText())) {
                return java.time.Instant.parse(sheet.path("published_at").asText())
                        .atZone(Moment.NEW_YORK)
                        .toLocalDate();
            }
        }
        return null;
    }

    private static Rich deck(Sketch sketch, List<JsonNode> items, List<LineChart.Line> lines) {
        Words words = sketch.visit().words();
        Long all = last(lines.getFirst());
        if (all == null) {
            return Rich.of(Absences.participating(sketch.visit()));
        }
        List<LineChart.Line> models = lines.stream()
                .skip(1)
                .sorted(Comparator.comparingLong((LineChart.Line line) -> -orZero(last(line))))
                .toList();
        LineChart.Line largest = models.getFirst();
        long most = orZero(last(largest));
        if (most == 0 || most == orZero(last(models.get(1)))) {
            return words.rich(
                    "{0} {0|agreement|agreements} in all.",
                    Span.strong(words.number(all)).to(newest(sketch, items, null)));
        }
        return words.rich(
                "{0} {0|agreement|agreements} in all; {0|its|the largest} model is {1}: {2}.",
                Span.strong(words.number(all)).to(newest(sketch, items, null)),
                Span.plain(largest.name()),
                Span.strong(words.number(most)).to(newest(sketch, items, largest.style())));
    }

    /** Where the rows behind the newest point are; by signing, those placed by their listing are among them. */
    private static String newest(Sketch sketch, List<JsonNode> items, @Nullable String model) {
        boolean signed = !"listed".equals(sketch.parameters().get("basis"));
        Query filters = sketch.parameters().only(FILTERS);
        return signed
                ? sketch.visit().href("/agreements", model == null ? filters : filters.with("model", model))
                : behind(sketch, items.getLast(), false, model);
    }

    private static Figure map(Sketch sketch) throws SQLException, IOException {
        Visit visit = sketch.visit();
        Words words = visit.words();
        Names names = new Names(visit);
        String measure = sketch.parameters().get("measure");
        measure = measure != null && MEASURES.contains(measure) ? measure : "agreements";
        String measured = measure;
        Query filters = sketch.parameters().only(FILTERS);
        List<JsonNode> rows = items(visit.api().states(visit.moment().with(filters)));
        String title = sketch.titled(words.of("{0} by state and territory", words.of(measureName(measure))));
        List<TileGrid.Tile> tiles = rows.stream()
                .filter(row -> !"unknown".equals(row.path("state").asText()))
                .map(row -> new TileGrid.Tile(
                        row.path("state").asText(),
                        names.state(row.path("state")),
                        names.state(row.path("state")) + ": " + words.number(row.path(measured)),
                        visit.href("/states/" + row.path("state").asText()),
                        number(row.path(measured))))
                .toList();
        List<JsonNode> ranked = rows.stream()
                .sorted(Comparator.comparingLong(
                        (JsonNode row) -> -row.path(measured).asLong()))
                .toList();
        List<String> top = ranked.stream()
                .limit(3)
                .filter(row -> row.path(measured).asLong() > 0)
                .map(row -> names.state(row.path("state")) + " (" + words.number(row.path(measured)) + ")")
                .toList();
        Rich deck = Rich.of(
                top.isEmpty()
                        ? words.of("There is nothing to show yet.")
                        : words.of("Most: {0}. A tile leads to its state.", String.join(", ", top)));
        List<Choice> choices = new ArrayList<>();
        for (String name : MEASURES) {
            choices.add(new Choice(
                    words.of(measureName(name)),
                    choice(sketch, "measure", "agreements".equals(name) ? null : name),
                    name.equals(measure)));
        }
        String label = title + ". " + String.join(", ", top);
        return sketch.figure(
                title,
                deck,
                TileGrid.wide(label, tiles, words::number, words.of(measureName(measure))),
                TileGrid.narrow(label, tiles, words::number, words.of("Scale")),
                new Lists(visit).states("map-table", title, ranked, words.of("There is nothing to show yet."), null),
                choices,
                Rich.of(words.of("Tiles are alike in size; each bears its figure. Territories stand in the last row.")),
                visit.data("/v1/statistics/states.csv", filters));
    }

    private static final List<String> MEASURES =
            List.of("agreements", "new_agreements", "agencies", "pending_applications");

    private static String measureName(String measure) {
        return switch (measure) {
            case "new_agreements" -> "New agreements";
            case "agencies" -> "Agencies";
            case "pending_applications" -> "Pending applications";
            default -> "Agreements";
        };
    }

    private static Figure states(Sketch sketch) throws SQLException, IOException {
        Visit visit = sketch.visit();
        Words words = visit.words();
        Names names = new Names(visit);
        Query query = seriesQuery(sketch, "agreements").with("by", "state");
        if ("week".equals(query.get("interval"))) {
            query = query.with("interval", "month");
        }
        List<JsonNode> items = items(visit.api().series(visit.moment().with(query)));
        List<SmallMultiples.Multiple> multiples = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        Query filters = sketch.parameters().only(FILTERS);
        if (!items.isEmpty()) {
            items.getLast().path("by_state").properties().stream()
                    .filter(state -> state.getValue().asLong() > 0)
                    .sorted(Comparator.comparingLong((Map.Entry<String, JsonNode> state) ->
                            -state.getValue().asLong()))
                    .forEach(state -> {
                        String code = state.getKey();
                        JsonNode first = items.getFirst().path("by_state").path(code);
                        boolean known = !"unknown".equals(code);
                        String href = known
                                ? visit.href("/states/" + code)
                                : visit.href("/agreements", filters.with("state", code));
                        multiples.add(new SmallMultiples.Multiple(
                                names.state(code),
                                names.state(code) + ": " + words.number(state.getValue()),
                                href,
                                new LineChart.Line(names.state(code), "total", points(items, row -> row.path("by_state")
                                        .path(code)))));
                        rows.add(List.of(
                                Cell.of(Span.plain(names.state(code)).to(href)),
                                Cell.number(
                                        words.number(first),
                                        visit.href(
                                                "/agreements",
                                                Lists.signed(
                                                        filters.with("state", code),
                                                        "lte",
                                                        items.getFirst()
                                                                .path("to")
                                                                .asText()))),
                                Cell.number(
                                        words.number(state.getValue()),
                                        visit.href("/agreements", filters.with("state", code)))));
                    });
        }
        String title = sketch.titled(words.of("How it grew, state by state"));
        String begin = items.isEmpty() ? "" : words.day(day(items.getFirst()));
        String end = items.isEmpty() ? "" : words.day(day(items.getLast()));
        return sketch.figure(
                title,
                Rich.of(
                        items.isEmpty()
                                ? words.of("There is nothing to show yet.")
                                : words.of(
                                        "Each on a scale of its own, from {0} to {1}; the figure is the newest.",
                                        begin, end)),
                SmallMultiples.wide(title, multiples, words::number),
                SmallMultiples.narrow(title, multiples, words::number),
                new Table(
                        "states-table",
                        title,
                        List.of(
                                new Column(words.of("State"), false),
                                new Column(begin.isEmpty() ? words.of("First") : begin, true),
                                new Column(end.isEmpty() ? words.of("Last") : end, true)),
                        rows,
                        words.of("There is nothing to show yet.")),
                List.of(),
                Rich.of(words.of("States and territories without an agreement are left out here; the map shows them.")),
                visit.data("/v1/statistics/series.csv", query));
    }

    private static final List<String> STAGES = List.of("open", "granted", "awaiting_outcome", "under_review", "lapsed");

    private static Figure pending(Sketch sketch) throws SQLException, IOException {
        Visit visit = sketch.visit();
        Words words = visit.words();
        Names names = new Names(visit);
        Query filters = sketch.parameters().only(FILTERS);
        List<Bars.Bar> bars = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        JsonNode all = visit.api()
                .list(
                        "applications",
                        visit.momentKnown().with(filters).with("listed", "any").with("limit", "1"));
        JsonNode filed = all.path("count");
        bar(visit, bars, rows, words.of("All applications seen"), "total", filed, filters.with("listed", "any"));
        for (String status : STAGES) {
            JsonNode count = visit.api()
                    .list(
                            "applications",
                            visit.momentKnown()
                                    .with(filters)
                                    .with("status", status)
                                    .with("limit", "1"))
                    .path("count");
            if (count.asLong() > 0 || "open".equals(status) || "granted".equals(status)) {
                bar(visit, bars, rows, capital(names.status(status)), status, count, filters.with("status", status));
            }
        }
        String title = sketch.titled(words.of("What became of the pending applications"));
        return sketch.figure(
                title,
                filed.isNumber()
                        ? words.rich(
                                "{0} {0|application has|applications have} stood in ICE's pending workbooks; the newest of them lists {1}.",
                                Span.strong(words.number(filed))
                                        .to(visit.href("/applications", filters.with("listed", "any"))),
                                Span.strong(words.number(visit.api()
                                                .headline(visit.momentKnown().with(filters))
                                                .path("pending_applications")))
                                        .to(visit.href("/applications", filters)))
                        : Rich.of(Absences.pending(visit)),
                filed.isNumber() ? Bars.wide(title, bars, words::number) : "",
                filed.isNumber() ? Bars.narrow(title, bars, words::number) : "",
                new Table(
                        "pending-table",
                        title,
                        List.of(new Column(words.of("Stage"), false), new Column(words.of("Applications"), true)),
                        filed.isNumber() ? rows : List.of(),
                        Absences.pending(visit)),
                List.of(),
                Rich.of(
                        words.of(
                                "An application that leaves the workbook without an agreement is awaiting outcome. Absence alone never makes it lapsed.")),
                visit.data("/v1/applications.csv", filters.with("listed", "any")));
    }

    private static void bar(
            Visit visit,
            List<Bars.Bar> bars,
            List<List<Cell>> rows,
            String name,
            String style,
            JsonNode count,
            Query list) {
        bars.add(new Bars.Bar(name, "stage-" + style, number(count)));
        rows.add(List.of(Cell.text(name), Cell.number(visit.words().number(count), visit.href("/applications", list))));
    }

    private static Figure waits(Sketch sketch) throws SQLException, IOException {
        Visit visit = sketch.visit();
        Words words = visit.words();
        Names names = new Names(visit);
        Query filters = sketch.parameters().only(FILTERS);
        Query query = filters.with("status", "granted");
        List<JsonNode> timed = timed(visit, query);
        List<Waits.Wait> waits = timed.stream()
                .map(item ->
                        new Waits.Wait(item.path("days_to_sign_low").asLong(), number(item.path("days_to_sign_high"))))
                .toList();
        String title = sketch.titled(words.of("From application to signature"));
        Rich deck = Rich.of(words.of("No granted application with a known day of signing yet."));
        String drawn = "";
        String drawnNarrow = "";
        if (!waits.isEmpty()) {
            JsonNode median = visit.api()
                    .applications(visit.momentKnown().with(filters))
                    .path("days_to_sign")
                    .path("median");
            String low = words.number(median.path("low"));
            String high = words.number(median.path("high"));
            boolean open = !median.path("high").isNumber();
            boolean exact = low.equals(high);
            String count = words.number(waits.size());
            deck = words.rich(
                    open
                            ? "{0||Half of }{0} granted {0|application|applications} took at least {1} {1|day|days} from listing to signature."
                            : exact
                                    ? "{0||The median of }{0} granted {0|application|applications} took {1} {1|day|days} from listing to signature."
                                    : "{0||The median of }{0} granted {0|application|applications} took between {1} and {2} {2|day|days} from listing to signature.",
                    Span.strong(count).to(visit.href("/figures/waits", filters)),
                    Span.strong(low),
                    Span.strong(high));
            Waits.Captions captions = new Waits.Captions(
                    words.of("days from listing to signature"),
                    words.of("first listed"),
                    open
                            ? words.of("{1||half: }{0} {0|day|days} or more", low, count)
                            : exact
                                    ? words.of("{1||half: }{0} {0|day|days}", low, count)
                                    : words.of("{2||half: }{0} to {1} {1|day|days}", low, high, count));
            String label = title + ". " + deck.text();
            drawn = Waits.wide(label, waits, words::number, captions);
            drawnNarrow = Waits.narrow(label, waits, words::number, captions);
        }
        return sketch.figure(
                title,
                deck,
                drawn,
                drawnNarrow,
                new Table(
                        "waits-table",
                        timed.size() > MOST_ROWS
                                ? title + " " + words.of("(the first {0})", words.number(MOST_ROWS))
                                : title,
                        List.of(
                                new Column(words.of("Agency"), false),
                                new Column(words.of("State"), false),
                                new Column(words.of("Model"), false),
                                new Column(words.of("Days, at least"), true),
                                new Column(words.of("Days, at most"), true)),
                        timed.stream()
                                .limit(MOST_ROWS)
                                .map(item -> List.of(
                                        Cell.of(Span.foreign(
                                                        item.path("agency_name").asText())
                                                .to(visit.href("/applications/"
                                                        + item.path("application_id")
                                                                .asText()))),
                                        Cell.text(names.state(item.path("state"))),
                                        Cell.text(names.model(item.path("support_type"))),
                                        Cell.number(words.number(item.path("days_to_sign_low")), null),
                                        Cell.number(words.number(item.path("days_to_sign_high")), null)))
                                .toList(),
                        words.of("No granted application with a known day of signing yet."),
                        timed.isEmpty() ? null : (long) timed.size()),
                List.of(),
                Rich.of(
                        words.of(
                                "Read upwards: what share had been signed within so many days of first being listed. When ICE first listed an application is known only to lie between two workbooks, so the share is a band, not a line. Days can be negative, since ICE lists some applications after it has signed; those that stood in the first workbook of all are in the upper edge only.")),
                visit.data("/v1/applications.csv", query));
    }

    /** Granted applications whose days are known, shortest first: all of them, page by page. */
    private static List<JsonNode> timed(Visit visit, Query query) throws SQLException, IOException {
        List<JsonNode> timed = new ArrayList<>();
        Query page = visit.momentKnown().with(query).with("limit", "1000");
        while (true) {
            JsonNode answer = visit.api().list("applications", page);
            for (JsonNode item : items(answer)) {
                if (item.path("days_to_sign_low").isNumber()) {
                    timed.add(item);
                }
            }
            if (!answer.path("next_cursor").isTextual()) {
                break;
            }
            page = page.with("cursor", answer.path("next_cursor").asText());
        }
        timed.sort(Comparator.comparingLong(
                        (JsonNode item) -> item.path("days_to_sign_low").asLong())
                .thenComparingLong(item -> item.path("days_to_sign_high").asLong(Long.MAX_VALUE)));
        return timed;
    }

    private static Figure operations(Sketch sketch) throws SQLException, IOException {
        Visit visit = sketch.visit();
        Words words = visit.words();
        Names names = new Names(visit);
        Query filters = sketch.parameters().only(FILTERS);
        JsonNode answer =
                visit.api().list("operations", visit.momentKnown().with(filters).with("limit", "40"));
        List<Bars.Bound> bounds = new ArrayList<>();
        List<List<Cell>> rows = new ArrayList<>();
        for (JsonNode operation : items(answer)) {
            JsonNode arrests = operation.path("figures").path("arrests");
            JsonNode figure = arrests.path("claims").path(0).path("figure");
            String said = figure.isObject() ? names.figure(figure) : words.of("nobody has said");
            String href =
                    visit.href("/operations/" + operation.path("operation_id").asText());
            bounds.add(new Bars.Bound(
                    operation.path("name").asText(),
                    said,
                    href,
                    number(arrests.path("low")),
                    number(arrests.path("high")),
                    figure.path("approximate").asBoolean() ? number(figure.path("value")) : null,
                    false));
            rows.add(List.of(
                    Cell.of(Span.quoted(operation.path("name").asText()).to(href)),
                    Cell.text(names.when(operation.path("start"))),
                    new Cell(Rich.of(said), true),
                    Cell.number(bound(words, arrests.path("low"), "none"), null),
                    Cell.number(bound(words, arrests.path("high"), "none"), null),
                    Cell.text(words.of(operation.path("counts").asBoolean() ? "yes" : "no"))));
        }
        String title = sketch.titled(words.of("Arrests claimed for operations"));
        JsonNode total = visit.api()
                .headline(visit.momentKnown().with(filters))
                .path("operations")
                .path("arrests");
        if (bounds.size() > 1) {
            bounds.add(new Bars.Bound(
                    words.of("Together, as far as they add"),
                    names.figure(total),
                    visit.href("/operations", filters),
                    number(total.path("low")),
                    number(total.path("high")),
                    null,
                    true));
        }
        return sketch.figure(
                title,
                bounds.isEmpty()
                        ? Rich.of(words.of("No operation has been recorded."))
                        : words.rich(
                                "Together {0}. Figures come from press releases and news stories; each is drawn as far as it is certain.",
                                Span.strong(names.figure(total))),
                bounds.isEmpty() ? "" : Bars.boundsWide(title, bounds, words::number),
                bounds.isEmpty() ? "" : Bars.boundsNarrow(title, bounds, words::number),
                new Table(
                        "operations-table",
                        title,
                        List.of(
                                new Column(words.of("Operation"), false),
                                new Column(words.of("Begun"), false),
                                new Column(words.of("Arrests, as claimed"), true),
                                new Column(words.of("At least"), true),
                                new Column(words.of("At most"), true),
                                new Column(words.of("In the sum"), false)),
                        rows,
                        words.of("No operation has been recorded."),
                        number(answer.path("count"))),
                List.of(),
                Rich.of(
                        words.of(
                                "A dot is an exact figure; an arrow means “or more”; a bar is a range; a hollow dot is a figure near the truth, which bounds nothing and is not added.")),
                visit.data("/v1/operations.csv", filters));
    }

    private static String bound(Words words, JsonNode bound, String otherwise) {
        return bound.isNumber() ? words.number(bound) : words.of(otherwise);
    }

    private Figure pulse(Sketch sketch) throws SQLException, IOException {
        Visit visit = sketch.visit();
        Words words = visit.words();
        List<Pulse.Day> days =
                changes.pulse(visit.api().question(visit.moment()).moment());
        String title = words.of("How much changed, day by day");
        long corrections = days.stream().mapToLong(Pulse.Day::corrections).sum();
        long departures = days.stream().mapToLong(Pulse.Day::departures).sum();
        String deck = days.isEmpty()
                ? words.of("There is nothing to show yet.")
                : words.of(
                        "On the newest {2|day|days} with news ({2}): corrections: {0}, departures: {1}.",
                        words.number(corrections), words.number(departures), words.number(days.size()));
        Pulse.Captions captions = new Pulse.Captions(
                words.of("Additions"),
                words.of("Corrections"),
                words.of("Departures"),
                day -> words.day(LocalDate.parse(day)));
        return sketch.figure(
                title,
                Rich.of(deck),
                days.isEmpty() ? "" : Pulse.wide(title + ". " + deck, days, words::number, captions),
                days.isEmpty() ? "" : Pulse.narrow(title + ". " + deck, days, words::number, captions),
                new Table(
                        "pulse-table",
                        title,
                        List.of(
                                new Column(words.of("Day"), false),
                                new Column(words.of("Additions"), true),
                                new Column(words.of("Corrections"), true),
                                new Column(words.of("Departures"), true)),
                        days.reversed().stream()
                                .map(day -> List.of(
                                        Cell.text(words.day(LocalDate.parse(day.day()))),
                                        changesOf(visit, day, "addition", day.additions()),
                                        changesOf(visit, day, "correction", day.corrections()),
                                        changesOf(visit, day, "departure", day.departures())))
                                .toList(),
                        words.of("There is nothing to show yet.")),
                List.of(),
                Rich.of(
                        words.of(
                                "Additions rise above the line; corrections (left) and departures (right) hang below it. Heights grow with the square root, so that a day of two shows beside one of five hundred. An application that leaves the pending workbook is no departure.")),
                visit.data("/v1/changes.csv", Query.EMPTY));
    }

    private static Cell changesOf(Visit visit, Pulse.Day day, String tone, long count) {
        return Cell.number(
                visit.words().number(count),
                visit.href("/changes", Query.EMPTY.with("tone", tone).with("day", day.day())));
    }

    private static Query seriesQuery(Sketch sketch, String measure) throws SQLException, IOException {
        Query query =
                Query.EMPTY.with("measure", measure).with(sketch.parameters().only(FILTERS));
        String from = sketch.parameters().get("from");
        if ("listed".equals(sketch.parameters().get("basis"))) {
            return query.with("basis", "listed")
                    .with("interval", listedSpan(sketch.visit()) > 120 ? "week" : "day")
                    .with("from", from);
        }
        return query.with("basis", "signed")
                .with("interval", "week")
                .with("from", from == null ? INAUGURATION.minusDays(DAYS_BEFORE).toString() : from);
    }

    /** Days from the first to the last publication known. */
    private static long listedSpan(Visit visit) throws SQLException, IOException {
        List<JsonNode> sources = items(visit.api().sources(visit.momentKnown()));
        if (sources.isEmpty()) {
            return 0;
        }
        return ChronoUnit.DAYS.between(
                java.time.Instant.parse(sources.getFirst().path("published_at").asText()),
                java.time.Instant.parse(sources.getLast().path("published_at").asText()));
    }

    /** The page the reader is on, with one thing chosen otherwise. */
    private static String choice(Sketch sketch, String name, @Nullable String value) {
        Visit visit = sketch.visit();
        return visit.path() + visit.query().with(name, value) + "#" + sketch.name();
    }

    private static LineChart.Scripts scripts(Words words) {
        return new LineChart.Scripts(words::number, words::shortDay, words::shortMonth);
    }

    private static String said(Words words, List<LineChart.Line> lines) {
        List<String> said = new ArrayList<>();
        for (LineChart.Line line : lines) {
            Long last = last(line);
            said.add(line.name() + ": " + (last == null ? words.of("not known") : words.number(last)));
        }
        return String.join(", ", said);
    }

    private static @Nullable Long last(LineChart.Line line) {
        for (LineChart.Point point : line.points().reversed()) {
            Long value = point.value();
            if (value != null) {
                return value;
            }
        }
        return null;
    }

    private static long orZero(@Nullable Long value) {
        return value == null ? 0 : value;
    }

    private interface Pick {
        JsonNode from(JsonNode row);
    }

    private static List<LineChart.Point> points(List<JsonNode> rows, Pick pick) {
        List<LineChart.Point> points = new ArrayList<>();
        rows.forEach(row -> points.add(new LineChart.Point(day(row), number(pick.from(row)))));
        return points;
    }

    private static LocalDate day(JsonNode row) {
        return LocalDate.parse(row.path("to").asText());
    }

    private static @Nullable Long number(JsonNode node) {
        return node.isNumber() ? node.asLong() : null;
    }

    private static String capital(String text) {
        return text.isEmpty() ? text : text.substring(0, 1).toUpperCase(java.util.Locale.ROOT) + text.substring(1);
    }

    static List<JsonNode> items(JsonNode answer) {
        List<JsonNode> items = new ArrayList<>();
        answer.path("items").forEach(items::add);
        return items;
    }
}
