package ledger287.reporting.versions;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;
import ledger287.local.SharedServers;
import ledger287.reporting.changelog.Change;
import ledger287.reporting.changelog.PublicEvent;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Versions against what they mean: at (as of K, sequence S) a thing is what folding its events gives that have sequence ≤
 * S and known ≤ K, in order of sequence, each changing the fields in which its two images differ.
 */
final class VersionTableTest {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String DATABASE =
            "versions_" + UUID.randomUUID().toString().replace("-", "");
    private static final Instant FIRST = Instant.parse("2025-06-01T13:00:00Z");
    private static final int THINGS = 4;
    private static final int DAYS = 6;

    private final VersionTable table = new VersionTable("thing", Column.of("a"), Column.of("b"));

    @BeforeAll
    static void createTable() throws SQLException {
        SharedServers.postgres().createDatabase(DATABASE);
        try (Connection connection = SharedServers.postgres().connect(DATABASE);
                Statement statement = connection.createStatement()) {
            statement.execute("""
                    create table thing_version (
                      thing_id uuid not null, known_from timestamptz not null, known_to timestamptz not null,
                      from_sequence bigint not null, to_sequence bigint not null, change_sequence bigint not null,
                      a text, b text, image json not null,
                      primary key (thing_id, from_sequence, known_from))
                    """);
        }
    }

    @Test
    void everyPointHoldsWhatTheFoldOfItsEventsGives() throws SQLException {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int round = 0; round < 25; round++) {
            List<Change> changes = randomChanges(random, 30);
            try (Connection connection = SharedServers.postgres().connect(DATABASE)) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute("delete from thing_version");
                }
                int done = 0;
                while (done < changes.size()) {
                    int end = Math.min(changes.size(), done + 1 + random.nextInt(8));
                    table.apply(connection, changes.subList(done, end));
                    done = end;
                }
                for (long sequence = 0; sequence <= changes.size(); sequence++) {
                    for (int day = -1; day <= DAYS; day++) {
                        assertThat(stored(connection, known(day), sequence))
                                .as("seed %d, round %d, known on day %d, sequence %d", seed, round, day, sequence)
                                .isEqualTo(folded(changes, known(day), sequence));
                    }
                }
                assertThat(current(connection))
                        .as("seed %d, round %d: the present is the newest image of each", seed, round)
                        .isEqualTo(newest(changes));
                connection.rollback();
            }
        }
    }

    @Test
    void anOlderWorkbookAfterAnEditorsActChangesThePresentButLeaksNothingIntoThePast() throws SQLException {
        ObjectNode listed = image("x", "listed");
        ObjectNode corrected = image("y", "listed");
        ObjectNode unlisted = image("y", "unlisted");
        List<Change> changes = List.of(
                change(1, 0, 0, null, listed),
                change(2, 0, 5, listed, corrected),
                change(3, 0, 2, corrected, unlisted));
        try (Connection connection = SharedServers.postgres().connect(DATABASE)) {
            connection.setAutoCommit(false);
            for (Change change : changes) {
                table.apply(connection, List.of(change));
            }
            assertThat(stored(connection, known(1), 3)).containsValue(listed);
            assertThat(stored(connection, known(2), 3)).containsValue(image("x", "unlisted"));
            assertThat(stored(connection, known(5), 3)).containsValue(unlisted);
            assertThat(stored(connection, known(5), 2)).containsValue(corrected);
            connection.rollback();
        }
    }

    private static Map<UUID, JsonNode> stored(Connection connection, Instant known, long sequence) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                select thing_id, image, a, b
                  from thing_version
                 where from_sequence <= ? and to_sequence > ? and known_from <= ? and known_to > ?
                """)) {
            OffsetDateTime at = known.atOffset(ZoneOffset.UTC);
            select.setLong(1, sequence);
            select.setLong(2, sequence);
            select.setObject(3, at);
            select.setObject(4, at);
            try (ResultSet row = select.executeQuery()) {
                return images(row);
            }
        }
    }

    private static Map<UUID, JsonNode> current(Connection connection) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement("""
                        select thing_id, image, a, b
                          from thing_version
                         where to_sequence = 9223372036854775807 and known_to = 'infinity'
                        """);
                ResultSet row = select.executeQuery()) {
            return images(row);
        }
    }

    private static Map<UUID, JsonNode> images(ResultSet row) throws SQLException {
        Map<UUID, JsonNode> images = new HashMap<>();
        while (row.next()) {
            JsonNode image = parse(row.getString(2));
            assertThat(image.path("a").asText()).isEqualTo(row.getString(3));
            assertThat(image.path("b").asText()).isEqualTo(row.getString(4));
            assertThat(images.put(row.getObject(1, UUID.class), image))
                    .as("rectangles of one thing never overlap")
                    .isNull();
        }
        return images;
    }

    private static Map<UUID, JsonNode> folded(List<Change> changes, Instant known, long sequence) {
        Map<UUID, JsonNode> things = new HashMap<>();
        for (Change change : changes) {
            if (change.sequence() > sequence || change.event().knownAt().isAfter(known)) {
                continue;
            }
            ObjectNode after = (ObjectNode) change.event().data().path("thing");
            JsonNode before = change.event().data().path("before");
            UUID id = UUID.fromString(after.path("thing_id").asText());
            JsonNode held = things.get(id);
            if (held == null) {
                things.put(id, after);
            } else {
                ObjectNode next = held.deepCopy();
                after.properties().forEach(field -> {
                    if (!field.getValue().equals(before.path(field.getKey()))) {
                        next.set(field.getKey(), field.getValue());
                    }
                });
                things.put(id, next);
            }
        }
        return things;
    }

    private static Map<UUID, JsonNode> newest(List<Change> changes) {
        Map<UUID, JsonNode> newest = new HashMap<>();
        changes.forEach(change -> {
            JsonNode after = change.event().data().path("thing");
            newest.put(UUID.fromString(after.path("thing_id").asText()), after);
        });
        return newest;
    }

    /** Mostly in order of time, as workbooks come; every third event comes late. */
    private static List<Change> randomChanges(Random random, int count) {
        List<Change> changes = new ArrayList<>();
        Map<Integer, ObjectNode> images = new HashMap<>();
        int today = 0;
        for (int sequence = 1; sequence <= count; sequence++) {
            today = Math.min(DAYS - 1, today + (random.nextInt(4) == 0 ? 1 : 0));
            int day = random.nextInt(3) == 0 ? random.nextInt(DAYS) : today;
            int thing = random.nextInt(THINGS);
            ObjectNode before = images.get(thing);
            ObjectNode after = before == null ? image("a0", "b0") : before.deepCopy();
            after.put("thing_id", new UUID(0, thing).toString());
            after.put(random.nextBoolean() ? "a" : "b", "v" + random.nextInt(4));
            images.put(thing, after);
            changes.add(change(sequence, thing, day, before, after));
        }
        return changes;
    }

    private static Change change(long sequence, int thing, int day, @Nullable ObjectNode before, ObjectNode after) {
        ObjectNode data = JSON.createObjectNode();
        after.put("thing_id", new UUID(0, thing).toString());
        data.set("thing", after);
        data.set("before", before == null ? JSON.nullNode() : (JsonNode) before);
        return new Change(
                sequence,
                new PublicEvent(
                        "test",
                        sequence,
                        sequence,
                        new UUID(1, sequence),
                        "org.ledger287.thing.changed.v1",
                        "thing-" + thing,
                        known(day),
                        known(day),
                        data,
                        "{}"));
    }

    private static ObjectNode image(String a, String b) {
        ObjectNode image = JSON.createObjectNode();
        image.put("a", a);
        image.put("b", b);
        image.put("thing_id", new UUID(0, 0).toString());
        return image;
    }

    private static Instant known(int day) {
        return FIRST.plusSeconds(day * 86_400L);
    }

    private static JsonNode parse(String json) {
        try {
            return JSON.readTree(json);
        } catch (com.fasterxml.jackson.core.JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
