package ledger287.reporting.limits;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class ClientTest {
    @Test
    void addressesOfOneHouseholdAreOneClientAndOthersAreNot() {
        assertThat(Client.of("2001:db8:1:2::1")).isEqualTo(Client.of("2001:db8:1:2:ffff:ffff:ffff:ffff"));
        assertThat(Client.of("2001:db8:1:2::1")).isNotEqualTo(Client.of("2001:db8:1:3::1"));
        assertThat(Client.of("203.0.113.7")).isNotEqualTo(Client.of("203.0.113.8"));
        assertThat(Client.of("::ffff:203.0.113.7")).isEqualTo(Client.of("203.0.113.7"));
        assertThat(Client.of("0.0.0.1")).isNotEqualTo(Client.of("::1"));
    }

    @Test
    void thisMachineIsKnownByAllItsNames() {
        assertThat(Client.of("127.0.0.1").loopback()).isTrue();
        assertThat(Client.of("127.8.8.8").loopback()).isTrue();
        assertThat(Client.of("::1").loopback()).isTrue();
        assertThat(Client.of("::ffff:127.0.0.1").loopback()).isTrue();
        assertThat(Client.of("::2").loopback()).isFalse();
        assertThat(Client.of("203.0.113.7").loopback()).isFalse();
    }

    @Test
    void whoeverGivesNoAddressIsLimitedWithAllWhoGiveNone() {
        assertThat(Client.of("unknown")).isEqualTo(Client.of("_hidden"));
        assertThat(Client.of("unknown").loopback()).isFalse();
    }
}
