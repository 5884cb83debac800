package ledger287.reporting.webhooks.endpoint;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import ledger287.reporting.problem.Problem;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** No message goes to an address that only this machine, or its network, can reach. */
final class AddressRulesTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "0.0.0.0",
                "0.1.2.3",
                "10.0.0.1",
                "10.255.255.255",
                "100.64.0.1",
                "100.127.255.255",
                "127.0.0.1",
                "127.255.0.1",
                "169.254.169.254",
                "172.16.0.1",
                "172.31.255.255",
                "192.0.0.8",
                "192.0.2.1",
                "192.88.99.1",
                "192.168.1.1",
                "198.18.0.1",
                "198.19.255.255",
                "198.51.100.7",
                "203.0.113.9",
                "224.0.0.1",
                "239.255.255.255",
                "240.0.0.1",
                "255.255.255.255",
                "::",
                "::1",
                "::ffff:10.0.0.1",
                "::ffff:127.0.0.1",
                "::127.0.0.1",
                "64:ff9b::a00:1",
                "64:ff9b:1::1",
                "100::1",
                "2001::1",
                "2001:2::1",
                "2001:db8::1",
                "2002:a00:1::1",
                "3fff::1",
                "5f00::1",
                "fc00::1",
                "fd12:3456::1",
                "fe80::1",
                "fec0::1",
                "ff02::1"
            })
    void special_addresses_are_refused(String address) throws Exception {
        assertThat(AddressRules.refusal(InetAddress.getByName(address))).isPresent();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "1.1.1.1",
                "9.255.255.255",
                "11.0.0.1",
                "100.63.255.255",
                "100.128.0.1",
                "172.15.255.255",
                "172.32.0.1",
                "192.0.1.1",
                "198.17.255.255",
                "198.20.0.1",
                "223.255.255.255",
                "::ffff:1.1.1.1",
                "2001:4860:4860::8888",
                "2606:4700::1111",
                "2a00::1"
            })
    void public_addresses_are_not(String address) throws Exception {
        assertThat(AddressRules.refusal(InetAddress.getByName(address))).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "hooks",
                "http://hooks.example.org/",
                "http://127.0.0.1:8080/",
                "ftp://hooks.example.org/",
                "https:///path",
                "https://user@hooks.example.org/",
                "https://user:secret@hooks.example.org/",
                "https://hooks.example.org:22/",
                "https://hooks.example.org:80/",
                "https://hooks.example.org:0/",
                "https://hooks.example.org:70000/",
                "https://hooks.example.org/#part",
                "https://höoks.example.org/",
                "https://hooks example.org/",
                "https://hooks.example.org/\r\nHost: other",
                "https://10.0.0.1/",
                "https://127.0.0.1/",
                "https://127.1/",
                "https://2130706433/",
                "https://0x7f000001/",
                "https://[::1]/",
                "https://[::ffff:10.0.0.1]/",
                "https://[fe80::1]/",
                "https://169.254.169.254/latest/meta-data/"
            })
    void addresses_that_lead_nowhere_good_are_refused_by_name(String url) {
        assertThatThrownBy(() -> EndpointUrl.parse(url, false))
                .isInstanceOfSatisfying(
                        Problem.class, problem -> assertThat(problem.document()).containsEntry("parameter", "url"));
    }

    @Test
    void an_address_of_the_web_is_taken_apart() {
        assertThat(EndpointUrl.parse("https://Hooks.Example.org/in?desk=1", false))
                .isEqualTo(new EndpointUrl(
                        "https://Hooks.Example.org/in?desk=1", true, "hooks.example.org", 443, "/in?desk=1"));
        assertThat(EndpointUrl.parse("https://hooks.example.org:8443", false).target())
                .isEqualTo("/");
    }

    @Test
    void this_machine_itself_is_reached_only_where_that_is_allowed() throws Exception {
        InetAddress loopback = InetAddress.getLoopbackAddress();
        EndpointUrl url = EndpointUrl.parse("http://localhost:9000/", true);
        assertThat(url.refusal(loopback, true)).isEmpty();
        assertThat(url.refusal(loopback, false)).isPresent();
        assertThat(url.refusal(InetAddress.getByName("1.1.1.1"), true)).isPresent();
        assertThat(EndpointUrl.parse("https://localhost:9000/", true).refusal(loopback, false))
                .isPresent();
    }

    @Test
    void when_to_come_back_is_read_in_both_forms() {
        Instant now = Instant.parse("2025-06-06T13:00:00Z");
        assertThat(RetryAfter.read("120", now)).hasValue(Duration.ofMinutes(2));
        assertThat(RetryAfter.read("Fri, 06 Jun 2025 14:00:00 GMT", now)).hasValue(Duration.ofHours(1));
        assertThat(RetryAfter.read("Fri, 06 Jun 2025 12:00:00 GMT", now)).isEmpty();
        assertThat(RetryAfter.read("soon", now)).isEmpty();
        assertThat(RetryAfter.read("-5", now)).isEmpty();
        assertThat(RetryAfter.read(null, now)).isEmpty();
    }
}
