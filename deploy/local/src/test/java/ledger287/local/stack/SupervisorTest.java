package ledger287.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import ledger287.local.Checkout;
import ledger287.local.ChildProcess;
import ledger287.local.LocalStackException;
import ledger287.local.StopSignal;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class SupervisorTest {

    @TempDir
    Path directory;

    private Home home = new Home(Path.of(""));

    @BeforeEach
    void prepare() {
        home = Home.of(directory.resolve("home").toString(), new Checkout(directory));
        home.prepare();
    }

    @Test
    void what_a_killed_supervisor_left_running_is_stopped_by_the_next() throws IOException {
        ChildProcess left = sleeper("ours in " + home.directory());
        Files.writeString(home.pidFile("left"), left.pid() + "\n");

        try (var supervisor = Supervisor.claim(home).orElseThrow()) {
            assertThat(left.isAlive()).isFalse();
            assertThat(home.pidFile("left")).doesNotExist();
            assertThat(supervisor).isNotNull();
        }
    }

    @Test
    void a_recycled_process_id_is_left_alone() throws IOException {
        ChildProcess stranger = sleeper("somebody else's");
        Files.writeString(home.pidFile("left"), stranger.pid() + "\n");

        try (var supervisor = Supervisor.claim(home).orElseThrow()) {
            assertThat(stranger.isAlive()).isTrue();
            assertThat(home.pidFile("left")).doesNotExist();
            assertThat(supervisor).isNotNull();
        } finally {
            stranger.kill();
        }
    }

    @Test
    void down_without_a_ledger_says_so() {
        assertThat(Supervisor.stop(home)).isFalse();
        assertThat(Supervisor.stop(new Home(directory.resolve("never")))).isFalse();
    }

    @Test
    void a_taken_port_is_named_with_the_variable_that_changes_it() throws IOException {
        try (var taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            String port = Integer.toString(taken.getLocalPort());
            PortPlan plan = PortPlan.of(Map.of("LEDGER287_AGREEMENTS_PORT", port, "LEDGER287_REPORTING_PORT", "1"));

            assertThatThrownBy(() -> new PortPlan(
                                    ledger287.local.Ports.free(),
                                    plan.agreements(),
                                    plan.operations(),
                                    plan.postgres(),
                                    plan.kafka())
                            .requireFree())
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageStartingWith(
                            "Port %s, wanted for agreements-service, is taken by another program.".formatted(port))
                    .hasMessageContaining("LEDGER287_AGREEMENTS_PORT=");
        }
    }

    @Test
    void a_port_that_is_no_port_is_refused_by_name() {
        for (String wrong : List.of("0", "65536", "http", "-1")) {
            assertThatThrownBy(() -> PortPlan.of(Map.of("LEDGER287_KAFKA_PORT", wrong)))
                    .isInstanceOf(LocalStackException.class)
                    .hasMessageContaining("LEDGER287_KAFKA_PORT=" + wrong);
        }
    }

    @Test
    void the_api_key_is_made_once_and_only_its_owner_may_read_it() throws IOException {
        ApiKey made = ApiKey.in(home.apiKey());

        assertThat(made.value()).matches("l287_[A-Za-z0-9_-]{43}");
        assertThat(made.sha256()).matches("[0-9a-f]{64}");
        assertThat(made.toString()).doesNotContain(made.value());
        assertThat(ApiKey.in(home.apiKey())).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.apiKey())))
                .isEqualTo("rw-------");
    }

    @Test
    void the_key_of_webhooks_is_thirty_two_bytes_made_once_and_only_its_owner_may_read_it() throws IOException {
        WebhookKey made = WebhookKey.in(home.webhookKey());

        assertThat(Base64.getDecoder().decode(made.value())).hasSize(32);
        assertThat(made.toString()).doesNotContain(made.value());
        assertThat(WebhookKey.in(home.webhookKey())).isEqualTo(made);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.webhookKey())))
                .isEqualTo("rw-------");
    }

    private ChildProcess sleeper(String mark) {
        return ChildProcess.start(
                List.of("sh", "-c", "while :; do sleep 0.1; done", mark),
                Map.of(),
                directory.resolve("sleeper.log"),
                StopSignal.TERM);
    }
}
