package ledger287.reporting.operations;

import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ListColumn;
import ledger287.reporting.lists.ThingAnswers;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/** Claims: by default the current ones about operations that are not retracted, rivals side by side. */
final class ClaimList extends ThingList {
    /** As the contract names them. */
    static final List<String> METRICS = List.of(
            "arrests",
            "convicted",
            "pending_charges",
            "convicted_or_pending",
            "reentry_after_removal",
            "no_criminal_record",
            "final_orders",
            "stops",
            "partner_agencies");

    private static final List<String> STATUSES = List.of("current", "superseded", "retracted");

    private static final List<ListColumn> COLUMNS = List.of(
            ListColumn.id("claim_id", "c.claim_id"),
            ListColumn.id("operation_id", "c.operation_id"),
            ListColumn.text("operation_name", "o.name").computed(),
            ListColumn.word("operation_status", "o.status", OperationList.STATUSES)
                    .computed(),
            ListColumn.word("metric", "c.metric", METRICS),
            ListColumn.text("figure_qualifier", "c.qualifier").faceted(),
            ListColumn.whole("figure_value", "cast(c.image -> 'figure' ->> 'value' as bigint)"),
            ListColumn.whole("figure_of", "cast(c.image -> 'figure' ->> 'of' as bigint)"),
            ListColumn.whole("figure_low", "c.low"),
            ListColumn.whole("figure_high", "c.high"),
            ListColumn.truth("figure_approximate", "cast(c.image -> 'figure' ->> 'approximate' as boolean)"),
            ListColumn.shown("figure_text"),
            ListColumn.day("as_of_on", "cast(c.image -> 'as_of' ->> 'on' as date)"),
            ListColumn.text("as_of_precision", "(c.image -> 'as_of' ->> 'precision')")
                    .faceted(),
            ListColumn.shown("as_of_text"),
            ListColumn.day("published_on", "cast(c.image ->> 'published_on' as date)"),
            ListColumn.instant("known_at", "c.claimed_at"),
            ListColumn.text("speaker_name", "(c.image -> 'speaker' ->> 'name')"),
            ListColumn.text("speaker_organization", "(c.image -> 'speaker' ->> 'organization')")
                    .faceted(),
            ListColumn.truth("speaker_official", "c.official"),
            ListColumn.shown("quotation"),
            ListColumn.text("source_url", "(c.image ->> 'source_url')"),
            ListColumn.text("archived_url", "(c.image ->> 'archived_url')"),
            ListColumn.id("supersedes", "c.supersedes"),
            ListColumn.id("superseded_by", "cast(c.image ->> 'superseded_by' as uuid)"),
            ListColumn.truth("preferred", "c.preferred"),
            ListColumn.word("status", "c.status", STATUSES),
            ListColumn.shown("reason"),
            ListColumn.id("event_id", "e.event_id"),
            ListColumn.shown("cursor"));

    ClaimList() {
        super(COLUMNS, "o.name, c.operation_id, c.metric, " + Chosen.ORDER, ThingAnswers.Supplement.NONE);
    }

    @Override
    protected Set<String> ownParameters() {
        return withFilters("status", "metric", "operation_id", "q");
    }

    @Override
    protected Source source(Question question) {
        OperationCondition condition = new OperationCondition(Filters.read(question.parameters()));
        Set<String> statuses = question.parameters().words("status", STATUSES);
        boolean usual = statuses.isEmpty() && !compares(question, "status");
        Set<String> metrics = question.parameters().words("metric", METRICS);
        Set<UUID> operations = question.parameters().ids("operation_id");
        Sql search = search(question, "o.name");
        return new Source(
                reading -> new Sql(""),
                reading -> {
                    Sql rows = new Sql("""
                              from claim_version c
                              join operation_version o on o.operation_id = c.operation_id
                               and\s""")
                            .add(reading.visible().of("o"))
                            .add("\n  left join change e on e.sequence = c.change_sequence\n where ")
                            .add(reading.visible().of("c"))
                            .add(statuses(usual ? Set.of("current") : statuses, "c.status"))
                            .add(usual ? "\n   and o.status = 'recorded'" : "")
                            .add(statuses(metrics, "c.metric"))
                            .add(condition.on(reading, "o"))
                            .add(search);
                    return operations.isEmpty() ? rows : rows.add("\n   and c.operation_id = any (?)", operations);
                },
                "c.image",
                "c.claim_id");
    }

    @Override
    protected boolean known(Reading reading) throws SQLException {
        return OperationMeasures.known(reading);
    }
}
