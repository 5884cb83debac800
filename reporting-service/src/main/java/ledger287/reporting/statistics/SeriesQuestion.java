package ledger287.reporting.statistics;

import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Moment;
import ledger287.reporting.query.Parameters;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import org.jspecify.annotations.Nullable;

/**
 * What series is asked for.
 *
 * @param by null: only the whole
 * @param basis null for what began, which is neither signed nor listed
 * @param from the first day shown; null: the first that there is something to show of
 * @param to the last day asked for; null: as late as is known
 * @param since from when on agreements are new
 */
record SeriesQuestion(
        Measure measure,
        @Nullable Grouping by,
        Interval interval,
        @Nullable Basis basis,
        boolean cumulative,
        @Nullable LocalDate from,
        @Nullable LocalDate to,
        LocalDate since,
        Filters filters) {

    /** What places an agreement in time. */
    enum Basis {
        /** The day on which it was signed: of those that count at the moment. */
        SIGNED("signed"),
        /** The publications that listed it: what readers were told at each time. */
        LISTED("listed");

        private final String code;

        Basis(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    static Set<String> parameters() {
        Set<String> parameters = new HashSet<>(Filters.NAMES);
        parameters.addAll(List.of("measure", "by", "interval", "basis", "cumulative", "from", "to", "since", "on"));
        return Set.copyOf(parameters);
    }

    static SeriesQuestion read(Questions questions, Question question) throws SQLException {
        Parameters parameters = question.parameters();
        Filters filters = Filters.read(parameters);
        Measure measure = parameters
                .word(
                        "measure",
                        Arrays.stream(Measure.values()).map(Measure::code).toList())
                .flatMap(Measure::of)
                .orElseGet(() -> {
                    parameters.note("measure", Measure.AGREEMENTS.code());
                    return Measure.AGREEMENTS;
                });
        LocalDate from = parameters.day("from").orElse(null);
        LocalDate to = parameters.day("to").orElse(null);
        if (to != null) {
            questions.requireCome(to, "to");
        }
        if (from != null && to != null && from.isAfter(to)) {
            throw Problem.parameter("from", "'from' is after 'to'.");
        }
        return new SeriesQuestion(
                measure,
                by(parameters, measure),
                interval(parameters),
                basis(parameters, measure),
                parameters
                        .word("cumulative", List.of("true", "false"))
                        .orElse("true")
                        .equals("true"),
                from,
                to,
                Headline.since(question),
                filters);
    }

    /** The last day that the moment knows of: the day asked for, or the day up to which anything is known. */
    LocalDate end(Moment moment) {
        LocalDate known = moment.knownBy().atZone(Moment.NEW_YORK).toLocalDate();
        LocalDate on = moment.on();
        LocalDate end = on == null ? known : on;
        return to == null || to.isAfter(end) ? end : to;
    }

    private static @Nullable Grouping by(Parameters parameters, Measure measure) {
        List<Grouping> possible =
                switch (measure.counts()) {
                    case BY_SIGNING_OR_LISTING, BY_LISTING -> List.of(Grouping.values());
                    case BY_BEGINNING -> List.of(Grouping.MODEL, Grouping.STATE);
                };
        return parameters
                .word("by", possible.stream().map(Grouping::code).toList())
                .flatMap(Grouping::of)
                .orElse(null);
    }

    private static Interval interval(Parameters parameters) {
        String code = parameters
                .word(
                        "interval",
                        Arrays.stream(Interval.values()).map(Interval::code).toList())
                .orElseGet(() -> {
                    parameters.note("interval", Interval.WEEK.code());
                    return Interval.WEEK.code();
                });
        return Arrays.stream(Interval.values())
                .filter(interval -> interval.code().equals(code))
                .findFirst()
                .orElseThrow();
    }

    private static @Nullable Basis basis(Parameters parameters, Measure measure) {
        List<Basis> possible =
                switch (measure.counts()) {
                    case BY_SIGNING_OR_LISTING -> List.of(Basis.SIGNED, Basis.LISTED);
                    case BY_LISTING -> List.of(Basis.LISTED);
                    case BY_BEGINNING -> List.of();
                };
        if (possible.isEmpty()) {
            parameters.text("basis").ifPresent(given -> {
                throw Problem.parameter(
                        "basis",
                        "'basis' does not go with measure=%s, which is told by the day that operations began. Leave it out."
                                .formatted(measure.code()));
            });
            return null;
        }
        String code = parameters
                .word("basis", possible.stream().map(Basis::code).toList())
                .orElseGet(() -> {
                    parameters.note("basis", possible.getFirst().code());
                    return possible.getFirst().code();
                });
        return possible.stream()
                .filter(basis -> basis.code().equals(code))
                .findFirst()
                .orElseThrow();
    }
}
