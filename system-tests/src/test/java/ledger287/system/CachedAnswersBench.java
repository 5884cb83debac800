package ledger287.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Target 7: the headline asked again and again, against nginx serving the same bytes as a file. Needs Debian's
 * {@code nginx-light} (or {@code nginx}) and {@code wrk}. Each server has the first core in turn, the client the second.
 */
final class CachedAnswersBench {

    private static final int ROUNDS = 5;
    private static final String QUESTION = "/v1/statistics/headline?since=2025-01-20";
    private static final Pattern REQUESTS = Pattern.compile("Requests/sec:\\s+([0-9.]+)");
    private static final Pattern UNEXPECTED = Pattern.compile("Non-2xx or 3xx responses: (\\d+)");

    private final HttpClient http = HttpClient.newHttpClient();

    @TempDir
    private Path directory;

    @Test
    void theHeadlineAgainstNginx() throws Exception {
        Tool.require("nginx-light wrk util-linux", "nginx", "wrk", "taskset");
        try (var ledger = RunningLedger.up(directory.resolve("ledger"))) {
            Tool.pin(ledger.pid(RunningLedger.Program.REPORTING), 0);
            String ours = ledger.client().reportingAddress() + QUESTION;
            HttpResponse<byte[]> answer = get(ours, null);
            assertThat(answer.statusCode()).isEqualTo(200);
            String ourTag = answer.headers().firstValue("ETag").orElseThrow();
            assertThat(get(ours, ourTag).statusCode()).isEqualTo(304);

            Path files = Files.createDirectories(directory.resolve("www"));
            Files.write(files.resolve("headline.json"), answer.body());
            try (var nginx = Nginx.serve(files, directory.resolve("nginx"))) {
                String theirs = nginx.address() + "/headline.json";
                HttpResponse<byte[]> theirAnswer = get(theirs, null);
                assertThat(theirAnswer.body()).isEqualTo(answer.body());
                String theirTag = theirAnswer.headers().firstValue("ETag").orElseThrow();
                assertThat(get(theirs, theirTag).statusCode()).isEqualTo(304);

                System.out.println("Cached answer, 200, requests a second:");
                Rounds full = Rounds.alternating(ROUNDS, () -> load(ours, null), () -> load(theirs, null));
                Rounds.row("7 (200)", "cached statistic, 200", said(full), "≥ 0.35 × nginx");
                System.out.println("Unchanged, 304, requests a second:");
                Rounds unchanged = Rounds.alternating(ROUNDS, () -> load(ours, ourTag), () -> load(theirs, theirTag));
                Rounds.row("7 (304)", "cached statistic, 304", said(unchanged), "≥ 0.5 × nginx");
            }
        }
    }

    private static String said(Rounds rounds) {
        return rounds.ratio() + "; " + rounds.absolute("requests/s");
    }

    private HttpResponse<byte[]> get(String address, @Nullable String tag) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create(address));
        if (tag != null) {
            request.header("If-None-Match", tag);
        }
        return http.send(request.build(), BodyHandlers.ofByteArray());
    }

    /** As many requests a second as the server answers, 32 at a time over connections that are kept. */
    private static double load(String address, @Nullable String tag) {
        var command = new ArrayList<>(List.of("taskset", "-c", "1", "wrk", "-t1", "-c32", "-d5s", "--timeout", "5s"));
        if (tag != null) {
            command.addAll(List.of("-H", "If-None-Match: " + tag));
        }
        command.add(address);
        String said = Tool.run(command);
        assertThat(UNEXPECTED.matcher(said).find()).as(said).isFalse();
        Matcher requests = REQUESTS.matcher(said);
        assertThat(requests.find()).as(said).isTrue();
        return Double.parseDouble(requests.group(1));
    }

    /** An nginx of one worker on a free port. */
    private static final class Nginx implements AutoCloseable {

        private final Process process;
        private final int port;

        private Nginx(Process process, int port) {
            this.process = process;
            this.port = port;
        }

        static Nginx serve(Path files, Path home) throws IOException {
            int port;
            try (var socket = new ServerSocket(0)) {
                port = socket.getLocalPort();
            }
            Files.createDirectories(home);
            Path configuration = home.resolve("nginx.conf");
            Files.writeString(configuration, """
                    daemon off;
                    worker_processes 1;
                    pid %1$s/nginx.pid;
                    error_log %1$s/error.log;
                    events { worker_connections 1024; }
                    http {
                      access_log off;
                      keepalive_requests 1000000000;
                      sendfile on;
                      open_file_cache max=10;
                      types { application/json json; }
                      client_body_temp_path %1$s/body;
                      proxy_temp_path %1$s/proxy;
                      fastcgi_temp_path %1$s/fastcgi;
                      uwsgi_temp_path %1$s/uwsgi;
                      scgi_temp_path %1$s/scgi;
                      server { listen 127.0.0.1:%2$d; root %3$s; }
                    }
                    """.formatted(home, port, files));
            // As root, nginx' worker becomes another user, who may not read a test's directory.
            for (Path path = files; path != null && !path.equals(path.getRoot()); path = path.getParent()) {
                path.toFile().setExecutable(true, false);
                path.toFile().setReadable(true, false);
            }
            Process process = new ProcessBuilder(
                            "taskset", "-c", "0", "nginx", "-p", home.toString(), "-c", configuration.toString())
                    .inheritIO()
                    .start();
            var nginx = new Nginx(process, port);
            await("nginx").atMost(Duration.ofSeconds(10)).until(nginx::answers);
            return nginx;
        }

        String address() {
            return "http://127.0.0.1:" + port;
        }

        private boolean answers() {
            try (var socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
                return socket.isConnected();
            } catch (IOException e) {
                return false;
            }
        }

        @Override
        public void close() {
            process.destroy();
            try {
                process.waitFor();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
    }
}
