package ledger287.reporting.ingest;

import java.util.List;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Records of one topic that were read together, in its order; never none. */
record Batch(List<ConsumerRecord<String, byte[]>> records) {}
