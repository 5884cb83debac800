package ledger287.service.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

final class ApiKeysTest {
    private record Settings(Map<String, KeySettings.Key> byName) implements KeySettings {}

    private record Configured(String sha256, List<String> roles) implements KeySettings.Key {}

    @Test
    void aKeyIsKnownByItsHashAndHasTheNameAndTheRolesOfTheConfiguration() throws NoSuchAlgorithmException {
        ApiKeys keys = new ApiKeys(new Settings(Map.of(
                "desk", new Configured(sha256("l287_one"), List.of("editor")),
                "nightly",
                        new Configured(
                                " " + sha256("l287_two").toUpperCase(Locale.ROOT) + "\n",
                                List.of("importer", "admin")))));

        assertThat(keys.holderOf("l287_two")).hasValueSatisfying(holder -> {
            assertThat(holder.name()).isEqualTo("nightly");
            assertThat(holder.roles()).containsExactlyInAnyOrder("importer", "admin");
        });
        assertThat(keys.holderOf("l287_three")).isEmpty();
        assertThat(keys.holderOf("")).isEmpty();
        assertThat(keys.holderOf(sha256("l287_one"))).isEmpty();
    }

    @Test
    void aKeyWhereAHashBelongsIsRefusedAtTheStart() {
        for (String mistaken : List.of("l287_the-key-itself", "", "00ff")) {
            assertThatThrownBy(() ->
                            new ApiKeys(new Settings(Map.of("desk", new Configured(mistaken, List.of("editor"))))))
                    .isInstanceOf(IllegalStateException.class)
                    .hasMessageContaining("ledger287.keys.desk.sha256");
        }
    }

    private static String sha256(String key) throws NoSuchAlgorithmException {
        return HexFormat.of()
                .formatHex(MessageDigest.getInstance("SHA-256").digest(key.getBytes(StandardCharsets.UTF_8)));
    }
}
