package ledger287.agreements.roster;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * What happened to one thing. Every event carries the whole image after it and the image before it, so the newest image
 * of each id is the state: folding needs no rule, and a reader of the public topic needs none either.
 */
public sealed interface RosterEvent {

    /** The stream the event belongs to, e.g. {@code agreement-<id>}. */
    String streamId();

    /** The logical type name, e.g. {@code agreement-signed}; never a class name. */
    String type();

    /** The first event of a log: from here on it holds sample data or real data, never both. */
    record LedgerOpened(boolean sample, Instant openedAt) implements RosterEvent {
        @Override
        public String streamId() {
            return "ledger";
        }

        @Override
        public String type() {
            return "ledger-opened";
        }
    }

    /** @param before null when the agency is registered by this event */
    record AgencyEvent(AgencyChange change, @Nullable Agency before, Agency after) implements RosterEvent {
        @Override
        public String streamId() {
            return "agency-" + after.id();
        }

        @Override
        public String type() {
            return "agency-" + change.code();
        }
    }

    /** @param before null when the agreement is first listed by this event */
    record AgreementEvent(AgreementChange change, @Nullable Agreement before, Agreement after) implements RosterEvent {
        @Override
        public String streamId() {
            return "agreement-" + after.id();
        }

        @Override
        public String type() {
            return "agreement-" + change.code();
        }
    }

    /** @param before null when the application is first listed by this event */
    record ApplicationEvent(
            ApplicationChange change, @Nullable Application before, Application after) implements RosterEvent {
        @Override
        public String streamId() {
            return "application-" + after.id();
        }

        @Override
        public String type() {
            return "application-" + change.code();
        }
    }

    /** @param before null when the review is opened by this event */
    record ReviewEvent(ReviewChange change, @Nullable Review before, Review after) implements RosterEvent {
        @Override
        public String streamId() {
            return "review-" + after.id();
        }

        @Override
        public String type() {
            return "review-" + change.code();
        }
    }

    /**
     * What became of an import; the report itself is in the image.
     *
     * @param before null unless a held or imported sheet changes its status
     */
    record SheetEvent(SheetChange change, @Nullable ImportedSheet before, ImportedSheet after) implements RosterEvent {
        @Override
        public String streamId() {
            return "sheet-" + after.id();
        }

        @Override
        public String type() {
            return "sheet-" + change.code();
        }
    }
}
