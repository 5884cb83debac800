package ledger287.local.importing;

import java.io.IOException;
import java.io.InputStream;
import java.net.ConnectException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import ledger287.local.LocalStackException;

/** Fetches a workbook from the web. The services never do, so that nobody can make them call out. */
final class Download {

    /** ICE's workbooks have less than a tenth of this. */
    private static final int LARGEST_BYTES = 20_000_000;

    private Download() {}

    static byte[] of(URI address, HttpClient http) throws IOException {
        var request = HttpRequest.newBuilder(address)
                .timeout(Duration.ofMinutes(1))
                .header("User-Agent", "ledger287")
                .build();
        try {
            HttpResponse<InputStream> response = http.send(request, BodyHandlers.ofInputStream());
            try (InputStream body = response.body()) {
                if (response.statusCode() != 200) {
                    throw new IOException("%s answered with status %d".formatted(address, response.statusCode()));
                }
                byte[] bytes = body.readNBytes(LARGEST_BYTES + 1);
                if (bytes.length > LARGEST_BYTES) {
                    throw new IOException("%s is larger than %,d bytes".formatted(address, LARGEST_BYTES));
                }
                return bytes;
            }
        } catch (ConnectException e) {
            // Its own message is often empty.
            throw new IOException("nobody answers at " + address, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new LocalStackException("Interrupted while fetching " + address, e);
        }
    }
}
