package ledger287.eventstore;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.util.Optional;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.internals.RecordHeader;

/**
 * What every record says about itself, in a header: which publication it belongs to, and its position in the log. For the
 * publisher alone; readers find the position in the event.
 */
record PublicationMark(String publication, long position) {

    private static final String NAME = "ledger287-publication";

    Header header() {
        return new RecordHeader(NAME, (publication + "/" + position).getBytes(US_ASCII));
    }

    /** Empty when the record has no such mark: it is not from a publisher of ours, or from before there were any. */
    static Optional<PublicationMark> of(ConsumerRecord<?, ?> record) {
        Header header = record.headers().lastHeader(NAME);
        if (header == null || header.value() == null) {
            return Optional.empty();
        }
        String value = new String(header.value(), US_ASCII);
        int slash = value.lastIndexOf('/');
        try {
            return Optional.of(
                    new PublicationMark(value.substring(0, slash), Long.parseLong(value.substring(slash + 1))));
        } catch (IndexOutOfBoundsException | NumberFormatException e) {
            return Optional.empty();
        }
    }
}
