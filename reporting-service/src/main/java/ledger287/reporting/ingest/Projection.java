package ledger287.reporting.ingest;

import io.quarkus.arc.All;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import ledger287.reporting.changelog.Change;
import ledger287.reporting.changelog.ChangeLog;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.MalformedEventException;
import ledger287.reporting.changelog.Projector;
import ledger287.reporting.changelog.PublicEvent;
import ledger287.reporting.ingest.ParkedEvents.Parked;
import ledger287.reporting.ingest.SourceLog.Place;
import ledger287.reporting.ingest.TopicRecord.Illegible;
import ledger287.reporting.ingest.TopicRecord.Legible;
import org.jboss.logging.Logger;

/**
 * The one transaction in which an append reaches the query stores: it locks the log's row and the change log's end, skips
 * what has been applied, requires the next position, appends to the change log, projects, and advances. So whatever is
 * tried again, every position is applied once.
 */
@Singleton
public final class Projection {
    private static final Logger LOG = Logger.getLogger(Projection.class);

    /** Changes at once, to be told in the log at its usual level: a workbook is, a single decision is not. */
    private static final int WORTH_A_LINE = 50;

    private final DataSource database;
    private final SourceLog sourceLog;
    private final ChangeLog changeLog;
    private final CurrentHead head;
    private final ParkedEvents parkedEvents;
    private final Completeness completeness;
    private final List<Projector> projectors;

    Projection(
            DataSource database,
            SourceLog sourceLog,
            ChangeLog changeLog,
            CurrentHead head,
            ParkedEvents parkedEvents,
            Completeness completeness,
            @All List<Projector> projectors) {
        this.database = database;
        this.sourceLog = sourceLog;
        this.changeLog = changeLog;
        this.head = head;
        this.parkedEvents = parkedEvents;
        this.completeness = completeness;
        this.projectors = projectors;
    }

    /**
     * Applies the records of a whole append, or of several.
     *
     * @param topicId the topic whose offsets the records carry
     * @param nextOffset where to go on reading afterwards
     * @throws SQLException the database does not do right now; nothing was applied, and trying again is safe
     * @throws GapException a position is missing; nothing was applied
     */
    void apply(String log, String topicId, List<TopicRecord> records, long nextOffset)
            throws SQLException, GapException {
        try {
            inTransaction(transaction -> new Run(transaction, log, topicId, records, nextOffset).together());
        } catch (SQLException | RuntimeException e) {
            if (!Failures.deterministic(e)) {
                throw e;
            }
            LOG.warnf(e, "An append of the log %s cannot be projected as it is; each event is tried by itself", log);
            inTransaction(transaction -> new Run(transaction, log, topicId, records, nextOffset).oneByOne());
        }
        head.refresh();
    }

    /** Where a reader of the log goes on. */
    Place place(String log) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return sourceLog.read(connection, log);
        }
    }

    /** How many parked unreadable records may account for positions after this one. */
    int illegibleAfter(String log, long position) throws SQLException {
        try (Connection connection = database.getConnection()) {
            return parkedEvents.waiting(connection, log, position).illegible();
        }
    }

    /** Everything parked, oldest first. */
    List<Parked> parked() throws SQLException {
        try (Connection connection = database.getConnection()) {
            return parkedEvents.open(connection);
        }
    }

    /** What came of a replay. */
    sealed interface Replay {
        record Replayed(int events) implements Replay {}

        record NothingParked() implements Replay {}

        record StillFails(long position, String problem) implements Replay {}
    }

    /** Projects what is parked of the subject of one parked event, all of it or nothing. */
    Replay replay(String parkedIdOrSubject) throws SQLException {
        try {
            Replay replay = inTransaction(transaction -> {
                var found = parkedEvents.find(transaction, parkedIdOrSubject);
                if (found.isEmpty()) {
                    return new Replay.NothingParked();
                }
                String log = found.get().log();
                String subject = found.get().subject();
                SourceLog.Held held = sourceLog.lock(transaction, log);
                Place place = held.place();
                ChangeLog.End end = held.end();
                long before = end.sequence();
                List<Parked> parked = parkedEvents.lock(transaction, log, subject);
                List<PublicEvent> events = new ArrayList<>();
                for (Parked one : parked) {
                    try {
                        events.add(PublicEvent.parse(one.raw()));
                    } catch (MalformedEventException e) {
                        throw new ReplayFailed(one.position(), e);
                    }
                }
                for (PublicEvent event : events) {
                    place = passed(place, event);
                }
                sourceLog.advance(transaction, log, place);
                List<Change> changes = project(transaction, end, events);
                changeLog.join(transaction, before + 1, before + changes.size());
                parkedEvents.replayed(transaction, parked);
                completeness.replayed(transaction, subject, before + 1);
                completeness.compare(transaction, changes);
                completeness.compareAgain(transaction, before + 1);
                LOG.infof("Replayed %d parked events of %s", parked.size(), subject);
                return new Replay.Replayed(parked.size());
            });
            head.refresh();
            return replay;
        } catch (ReplayFailed e) {
            return new Replay.StillFails(e.position, String.valueOf(e.getMessage()));
        } catch (GapException e) {
            return new Replay.StillFails(0, String.valueOf(e.getMessage()));
        } catch (SQLException | RuntimeException e) {
            if (!Failures.deterministic(e)) {
                throw e;
            }
            return new Replay.StillFails(0, String.valueOf(e.getMessage()));
        }
    }

    /** The place after an event that was illegible when it was its turn, and is the next one. */
    private static Place passed(Place place, PublicEvent event) throws GapException {
        if (event.position() <= place.position()) {
            return place;
        }
        if (event.position() > place.position() + 1) {
            throw new GapException(event.log(), place.position() + 1, event.position());
        }
        return new Place(event.position(), place.topicId(), place.nextOffset());
    }

    private List<Change> project(Connection transaction, ChangeLog.End end, List<PublicEvent> events)
            throws SQLException {
        List<Change> changes = changeLog.append(transaction, end, events);
        if (!changes.isEmpty()) {
            for (Projector projector : projectors) {
                projector.project(transaction, changes);
            }
        }
        return changes;
    }

    /** One try at applying records, in one transaction. */
    private final class Run {
        private final Connection transaction;
        private final String log;
        private final String topicId;
        private final List<TopicRecord> records;
        private final long nextOffset;
        private final List<Legible> events = new ArrayList<>();
        private final Set<String> newlyParked = new LinkedHashSet<>();
        private final Set<String> foreign = new LinkedHashSet<>();
        private Set<String> parked = Set.of();
        private long position;

        Run(Connection transaction, String log, String topicId, List<TopicRecord> records, long nextOffset) {
            this.transaction = transaction;
            this.log = log;
            this.topicId = topicId;
            this.records = records;
            this.nextOffset = nextOffset;
        }

        long together() throws SQLException, GapException {
            ChangeLog.End end = sort();
            Set<String> waiting = waiting();
            List<PublicEvent> free = new ArrayList<>();
            for (Legible record : events) {
                if (waiting.contains(record.subject())) {
                    park(record);
                } else {
                    free.add(record.event());
                }
            }
            return finish(end.sequence(), project(transaction, end, free));
        }

        /** The subjects that have something parked; as read at first, unless something came of that since. */
        private Set<String> waiting() throws SQLException {
            return newlyParked.isEmpty() && foreign.isEmpty()
                    ? parked
                    : parkedEvents.waiting(transaction, log, position).subjects();
        }

        long oneByOne() throws SQLException, GapException {
            long before = sort().sequence();
            Set<String> waiting = new HashSet<>(waiting());
            List<Change> changes = new ArrayList<>();
            for (Legible record : events) {
                if (waiting.contains(record.subject())) {
                    park(record);
                    continue;
                }
                Savepoint savepoint = transaction.setSavepoint();
                try {
                    changes.addAll(project(transaction, changeLog.lock(transaction), List.of(record.event())));
                    transaction.releaseSavepoint(savepoint);
                } catch (SQLException | RuntimeException e) {
                    if (!Failures.deterministic(e)) {
                        throw e;
                    }
                    transaction.rollback(savepoint);
                    park(record.event().position(), record, String.valueOf(e.getMessage()));
                    waiting.add(record.subject());
                }
            }
            joinAppends(changes);
            return finish(before, changes);
        }

        private void joinAppends(List<Change> changes) throws SQLException {
            int first = 0;
            for (int i = 1; i <= changes.size(); i++) {
                if (i == changes.size() || !changes.get(i).sameAppend(changes.get(first))) {
                    changeLog.join(
                            transaction,
                            changes.get(first).sequence(),
                            changes.get(i - 1).sequence());
                    first = i;
                }
            }
        }

        /**
         * Keeps what is new, in order; parks what nobody can read.
         *
         * @return where the change log ends
         */
        private ChangeLog.End sort() throws SQLException, GapException {
            SourceLog.Held held = sourceLog.lock(transaction, log);
            position = held.place().position();
            ParkedEvents.Waiting waiting = parkedEvents.waiting(transaction, log, position);
            parked = waiting.subjects();
            int unaccounted = waiting.illegible();
            for (TopicRecord record : records) {
                switch (record) {
                    case Legible readable -> {
                        long found = readable.event().position();
                        if (found <= position) {
                            continue;
                        }
                        if (found > position + 1 + unaccounted) {
                            throw new GapException(log, position + 1, found);
                        }
                        if (unaccounted > 0 && found == position + 1) {
                            foreign.addAll(parkedEvents.foreign(transaction, log, position));
                        }
                        position = found;
                        unaccounted = 0;
                        events.add(readable);
                    }
                    case Illegible unreadable -> {
                        if (!parkedEvents.knows(transaction, log, unreadable)) {
                            unaccounted++;
                            park(position + unaccounted, unreadable, unreadable.problem());
                        }
                    }
                }
            }
            return held.end();
        }

        private long finish(long before, List<Change> changes) throws SQLException {
            Set<String> stillParked = waiting();
            for (String subject : newlyParked) {
                if (stillParked.contains(subject)) {
                    completeness.parked(transaction, subject, before + 1);
                }
            }
            for (String subject : foreign) {
                if (!stillParked.contains(subject)) {
                    completeness.replayed(transaction, subject, before + 1);
                }
            }
            completeness.compare(transaction, changes);
            sourceLog.advance(transaction, log, new Place(position, topicId, nextOffset));
            if (!events.isEmpty()) {
                LOG.logf(
                        changes.size() < WORTH_A_LINE ? Logger.Level.DEBUG : Logger.Level.INFO,
                        "Projected %d events of the log %s up to position %d; the change log ends at %d",
                        changes.size(),
                        log,
                        position,
                        before + changes.size());
            }
            return position;
        }

        private void park(Legible record) throws SQLException {
            park(record.event().position(), record, "It waits behind an earlier event of " + record.subject());
        }

        private void park(long at, TopicRecord record, String problem) throws SQLException {
            LOG.errorf("Parked position %d of the log %s (%s): %s", at, log, record.subject(), problem);
            parkedEvents.park(transaction, log, at, record, problem);
            newlyParked.add(record.subject());
        }
    }

    /** What is done in one transaction. */
    private interface Work<T> {
        T in(Connection transaction) throws SQLException, GapException;
    }

    private <T> T inTransaction(Work<T> work) throws SQLException, GapException {
        try (Connection transaction = database.getConnection()) {
            transaction.setAutoCommit(false);
            boolean done = false;
            try {
                T result = work.in(transaction);
                transaction.commit();
                done = true;
                return result;
            } finally {
                if (!done) {
                    transaction.rollback();
                }
            }
        }
    }

    private static final class ReplayFailed extends RuntimeException {
        private final long position;

        ReplayFailed(long position, MalformedEventException cause) {
            super(cause.getMessage(), cause);
            this.position = position;
        }
    }
}
