package ledger287.reporting.sources;

import java.util.List;
import java.util.Set;
import ledger287.reporting.database.Sql;
import ledger287.reporting.lists.ListColumn;
import ledger287.reporting.lists.ThingAnswers;
import ledger287.reporting.lists.ThingList;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/** The workbooks that the ledger rests on: all of them, whatever became of them, the oldest first. */
final class SheetList extends ThingList {
    private static final List<ListColumn> COLUMNS = List.of(
            ListColumn.id("sheet_id", "v.sheet_id"),
            ListColumn.word("kind", "v.kind", List.of("participating", "pending")),
            ListColumn.instant("published_at", "v.published_at"),
            ListColumn.text("published_label", "(v.image ->> 'published_label')"),
            ListColumn.text("file_name", "(v.image ->> 'file_name')"),
            ListColumn.text("sha256", "(v.image ->> 'sha256')"),
            ListColumn.word("status", "v.status", List.of("imported", "held", "rejected", "retracted")),
            ListColumn.whole("listed_after", "v.listed_after"),
            ListColumn.instant("recorded_at", "e.recorded_at"),
            ListColumn.id("event_id", "e.event_id"),
            ListColumn.shown("cursor"));

    /** When the ledger recorded it. */
    static final ThingAnswers.Supplement RECORDED = question -> Publications::addRecorded;

    SheetList() {
        super(COLUMNS, "v.published_at, v.kind", RECORDED);
    }

    @Override
    protected Set<String> ownParameters() {
        return Set.of("q");
    }

    @Override
    protected Source source(Question question) {
        Sql search = search(question, "(v.image ->> 'file_name')");
        return new Source(
                reading -> new Sql(""),
                reading -> new Sql(
                                "  from sheet_version v\n  left join change e on e.sequence = v.change_sequence\n where ")
                        .add(reading.visible().of("v"))
                        .add(search),
                "v.image",
                "v.sheet_id");
    }

    @Override
    protected boolean known(Reading reading) {
        return true;
    }
}
