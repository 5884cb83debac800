package ledger287.reporting.webhooks.secret;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class SecretKeysTest {
    private static final String FIRST = key("first");
    private static final String SECOND = key("second");
    private static final UUID WEBHOOK = new UUID(1, 2);

    private final SigningSecret secret = SigningSecret.fresh(new SecureRandom());

    @Test
    void what_was_sealed_is_opened_and_twice_sealed_is_never_the_same() {
        SecretKeys keys = keys(FIRST);
        Sealed sealed = keys.seal(secret, WEBHOOK);
        assertThat(keys.open(sealed, WEBHOOK).shown()).isEqualTo(secret.shown());
        assertThat(keys.seal(secret, WEBHOOK).bytes()).isNotEqualTo(sealed.bytes());
        assertThat(sealed.toString()).doesNotContain(secret.shown());
        assertThat(secret.toString()).isEqualTo("whsec_…");
    }

    @Test
    void a_key_that_was_before_opens_what_it_sealed_and_seals_nothing() {
        Sealed sealed = keys(FIRST).seal(secret, WEBHOOK);
        SecretKeys later = keys(SECOND, FIRST);
        assertThat(later.open(sealed, WEBHOOK).shown()).isEqualTo(secret.shown());
        assertThat(later.isCurrent(sealed)).isFalse();
        assertThat(later.isCurrent(later.seal(secret, WEBHOOK))).isTrue();
        assertThatThrownBy(() -> keys(SECOND).open(sealed, WEBHOOK))
                .isInstanceOf(SecretKeys.Unopenable.class)
                .hasMessageContaining(sealed.keyId());
    }

    @Test
    void what_was_tampered_with_or_moved_to_another_row_is_not_opened() {
        SecretKeys keys = keys(FIRST);
        Sealed sealed = keys.seal(secret, WEBHOOK);
        assertThatThrownBy(() -> keys.open(sealed, new UUID(1, 3))).isInstanceOf(SecretKeys.Unopenable.class);
        byte[] bytes = sealed.bytes().clone();
        bytes[bytes.length - 1] ^= 1;
        assertThatThrownBy(() -> keys.open(new Sealed(sealed.keyId(), bytes), WEBHOOK))
                .isInstanceOf(SecretKeys.Unopenable.class);
        assertThatThrownBy(() -> keys.open(new Sealed(sealed.keyId(), new byte[3]), WEBHOOK))
                .isInstanceOf(SecretKeys.Unopenable.class);
    }

    @Test
    void a_key_with_a_slip_in_it_is_refused_without_being_shown() {
        for (String wrong : List.of("short", "c2hvcnQ=", FIRST + "x", "not base64 at all, but thirty two")) {
            assertThatThrownBy(() -> keys(wrong))
                    .hasMessageContaining("ledger287.reporting.webhook-key")
                    .hasMessageNotContaining(wrong);
        }
        assertThat(new SecretKeys(Optional.empty(), Optional.empty()).present()).isFalse();
        assertThat(keys(" ").present()).isFalse();
    }

    private static SecretKeys keys(String current, String... before) {
        return new SecretKeys(Optional.of(current), Optional.of(List.of(before)));
    }

    private static String key(String name) {
        byte[] bytes = java.util.Arrays.copyOf(name.getBytes(StandardCharsets.UTF_8), 32);
        return Base64.getEncoder().encodeToString(bytes);
    }
}
