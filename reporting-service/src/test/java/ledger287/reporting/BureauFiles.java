package ledger287.reporting;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Counties and population, loaded as an operator does. */
final class BureauFiles {
    private BureauFiles() {}

    /** Loads {@link ReferenceFiles}. */
    static void load(URI root) throws IOException, InterruptedException {
        HttpClient http = HttpClient.newHttpClient();
        for (Map.Entry<String, String> file : Map.of(
                        "2025_Gaz_counties_national.txt", ReferenceFiles.gazetteer("County 0 County"),
                        "co-est2023-alldata.csv", ReferenceFiles.estimates(2023, "County 0 County"))
                .entrySet()) {
            HttpResponse<String> loaded = http.send(
                    HttpRequest.newBuilder(root.resolve("/v1/reference"))
                            .header("Authorization", "Bearer " + Servers.ADMIN_KEY)
                            .header("Content-Type", "application/octet-stream")
                            .header("X-File-Name", file.getKey())
                            .POST(HttpRequest.BodyPublishers.ofString(file.getValue(), StandardCharsets.UTF_8))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(loaded.statusCode()).as(loaded.body()).isBetween(200, 201);
        }
    }
}
