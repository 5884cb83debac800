package ledger287.operations.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.LocalDate;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.operations.operation.Description;
import ledger287.operations.operation.Figure;
import ledger287.operations.operation.Metric;
import ledger287.operations.operation.PartialDate;
import ledger287.operations.operation.Partner;
import ledger287.operations.operation.Place;
import ledger287.operations.operation.Precision;
import ledger287.operations.operation.Qualifier;
import ledger287.operations.operation.Scope;
import ledger287.operations.operation.Source;
import ledger287.operations.operation.Speaker;
import ledger287.operations.operation.State;
import ledger287.operations.operation.Statement;
import org.jspecify.annotations.Nullable;

/**
 * What people send, as the model knows it.
 *
 * @param today in New York; sources cannot be of later days, operations may be announced for a year ahead
 */
record Reading(LocalDate today) {
    static final Set<String> DESCRIPTION = Set.of(
            "name", "phase", "start", "end", "places", "lead_office", "partners", "legal_basis", "sources", "scope");
    static final Set<String> STATEMENT =
            Set.of("metric", "figure", "as_of", "published_on", "speaker", "quotation", "source_url", "archived_url");

    private static final int LONGEST_PROSE = 2_000;
    private static final int LONGEST_QUOTATION = 5_000;
    private static final int MOST_PLACES = 200;
    private static final int MOST_PARTNERS = 500;
    private static final int MOST_SOURCES = 50;

    private static final Pattern COUNTY_CODE = Pattern.compile("[0-9]{5}");
    private static final Pattern MONTH = Pattern.compile("([0-9]{4})-([0-9]{2})");
    private static final Pattern YEAR = Pattern.compile("[0-9]{4}");

    /** @param current what fields that are not sent keep; null when there is nothing yet */
    Description description(Input input, @Nullable Description current) {
        String name = current == null || input.has("name") ? input.requiredName("name") : current.name();
        String phase = current == null || input.has("phase") ? input.name("phase") : current.phase();
        PartialDate start = current == null || input.has("start") ? date(input, "start", yearAhead()) : current.start();
        PartialDate end = current == null || input.has("end") ? date(input, "end", yearAhead()) : current.end();
        List<Place> places = current == null || input.has("places")
                ? input.objects("places", MOST_PLACES).stream().map(this::place).toList()
                : current.places();
        String office = current == null || input.has("lead_office") ? input.name("lead_office") : current.leadOffice();
        List<Partner> partners = current == null || input.has("partners") ? partners(input) : current.partners();
        String legalBasis = current == null || input.has("legal_basis")
                ? input.prose("legal_basis", LONGEST_PROSE)
                : current.legalBasis();
        List<Source> sources = current == null || input.has("sources")
                ? input.objects("sources", MOST_SOURCES).stream()
                        .map(this::source)
                        .toList()
                : current.sources();
        Scope said = input.code("scope", Scope::ofCode, Scope.values(), Scope::code);
        Scope scope = said != null ? said : current == null ? Scope.OPERATION : current.scope();
        return input.make(
                "end",
                () -> new Description(name, phase, start, end, places, office, partners, legalBasis, sources, scope));
    }

    List<Partner> partners(Input input) {
        return input.objects("partners", MOST_PARTNERS).stream()
                .map(this::partner)
                .toList();
    }

    /** @param current what fields that are not sent keep; null when there is nothing yet */
    Statement statement(Input input, @Nullable Statement current) {
        Metric metric = current == null || input.has("metric")
                ? input.required("metric", input.code("metric", Metric::ofCode, Metric.values(), Metric::code))
                : current.metric();
        Figure figure = current == null || input.has("figure") ? figure(input) : current.figure();
        PartialDate asOf = current == null || input.has("as_of") ? date(input, "as_of", today) : current.asOf();
        LocalDate publishedOn =
                current == null || input.has("published_on") ? input.day("published_on", today) : current.publishedOn();
        Speaker speaker = current == null || input.has("speaker") ? speaker(input) : current.speaker();
        String quotation = current == null || input.has("quotation")
                ? input.prose("quotation", LONGEST_QUOTATION)
                : current.quotation();
        String source =
                current == null || input.has("source_url") ? input.requiredUrl("source_url") : current.sourceUrl();
        String archived =
                current == null || input.has("archived_url") ? input.url("archived_url") : current.archivedUrl();
        return new Statement(metric, figure, asOf, publishedOn, speaker, quotation, source, archived);
    }

    /** Either words, {@code "more than 1,300"}, or an object with a qualifier and its number. */
    private Figure figure(Input input) {
        JsonNode value = input.required("figure", input.present("figure"));
        if (value.isTextual()) {
            String words = input.required("figure", input.text("figure", 100));
            return input.make("figure", () -> Figure.parse(words))
                    .orElseThrow(
                            () -> input.wrong(
                                    "figure",
                                    "These words state no figure. Write 196, at least 196, more than 196, up to 196, fewer than"
                                            + " 196, a majority of 196, between 196 and 210, about 196, nearly 196 or not known."));
        }
        if (!value.isObject()) {
            throw input.wrong(
                    "figure",
                    "A bare number does not say how much of it is known. Send words such as \"exactly 196\", or"
                            + " {\"qualifier\": \"exactly\", \"value\": 196}.");
        }
        Input figure = input.required("figure", input.object("figure"));
        figure.hasOnly(Set.of("qualifier", "value", "of", "low", "high", "approximate", "text"));
        Qualifier qualifier = figure.required(
                "qualifier", figure.code("qualifier", Qualifier::ofCode, Qualifier.values(), Qualifier::code));
        return switch (qualifier) {
            case EXACTLY -> figure.make("value", () -> Figure.exactly(value(figure)));
            case AT_LEAST -> figure.make("value", () -> Figure.atLeast(value(figure)));
            case MORE_THAN -> figure.make("value", () -> Figure.moreThan(value(figure)));
            case UP_TO -> figure.make("value", () -> Figure.upTo(value(figure)));
            case FEWER_THAN -> figure.make("value", () -> Figure.fewerThan(value(figure)));
            case MAJORITY_OF -> figure.make("of", () -> Figure.majorityOf(number(figure, "of")));
            case BETWEEN -> figure.make("low", () -> Figure.between(number(figure, "low"), number(figure, "high")));
            case ABOUT -> figure.make("value", () -> Figure.about(value(figure)));
            case NEARLY -> figure.make("value", () -> Figure.nearly(value(figure)));
            case UNKNOWN -> {
                if (figure.number("value") != null) {
                    throw figure.wrong("value", "An unknown figure has no value.");
                }
                yield Figure.UNKNOWN;
            }
        };
    }

    private static long value(Input figure) {
        return number(figure, "value");
    }

    private static long number(Input figure, String field) {
        return figure.required(field, figure.number(field));
    }

    /** A day, a month or a year as text, or an object that says more. */
    private PartialDate date(Input input, String field, LocalDate latest) {
        JsonNode value = input.present(field);
        if (value == null) {
            return PartialDate.NOT_KNOWN;
        }
        if (value.isTextual()) {
            return written(input, field, latest);
        }
        Input date = input.required(field, input.object(field));
        date.hasOnly(Set.of("on", "precision", "not_before", "not_after", "text"));
        PartialDate on = written(date, "on", latest);
        Precision said = date.code("precision", Precision::ofCode, Precision.values(), Precision::code);
        LocalDate notBefore = date.day("not_before", latest);
        LocalDate notAfter = date.day("not_after", latest);
        String text = date.prose("text", LONGEST_PROSE);
        return date.make(
                "on", () -> new PartialDate(on.on(), said == null ? on.precision() : said, notBefore, notAfter, text));
    }

    private static PartialDate written(Input input, String field, LocalDate latest) {
        String text = input.text(field, 40);
        if (text == null) {
            return PartialDate.NOT_KNOWN;
        }
        Matcher month = MONTH.matcher(text);
        Precision precision =
                month.matches() ? Precision.MONTH : YEAR.matcher(text).matches() ? Precision.YEAR : Precision.DAY;
        String day =
                switch (precision) {
                    case MONTH -> text + "-01";
                    case YEAR -> text + "-01-01";
                    case DAY, UNKNOWN -> text;
                };
        LocalDate on = input.inRange(field, input.dayOf(field, day), latest);
        return new PartialDate(on, precision, null, null, null);
    }

    private Place place(Input input) {
        input.hasOnly(Set.of("state", "county", "county_fips", "description"));
        State state = state(input);
        String code = input.text("county_fips", 20);
        if (code != null && !COUNTY_CODE.matcher(code).matches()) {
            throw input.wrong("county_fips", "A county's code has five digits, such as 47037, and is sent as text.");
        }
        if (code != null && state != null && !code.startsWith(state.fips())) {
            throw input.wrong(
                    "county_fips", "Codes of counties in " + state.code() + " begin with " + state.fips() + ".");
        }
        Place place = new Place(state, input.name("county"), code, input.prose("description", LONGEST_PROSE));
        if (place.equals(new Place(null, null, null, null))) {
            throw input.wrong("state", "A place has at least a state or a description.");
        }
        return place;
    }

    private Partner partner(Input input) {
        input.hasOnly(Set.of("name", "state", "role", "note"));
        return new Partner(
                input.requiredName("name"), state(input), input.name("role"), input.prose("note", LONGEST_PROSE));
    }

    private Source source(Input input) {
        input.hasOnly(Set.of("url", "title", "publisher", "published_on", "archived_url"));
        return new Source(
                input.requiredUrl("url"),
                input.name("title"),
                input.name("publisher"),
                input.day("published_on", today),
                input.url("archived_url"));
    }

    private Speaker speaker(Input input) {
        Input speaker = input.required("speaker", input.object("speaker"));
        speaker.hasOnly(Set.of("name", "organization", "official"));
        return speaker.make(
                "name",
                () -> new Speaker(speaker.name("name"), speaker.name("organization"), speaker.flag("official")));
    }

    private static @Nullable State state(Input input) {
        return input.code("state", State::ofCode, State.values(), State::code);
    }

    private LocalDate yearAhead() {
        return today.plusYears(1);
    }
}
