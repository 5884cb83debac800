package ledger287.reporting.feed;

import jakarta.inject.Singleton;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Optional;
import java.util.Set;
import ledger287.reporting.changelog.CurrentHead;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.changelog.Head;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.query.Parameters;

/** Finds where in the change log a reader begins. */
@Singleton
public final class Start {
    /** The parameters that say where to begin. */
    public static final Set<String> NAMES = Set.of("cursor", "since");

    /** Everything that there is. */
    public static final String EARLIEST = "earliest";

    /** Only what comes. */
    public static final String LATEST = "latest";

    private final CurrentHead currentHead;
    private final ChangeReader reader;

    Start(CurrentHead currentHead, ChangeReader reader) {
        this.currentHead = currentHead;
        this.reader = reader;
    }

    /** Where a reader begins. */
    public sealed interface Place {
        /** After a cursor of this change log. */
        record After(Cursor cursor) implements Place {}

        /** The cursor given is of another change log, so nobody can say what the reader has missed. */
        record Gone(Cursor given, Head head) implements Place {
            /** Before everything that this change log has. */
            public Cursor floor() {
                return new Cursor(head.cursor().epoch(), 0);
            }

            /** In words. */
            public String detail() {
                return "%s belongs to a change log that was built anew since. Take a snapshot and go on from its Feed-Position, or go on from %s: event ids have stayed the same."
                        .formatted(given, floor());
            }
        }
    }

    /**
     * Where the parameters {@code cursor} or {@code since} say.
     *
     * @param otherwise {@link #EARLIEST} or {@link #LATEST}, when neither is given
     */
    public Place of(Parameters parameters, String otherwise) throws SQLException {
        return of(parameters, otherwise, currentHead.get());
    }

    /**
     * The same.
     *
     * @param head what {@link #LATEST} means
     */
    public Place of(Parameters parameters, String otherwise, Head head) throws SQLException {
        Optional<String> cursor = parameters.text("cursor");
        Optional<String> since = parameters.text("since");
        if (cursor.isPresent() && since.isPresent()) {
            throw Problem.parameter("since", "Give 'cursor' or 'since', not both.");
        }
        String text = cursor.or(() -> since).orElse(otherwise);
        return switch (text) {
            case EARLIEST -> new Place.After(new Cursor(head.cursor().epoch(), 0));
            case LATEST -> new Place.After(head.cursor());
            default -> since.isPresent() ? since(parameters, head) : at(text, "cursor");
        };
    }

    /** At a cursor, e.g. of a {@code Last-Event-ID}. */
    public Place at(String text, String name) throws SQLException {
        Cursor cursor = Cursor.parse(text)
                .orElseThrow(() -> Problem.parameter(
                        name,
                        "'%s' takes a cursor as answers give it (1a2b3c4d-4711)%s."
                                .formatted(name, name.equals("cursor") ? ", earliest or latest" : "")));
        Head head = currentHead.get();
        if (!cursor.epoch().equals(head.cursor().epoch())
                || cursor.sequence() > head.cursor().sequence()) {
            // Another instance may have said so.
            head = currentHead.refresh();
        }
        if (!cursor.epoch().equals(head.cursor().epoch())) {
            return new Place.Gone(cursor, head);
        }
        if (cursor.sequence() > head.cursor().sequence()) {
            throw Problem.parameter(
                    name, "The change log ends at %s; %s is not there yet.".formatted(head.cursor(), cursor));
        }
        return new Place.After(cursor);
    }

    private Place since(Parameters parameters, Head head) throws SQLException {
        Instant from = parameters
                .fromDayOrInstant("since")
                .orElseThrow(() -> new IllegalStateException("since was there a moment ago"));
        return new Place.After(new Cursor(
                head.cursor().epoch(), reader.before(from, head.cursor().sequence())));
    }
}
