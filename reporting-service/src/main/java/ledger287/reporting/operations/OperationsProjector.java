package ledger287.reporting.operations;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import ledger287.reporting.changelog.Change;
import ledger287.reporting.changelog.Projector;
import ledger287.reporting.database.NewRows;
import ledger287.reporting.versions.Column;
import ledger287.reporting.versions.Days;
import ledger287.reporting.versions.VersionTable;

/** Keeps the versions of operations and claims. */
@Singleton
public final class OperationsProjector implements Projector {
    private static final VersionTable OPERATIONS = new VersionTable(
                    "operation",
                    Column.of("name"),
                    Column.of("status"),
                    Column.of("scope"),
                    new Column("states", image -> NewRows.array(states(image))),
                    new Column("starts_earliest", image -> starts(image).earliest()),
                    new Column("starts_latest", image -> starts(image).latest()),
                    new Column("overlapping", image -> NewRows.array(overlaps(image))))
            .with(new VersionTable.Part(
                    "operation_partner_key", List.of("ordinal", "rank", "key"), PartnerNames::ofPartners));

    private static final VersionTable CLAIMS = new VersionTable(
            "claim",
            Column.of("operation_id"),
            Column.of("metric"),
            Column.of("status"),
            Column.of("preferred"),
            new Column(
                    "official", image -> image.path("speaker").path("official").asText("false")),
            new Column(
                    "qualifier", image -> image.path("figure").path("qualifier").asText()),
            new Column("low", image -> Column.of("low").value().apply(image.path("figure"))),
            new Column("high", image -> Column.of("high").value().apply(image.path("figure"))),
            new Column("claimed_at", image -> image.path("known_at").asText()),
            Column.of("supersedes"));

    private static final List<VersionTable> TABLES = List.of(OPERATIONS, CLAIMS);

    @Override
    public void project(Connection transaction, List<Change> changes) throws SQLException {
        for (VersionTable table : TABLES) {
            table.applyOwn(transaction, changes);
        }
    }

    /** The states of an operation's places. */
    static Set<String> states(JsonNode image) {
        Set<String> states = new TreeSet<>();
        for (JsonNode place : image.path("places")) {
            if (place.path("state").isTextual()) {
                states.add(place.path("state").textValue());
            }
        }
        return states;
    }

    private static Set<String> overlaps(JsonNode image) {
        Set<String> others = new TreeSet<>();
        for (JsonNode overlap : image.path("overlaps")) {
            if ("overlaps".equals(overlap.path("relation").asText())) {
                others.add(overlap.path("operation_id").asText());
            }
        }
        return others;
    }

    /** It began no later than it ended. */
    private static Days starts(JsonNode image) {
        Days start = Days.of(image.path("start"));
        Days end = Days.of(image.path("end"));
        String never = Days.UNKNOWN.latest();
        boolean endTellsMore = !end.latest().equals(never)
                && (start.latest().equals(never) || end.latest().compareTo(start.latest()) < 0);
        return endTellsMore ? new Days(start.earliest(), end.latest()) : start;
    }
}
