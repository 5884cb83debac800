package ledger287.eventstore;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What every record says about itself, in a header: which publication it belongs to, its position in the log, and which
 * event that is. For the publisher alone; readers find both in the event.
 */
record PublicationMark(String publication, long position, UUID eventId) {

    private static final String NAME = "ledger287-publication";

    Header header() {
        return new RecordHeader(NAME, (publication + "/" + position + "/" + eventId).getBytes(US_ASCII));
    }

    /** Empty when the record has no such mark: it is not from a publisher of ours, or from before there were any. */
    static Optional<PublicationMark> of(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(NAME);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        String[] parts = new String(header.value(), US_ASCII).split("/", -1);
        try {
            return parts.length == 3
                    ? Optional.of(new PublicationMark(parts[0], Long.parseLong(parts[1]), UUID.fromString(parts[2])))
                    : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
