package ledger287.reporting.operations;

import java.sql.SQLException;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ListColumn;
import ledger287.reporting.lists.ThingAnswers;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/** Operations: by default those that the headline counts. */
final class OperationList extends ThingList {
    static final List<String> STATUSES = List.of("recorded", "retracted");
    private static final List<String> SCOPES = List.of("operation", "programme");

    private static final List<ListColumn> COLUMNS = List.of(
            ListColumn.id("operation_id", "o.operation_id"),
            ListColumn.text("external_id", "(o.image ->> 'external_id')"),
            ListColumn.text("name", "o.name"),
            ListColumn.text("phase", "(o.image ->> 'phase')"),
            ListColumn.day("start_on", "cast(o.image -> 'start' ->> 'on' as date)")
                    .faceted(),
            ListColumn.text("start_precision", "(o.image -> 'start' ->> 'precision')")
                    .faceted(),
            ListColumn.shown("start_text"),
            ListColumn.day("end_on", "cast(o.image -> 'end' ->> 'on' as date)"),
            ListColumn.text("end_precision", "(o.image -> 'end' ->> 'precision')")
                    .faceted(),
            ListColumn.shown("end_text"),
            ListColumn.shown("states"),
            ListColumn.text("lead_office", "(o.image ->> 'lead_office')").faceted(),
            ListColumn.shown("partners"),
            ListColumn.text("legal_basis", "(o.image ->> 'legal_basis')").faceted(),
            ListColumn.word("scope", "o.scope", SCOPES),
            ListColumn.word("status", "o.status", STATUSES),
            ListColumn.shown("reason"),
            ListColumn.shown("counts"),
            ListColumn.shown("left_out_because"),
            ListColumn.whole("arrests_low", reading -> arrests(reading, "low")),
            ListColumn.whole("arrests_high", reading -> arrests(reading, "high")),
            ListColumn.shown("arrests_qualifier"),
            ListColumn.shown("arrests_text"),
            ListColumn.id("event_id", "e.event_id"),
            ListColumn.shown("cursor"),
            ListColumn.order("start", "o.starts_earliest"),
            ListColumn.order("state", "o.states"));

    OperationList() {
        super(COLUMNS, "o.starts_latest desc, o.name", new Details());
    }

    /** An operation shows its figures and its partners. */
    static final class Details implements ThingAnswers.Supplement {
        @Override
        public ThingAnswers.Addition of(Question question) {
            return new OperationDetails();
        }
    }

    /** A bound of the claim of arrests that stands for the operation. */
    private static Sql arrests(Reading reading, String bound) {
        return new Sql(
                        "(select c." + bound + " from claim_version c"
                                + " where c.operation_id = o.operation_id and c.metric = 'arrests' and c.status = 'current' and ")
                .add(reading.visible().of("c"))
                .add(" order by " + Chosen.ORDER + " limit 1)");
    }

    @Override
    protected Set<String> ownParameters() {
        return withFilters("status", "scope", "metric", "partner", "q");
    }

    @Override
    protected Source source(Question question) {
        OperationCondition condition = new OperationCondition(Filters.read(question.parameters()));
        Set<String> statuses = asked(question, "status", STATUSES, "recorded");
        Set<String> scopes = asked(question, "scope", SCOPES, "operation");
        Sql metric = metric(question);
        Sql search = search(question, "o.name").add(partner(question));
        return new Source(
                reading -> new Sql(""),
                reading -> new Sql("""
                          from operation_version o
                          left join change e on e.sequence = o.change_sequence
                         where\s""")
                        .add(reading.visible().of("o"))
                        .add(statuses(statuses, "o.status"))
                        .add(statuses(scopes, "o.scope"))
                        .add(condition.on(reading, "o"))
                        .add(metric(reading, metric))
                        .add(search),
                "o.image",
                "o.operation_id");
    }

    /** The words asked for; those that nobody asks for otherwise; none, for all, where the column is compared by itself. */
    private static Set<String> asked(Question question, String column, Collection<String> known, String otherwise) {
        Set<String> words = question.parameters().words(column, known);
        return words.isEmpty() && !compares(question, column) ? Set.of(otherwise) : words;
    }

    private static Sql metric(Question question) {
        Set<String> metrics = question.parameters().words("metric", ClaimList.METRICS);
        return metrics.isEmpty() ? new Sql("") : new Sql(" and c.metric = any (?)", metrics);
    }

    /** Operations about which such a claim is current. */
    private static Sql metric(Reading reading, Sql metric) {
        if (metric.isEmpty()) {
            return metric;
        }
        return new Sql("\n   and exists (select from claim_version c where c.operation_id = o.operation_id"
                        + " and c.status = 'current'")
                .add(metric)
                .add(" and ")
                .add(reading.visible().of("c"))
                .add(")");
    }

    /** A partner by its verbatim name, or a part of it. */
    private static Sql partner(Question question) {
        Optional<String> partner = question.parameters().search("partner");
        return partner.map(name -> new Sql("""

                           and exists (select from json_array_elements(o.image -> 'partners') p
                                        where position(lower(?) in lower(p ->> 'name')) > 0)""", name)).orElseGet(() -> new Sql(""));
    }

    @Override
    protected boolean known(Reading reading) throws SQLException {
        return OperationMeasures.known(reading);
    }
}
