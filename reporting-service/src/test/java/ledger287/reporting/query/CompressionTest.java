package ledger287.reporting.query;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CompressionTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "gzip | true",
                "gzip, deflate, br | true",
                "br;q=1.0, GZIP;q=0.2 | true",
                "* | true",
                "x-gzip | true",
                "gzip;q=0, * | false",
                "gzip; q=0 | false",
                "gzip;q=nonsense | false",
                "identity | false",
                "gzipped | false",
                "deflate, br | false",
                "*;q=0 | false",
            })
    void gzipIsSentToThoseWhoTakeIt(String header, boolean taken) {
        assertThat(Compression.accepted(header)).isEqualTo(taken);
    }
}
