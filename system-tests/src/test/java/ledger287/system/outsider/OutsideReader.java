package ledger287.system.outsider;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;

/**
 * Somebody else's reader of the topic: keeps the newest image of each thing, as {@code contracts/README.md} says that one
 * may, and counts. Deliberately strict about what the contract promises of keys, sequences and appends.
 */
public final class OutsideReader {

    private static final TopicPartition AGREEMENTS = new TopicPartition("ledger287.agreements.v1", 0);
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Map<String, JsonNode> agreements = new LinkedHashMap<>();
    private final Map<String, JsonNode> applications = new LinkedHashMap<>();
    private final Map<String, JsonNode> agencies = new LinkedHashMap<>();
    private final Map<String, JsonNode> sheets = new LinkedHashMap<>();
    private final Map<String, Long> streamVersions = new LinkedHashMap<>();
    private final Set<String> ids = new HashSet<>();
    private final List<JsonNode> append = new ArrayList<>();
    private final List<String> repeated = new ArrayList<>();
    private final Consumer<JsonNode> onEvent;
    private long seen;
    private boolean sample;

    private OutsideReader(Consumer<JsonNode> onEvent) {
        this.onEvent = onEvent;
    }

    /**
     * Reads all that is committed now, from the start.
     *
     * @param onEvent is shown each record's event, repeated ones included
     */
    public static OutsideReader readAll(String bootstrapServers, Consumer<JsonNode> onEvent) {
        var reader = new OutsideReader(onEvent);
        Map<String, Object> settings = Map.of(
                "bootstrap.servers", bootstrapServers,
                "isolation.level", "read_committed",
                "enable.auto.commit", "false",
                "auto.offset.reset", "none");
        try (var consumer = new KafkaConsumer<>(settings, new StringDeserializer(), new ByteArrayDeserializer())) {
            if (consumer.partitionsFor(AGREEMENTS.topic()).size() != 1) {
                throw new IllegalStateException("The contract promises one partition");
            }
            consumer.assign(List.of(AGREEMENTS));
            consumer.seekToBeginning(List.of(AGREEMENTS));
            long end = consumer.endOffsets(List.of(AGREEMENTS)).getOrDefault(AGREEMENTS, 0L);
            while (consumer.position(AGREEMENTS) < end) {
                consumer.poll(Duration.ofMillis(500)).forEach(reader::read);
            }
        }
        return reader;
    }

    private void read(ConsumerRecord<String, byte[]> record) {
        JsonNode event = parse(record.value());
        onEvent.accept(event);
        if (!event.path("subject").asText().equals(record.key())) {
            throw new IllegalStateException(
                    "Key %s of an event about %s".formatted(record.key(), event.path("subject")));
        }
        long sequence = Long.parseLong(event.path("sequence").asText());
        if (sequence <= seen) {
            repeated.add(event.path("id").asText());
            return;
        }
        if (sequence != seen + 1) {
            throw new IllegalStateException("Sequence %d follows %d".formatted(sequence, seen));
        }
        seen = sequence;
        if (!ids.add(event.path("id").asText())) {
            throw new IllegalStateException("Id %s stands twice in the log".formatted(event.path("id")));
        }
        long version = event.path("streamversion").asLong();
        Long before = streamVersions.put(record.key(), version);
        if (version != (before == null ? 1 : before + 1)) {
            throw new IllegalStateException("Version %d of %s follows %s".formatted(version, record.key(), before));
        }
        append.add(event);
        if (sequence == Long.parseLong(event.path("appendend").asText())) {
            append.forEach(this::apply);
            append.clear();
        }
    }

    private void apply(JsonNode event) {
        JsonNode data = event.path("data");
        sample = data.path("sample").asBoolean();
        keep(data.path("agency"), "agency_id", agencies);
        keep(data.path("agreement"), "agreement_id", agreements);
        keep(data.path("application"), "application_id", applications);
        keep(data.path("sheet"), "sheet_id", sheets);
    }

    private static void keep(JsonNode image, String id, Map<String, JsonNode> newest) {
        if (image.isObject()) {
            newest.put(image.path(id).asText(), image);
        }
    }

    /** The sequence of the newest event read. */
    public long sequence() {
        return seen;
    }

    /** Ids of events that the topic carries more than once. */
    public List<String> repeated() {
        return List.copyOf(repeated);
    }

    public boolean sample() {
        return sample;
    }

    /** How many imports the topic tells of. */
    public int sheets() {
        return sheets.size();
    }

    public long listed() {
        return listedAgreements().count();
    }

    public long listedIn(String state) {
        return listedAgreements().filter(in(state)).count();
    }

    public long listedSignedBefore(LocalDate day) {
        return listedAgreements().filter(signedBefore(day)).count();
    }

    public long listedSignedOnOrAfter(LocalDate day) {
        return listedAgreements()
                .filter(agreement -> agreement.path("signed_on").isTextual())
                .filter(signedBefore(day).negate())
                .count();
    }

    public long states() {
        return distinct(listedAgreements(), "state");
    }

    public long statesWithOnesSignedOnOrAfter(LocalDate day) {
        return distinct(listedAgreements().filter(signedBefore(day).negate()), "state");
    }

    public long agencies() {
        return distinct(listedAgreements(), "agency_id");
    }

    public long agenciesWith(String supportType) {
        return distinct(listedAgreements().filter(of(supportType)), "agency_id");
    }

    public Map<String, Long> bySupportType() {
        return listedAgreements()
                .collect(Collectors.groupingBy(
                        agreement -> agreement.path("support_type").asText(), TreeMap::new, Collectors.counting()));
    }

    public long pendingApplications() {
        return applications.values().stream().filter(OutsideReader::isListed).count();
    }

    private Stream<JsonNode> listedAgreements() {
        return agreements.values().stream().filter(OutsideReader::isListed);
    }

    private static boolean isListed(JsonNode image) {
        return image.path("listed").asBoolean();
    }

    private static Predicate<JsonNode> in(String state) {
        return agreement -> agreement.path("state").asText().equals(state);
    }

    private static Predicate<JsonNode> of(String supportType) {
        return agreement -> agreement.path("support_type").asText().equals(supportType);
    }

    private static Predicate<JsonNode> signedBefore(LocalDate day) {
        return agreement -> agreement.path("signed_on").isTextual()
                && LocalDate.parse(agreement.path("signed_on").asText()).isBefore(day);
    }

    private static long distinct(Stream<JsonNode> images, String field) {
        return images.map(image -> image.path(field).asText()).distinct().count();
    }

    private static JsonNode parse(byte[] value) {
        try {
            return JSON.readTree(value);
        } catch (IOException e) {
            throw new UncheckedIOException("A record that is not JSON", e);
        }
    }
}
