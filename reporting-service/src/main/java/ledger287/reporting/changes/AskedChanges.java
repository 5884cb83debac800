package ledger287.reporting.changes;

import java.sql.SQLException;
import java.time.Instant;
import java.util.Set;
import java.util.TreeSet;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.feed.ChangeFilter;
import ledger287.reporting.feed.ChangeReader.Stretch;
import ledger287.reporting.feed.Start;
import ledger287.reporting.feed.Start.Place;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.query.Question;
import org.jspecify.annotations.Nullable;

/** Which changes a question is about: a part of the log and a filter. */
record AskedChanges(Cursor after, ChangeFilter filter, Question question) {

    /** The parameters that say so. */
    static final Set<String> NAMES = names();

    static AskedChanges read(Question question, Start start) throws SQLException {
        ChangeFilter filter = ChangeFilter.read(question.parameters());
        Cursor after =
                switch (start.of(
                        question.parameters(), Start.EARLIEST, question.moment().head())) {
                    case Place.After place -> place.cursor();
                    case Place.Gone gone ->
                        throw new Problem(ProblemType.CURSOR_GONE, gone.detail())
                                .with("feed_position", gone.head().cursor().toString())
                                .with("floor", gone.floor().toString());
                };
        question.parameters().note("cursor", after.toString());
        return new AskedChanges(after, filter, question);
    }

    /** All of them. */
    Stretch stretch() {
        return stretchAfter(after.sequence());
    }

    /** Those after a sequence. */
    Stretch stretchAfter(long sequence) {
        return new Stretch(
                new Cursor(after.epoch(), sequence), question.moment().cursor().sequence(), knownBy());
    }

    /** Those before the cursor, which is not included. */
    Stretch stretchBefore() {
        boolean given = question.parameters()
                .text("cursor")
                .filter(text -> !text.equals(Start.LATEST))
                .isPresent();
        long head = question.moment().cursor().sequence();
        return new Stretch(
                new Cursor(after.epoch(), 0), given ? Math.min(head, after.sequence() - 1) : head, knownBy());
    }

    /** Null when everything known counts, as mostly. */
    @Nullable
    Instant knownBy() {
        Instant newest = question.moment().head().newestKnownAt();
        Instant asked = question.moment().knownBy();
        return newest == null || !asked.isBefore(newest) ? null : asked;
    }

    private static Set<String> names() {
        Set<String> names = new TreeSet<>(ChangeFilter.NAMES);
        names.addAll(Start.NAMES);
        return Set.copyOf(names);
    }
}
