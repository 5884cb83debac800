package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import ledger287.local.SharedServers;
import ledger287.reporting.changelog.Change;
import ledger287.reporting.changelog.PublicEvent;
import ledger287.reporting.roster.RosterProjector;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.Test;

/** Every event that the contract shows by example can be read and projected. */
final class ContractTest {

    @Test
    void everyExampleOfTheContractIsReadAndProjected() throws Exception {
        List<PublicEvent> events = examples();
        assertThat(events).hasSizeGreaterThan(30);
        String name = "contract_" + UUID.randomUUID().toString().replace("-", "");
        SharedServers.postgres().createDatabase(name);
        Flyway.configure()
                .dataSource(
                        SharedServers.postgres().jdbcUrl(name),
                        SharedServers.postgres().user(),
                        SharedServers.postgres().password())
                .locations("db/reporting")
                .load()
                .migrate();
        RosterProjector projector = new RosterProjector();
        try (Connection connection = SharedServers.postgres().connect(name)) {
            connection.setAutoCommit(false);
            long sequence = 0;
            for (PublicEvent event : events) {
                projector.project(connection, List.of(new Change(++sequence, event)));
            }
            for (String kind : List.of("agency", "agreement", "application", "sheet")) {
                assertThat(rows(connection, kind)).as(kind).isPositive();
            }
            connection.rollback();
        }
    }

    private static int rows(Connection connection, String kind) throws SQLException {
        try (var select = connection.prepareStatement("select count(*) from " + kind + "_version");
                var row = select.executeQuery()) {
            row.next();
            return row.getInt(1);
        }
    }

    private static List<PublicEvent> examples() throws IOException, URISyntaxException {
        URI directory = Objects.requireNonNull(ContractTest.class.getResource(
                        "/ledger287/contracts/examples/org.ledger287.agreement.signed.v1.json"))
                .toURI();
        if (directory.getScheme().equals("jar")) {
            try (FileSystem jar = FileSystems.newFileSystem(directory, Map.of())) {
                return read(jar.getPath("/ledger287/contracts/examples"));
            }
        }
        return read(Objects.requireNonNull(Path.of(directory).getParent()));
    }

    private static List<PublicEvent> read(Path directory) throws IOException {
        List<PublicEvent> events = new ArrayList<>();
        try (Stream<Path> files = Files.list(directory)) {
            for (Path file : files.sorted().toList()) {
                events.add(PublicEvent.parse(Files.readAllBytes(file)));
            }
        }
        return events;
    }
}
