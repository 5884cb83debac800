package ledger287.reporting.roster;

import com.fasterxml.jackson.databind.JsonNode;
import jakarta.inject.Singleton;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import ledger287.reporting.changelog.Change;
import ledger287.reporting.changelog.MalformedEventException;
import ledger287.reporting.changelog.Projector;
import ledger287.reporting.operations.PartnerNames;
import ledger287.reporting.query.Moment;
import ledger287.reporting.versions.Column;
import ledger287.reporting.versions.Days;
import ledger287.reporting.versions.VersionTable;
import org.jspecify.annotations.Nullable;

/** Keeps the versions of agencies, agreements, applications and workbooks. */
@Singleton
public final class RosterProjector implements Projector {
    private static final VersionTable AGENCIES = new VersionTable(
                    "agency",
                    Column.of("name"),
                    Column.of("state"),
                    Column.of("county"),
                    Column.of("agency_type"),
                    Column.of("merged_into"))
            .with(new VersionTable.Part("agency_name_key", List.of("key"), PartnerNames::ofAgency));

    private static final VersionTable AGREEMENTS = new VersionTable(
            "agreement",
            Column.of("agency_id"),
            Column.beginning("agency_name"),
            Column.of("state"),
            Column.beginning("county"),
            Column.of("agency_type"),
            Column.of("support_type"),
            Column.of("status"),
            Column.of("listed"),
            Column.of("signed_on"),
            Column.of("signed_precision"),
            new Column("signed_earliest", image -> signed(image).earliest()),
            new Column("signed_latest", image -> signed(image).latest()),
            new Column(
                    "ended_earliest", image -> ended(image).map(Days::earliest).orElse(null)),
            new Column("ended_latest", image -> ended(image).map(Days::latest).orElse(null)),
            Column.of("first_listed_at"),
            Column.of("last_listed_at"),
            new Column("last_listed_on", RosterProjector::lastListedOn));

    private static final VersionTable APPLICATIONS = new VersionTable(
            "application",
            Column.of("agency_id"),
            Column.beginning("agency_name"),
            Column.of("state"),
            Column.beginning("county"),
            Column.of("agency_type"),
            Column.of("support_type"),
            Column.of("status"),
            Column.of("listed"),
            Column.of("agreement_id"),
            Column.of("first_listed_at"),
            Column.of("absent_before"),
            Column.of("last_listed_at"));

    private static final VersionTable SHEETS = new VersionTable(
            "sheet", Column.of("kind"), Column.of("status"), Column.of("published_at"), Column.of("listed_after"));

    private static final List<VersionTable> TABLES = List.of(AGENCIES, AGREEMENTS, APPLICATIONS, SHEETS);

    @Override
    public void project(Connection transaction, List<Change> changes) throws SQLException {
        for (VersionTable table : TABLES) {
            table.applyOwn(transaction, changes);
        }
    }

    private static Days signed(JsonNode image) {
        return Days.of(text(image, "signed_on"), text(image, "signed_precision"));
    }

    private static Optional<Days> ended(JsonNode image) {
        JsonNode ended = image.path("ended");
        if (!ended.isObject()) {
            return Optional.empty();
        }
        return Optional.of(Days.of(ended));
    }

    private static @Nullable String lastListedOn(JsonNode image) {
        String at = text(image, "last_listed_at");
        if (at == null) {
            return null;
        }
        try {
            return Instant.parse(at).atZone(Moment.NEW_YORK).toLocalDate().toString();
        } catch (DateTimeException e) {
            throw new MalformedEventException("last_listed_at '" + at + "' is not a time", e);
        }
    }

    private static @Nullable String text(JsonNode node, String field) {
        return node.path(field).isTextual() ? node.path(field).textValue() : null;
    }
}
