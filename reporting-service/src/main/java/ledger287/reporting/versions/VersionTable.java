package ledger287.reporting.versions;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import ledger287.reporting.changelog.Change;
import ledger287.reporting.changelog.MalformedEventException;
import ledger287.reporting.database.NewRows;
import ledger287.reporting.versions.Knowledge.Stretch;

/** The versions of one kind of thing. */
public final class VersionTable {
    private static final ObjectMapper JSON = new ObjectMapper();

    private final String kind;
    private final String table;
    private final String idColumn;
    private final List<Column> columns;
    private final List<Part> parts;

    /**
     * A table with several rows for each version, the version's rectangle in each, so that versions can be found by them.
     *
     * @param columns beside the version's id and rectangle
     * @param rows the rows that follow from an image, each with its cells in the order of the columns
     */
    public record Part(String table, List<String> columns, Function<JsonNode, List<List<?>>> rows) {}

    /**
     * @param kind as in the contract, e.g. {@code agreement}: its images are the event's field of that name, their id the
     *     field {@code agreement_id}, and the table {@code agreement_version}
     */
    public VersionTable(String kind, Column... columns) {
        this(kind, List.of(columns), List.of());
    }

    private VersionTable(String kind, List<Column> columns, List<Part> parts) {
        this.kind = kind;
        this.table = kind + "_version";
        this.idColumn = kind + "_id";
        this.columns = columns;
        this.parts = parts;
    }

    /** The same with a part. */
    public VersionTable with(Part part) {
        return new VersionTable(
                kind, columns, Stream.concat(parts.stream(), Stream.of(part)).toList());
    }

    public String kind() {
        return kind;
    }

    /** Applies those of the changes that are of this kind. */
    public void applyOwn(Connection transaction, List<Change> changes) throws SQLException {
        apply(
                transaction,
                changes.stream()
                        .filter(change ->
                                change.event().kind().filter(kind::equals).isPresent())
                        .toList());
    }

    /** Applies changes of this kind, in order of sequence. */
    public void apply(Connection transaction, List<Change> changes) throws SQLException {
        if (changes.isEmpty()) {
            return;
        }
        Map<UUID, Knowledge> known = new LinkedHashMap<>();
        changes.forEach(change -> known.putIfAbsent(id(change), new Knowledge()));
        loadOpen(transaction, known);
        for (Change change : changes) {
            JsonNode before = change.event().data().path("before");
            known(known, id(change))
                    .learn(
                            change.event().knownAt(),
                            change.sequence(),
                            before.isObject() ? before : null,
                            image(change));
        }
        close(transaction, known);
        insert(transaction, known);
    }

    private void loadOpen(Connection transaction, Map<UUID, Knowledge> known) throws SQLException {
        try (PreparedStatement select = transaction.prepareStatement("""
                select %1$s, known_from, known_to, from_sequence, change_sequence, image
                  from %2$s
                 where %1$s = any (?)
                   and to_sequence = 9223372036854775807
                """.formatted(idColumn, table))) {
            select.setArray(1, transaction.createArrayOf("uuid", known.keySet().toArray()));
            try (ResultSet row = select.executeQuery()) {
                while (row.next()) {
                    known(known, row.getObject(1, UUID.class))
                            .remember(new Stretch(
                                    instant(row, 2),
                                    instant(row, 3),
                                    row.getLong(4),
                                    Knowledge.OPEN,
                                    row.getLong(5),
                                    object(row.getString(6)),
                                    true));
                }
            }
        }
    }

    private void close(Connection transaction, Map<UUID, Knowledge> known) throws SQLException {
        List<UUID> ids = new ArrayList<>();
        List<String> knownFrom = new ArrayList<>();
        List<Long> toSequence = new ArrayList<>();
        known.forEach((id, knowledge) -> knowledge.closures().forEach(stretch -> {
            ids.add(id);
            knownFrom.add(stretch.knownFrom().toString());
            toSequence.add(stretch.toSequence());
        }));
        if (ids.isEmpty()) {
            return;
        }
        for (String closed : tables()) {
            try (PreparedStatement update = transaction.prepareStatement("""
                    update %2$s v
                       set to_sequence = c.to_sequence
                      from unnest(?::uuid[], ?::timestamptz[], ?::bigint[]) c (id, known_from, to_sequence)
                     where v.%1$s = c.id
                       and v.known_from = c.known_from
                       and v.to_sequence = 9223372036854775807
                    """.formatted(idColumn, closed))) {
                update.setArray(1, transaction.createArrayOf("uuid", ids.toArray()));
                update.setArray(2, transaction.createArrayOf("text", knownFrom.toArray()));
                update.setArray(3, transaction.createArrayOf("bigint", toSequence.toArray()));
                update.executeUpdate();
            }
        }
    }

    private void insert(Connection transaction, Map<UUID, Knowledge> known) throws SQLException {
        NewRows rows = new NewRows();
        known.forEach((id, knowledge) -> {
            for (Stretch stretch : knowledge.additions()) {
                rectangle(rows, id, stretch).cell(stretch.changeSequence());
                columns.forEach(column -> rows.cell(column.value().apply(stretch.image())));
                rows.cell(stretch.image());
                rows.endRow();
            }
        });
        rows.into(
                transaction,
                "%s (%s, known_from, known_to, from_sequence, to_sequence, change_sequence, %s, image)"
                        .formatted(
                                table,
                                idColumn,
                                columns.stream().map(Column::name).collect(Collectors.joining(", "))));
        for (Part part : parts) {
            insert(transaction, part, known);
        }
    }

    private void insert(Connection transaction, Part part, Map<UUID, Knowledge> known) throws SQLException {
        NewRows rows = new NewRows();
        known.forEach((id, knowledge) -> {
            for (Stretch stretch : knowledge.additions()) {
                for (List<?> cells : part.rows().apply(stretch.image())) {
                    rectangle(rows, id, stretch);
                    cells.forEach(rows::cell);
                    rows.endRow();
                }
            }
        });
        rows.into(
                transaction,
                "%s (%s, known_from, known_to, from_sequence, to_sequence, %s)"
                        .formatted(part.table(), idColumn, String.join(", ", part.columns())));
    }

    private static NewRows rectangle(NewRows rows, UUID id, Stretch stretch) {
        return rows.cell(id)
                .cell(stretch.knownFrom())
                .cell(stretch.knownTo().equals(Knowledge.FOREVER) ? "infinity" : stretch.knownTo())
                .cell(stretch.fromSequence())
                .cell(stretch.toSequence());
    }

    /** The versions' own and those of their parts. */
    private List<String> tables() {
        return Stream.concat(Stream.of(table), parts.stream().map(Part::table)).toList();
    }

    private ObjectNode image(Change change) {
        if (change.event().data().path(kind) instanceof ObjectNode image) {
            return image;
        }
        throw new MalformedEventException("data has no " + kind);
    }

    private UUID id(Change change) {
        String id = image(change).path(idColumn).asText();
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw new MalformedEventException(idColumn + " '" + id + "' is not a UUID", e);
        }
    }

    private static Knowledge known(Map<UUID, Knowledge> known, UUID id) {
        Knowledge knowledge = known.get(id);
        if (knowledge == null) {
            throw new IllegalStateException("The database answered for " + id + ", which was not asked for");
        }
        return knowledge;
    }

    private static Instant instant(ResultSet row, int column) throws SQLException {
        OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
        return time.equals(OffsetDateTime.MAX) ? Knowledge.FOREVER : time.toInstant();
    }

    private static ObjectNode object(String json) throws SQLException {
        try {
            return (ObjectNode) JSON.readTree(json);
        } catch (JsonProcessingException e) {
            throw new SQLException("A stored image is not JSON", e);
        }
    }
}
