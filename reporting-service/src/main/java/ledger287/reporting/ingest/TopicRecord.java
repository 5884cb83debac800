package ledger287.reporting.ingest;

import ledger287.reporting.changelog.MalformedEventException;
import ledger287.reporting.changelog.PublicEvent;
import org.jspecify.annotations.Nullable;

/** A record of a topic: an event, or bytes that are none. */
sealed interface TopicRecord {
    /** Where it stands in the topic. */
    long offset();

    /** The bytes as they came. */
    byte[] raw();

    /** The stream it belongs to, as well as that can be told. */
    String subject();

    /** @param key the record's key, which by contract is the subject */
    static TopicRecord read(String log, long offset, @Nullable String key, byte @Nullable [] value) {
        byte[] raw = value == null ? new byte[0] : value;
        try {
            PublicEvent event = PublicEvent.parse(raw);
            if (!event.log().equals(log)) {
                throw new MalformedEventException("it belongs to the log " + event.log());
            }
            return new Legible(offset, raw, event);
        } catch (MalformedEventException e) {
            return new Illegible(offset, raw, key == null ? "" : key, String.valueOf(e.getMessage()));
        }
    }

    /** An event with its position. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Legible(long offset, byte[] raw, PublicEvent event) implements TopicRecord {
        @Override
        public String subject() {
            return event.subject();
        }
    }

    /** Bytes whose position nobody can read. It accounts for one position, if one is missing. */
    @SuppressWarnings("ArrayRecordComponent") // handed on, never compared
    record Illegible(long offset, byte[] raw, String subject, String problem) implements TopicRecord {}
}
