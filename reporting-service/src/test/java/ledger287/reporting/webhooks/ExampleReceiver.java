package ledger287.reporting.webhooks;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.BindException;
import java.net.ConnectException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import ledger287.local.Checkout;

/** One of the receivers in {@code docs/clients}, run as its reader would run it. */
final class ExampleReceiver implements AutoCloseable {
    /** The system gives the ports above to connections that are made, perhaps before the receiver listens. */
    private static final int FIRST_PORT = 20_000;

    private static final int END_OF_PORTS = 32_000;

    private final int port;
    private final Path printed;
    private final Path complaints;
    private final Process process;

    private ExampleReceiver(List<String> command, int port, String secret) throws IOException {
        this.port = port;
        this.printed = Files.createTempFile("ledger287-receiver-", ".out");
        this.complaints = Files.createTempFile("ledger287-receiver-", ".err");
        ProcessBuilder builder =
                new ProcessBuilder(command).redirectOutput(printed.toFile()).redirectError(complaints.toFile());
        builder.environment().put("PORT", Integer.toString(port));
        builder.environment().put("SECRET", secret);
        try {
            this.process = builder.start();
        } catch (IOException e) {
            throw new UncheckedIOException(
                    "%s is needed to run the examples of docs/clients. On Debian: apt-get install nodejs python3"
                            .formatted(command.getFirst()),
                    e);
        }
    }

    /** @param name of the file, e.g. {@code receive.py} */
    static ExampleReceiver start(String name, int port, String secret) throws IOException {
        String program =
                switch (name.substring(name.lastIndexOf('.'))) {
                    case ".java" ->
                        Path.of(System.getProperty("java.home"), "bin", "java").toString();
                    case ".py" -> "python3";
                    case ".mjs" -> "node";
                    default -> throw new IllegalArgumentException(name);
                };
        String file =
                Checkout.find().root().resolve("docs/clients").resolve(name).toString();
        return new ExampleReceiver(List.of(program, file), port, secret);
    }

    static int freePort() throws IOException {
        while (true) {
            int port = ThreadLocalRandom.current().nextInt(FIRST_PORT, END_OF_PORTS);
            try (ServerSocket socket = new ServerSocket(port, 1, InetAddress.getLoopbackAddress())) {
                return socket.getLocalPort();
            } catch (BindException e) {
                // Somebody has it.
            }
        }
    }

    /** Whether it answers. Fails when it never will. */
    boolean answers() throws IOException, InterruptedException {
        if (!process.isAlive()) {
            throw new AssertionError("It has ended: " + complaints());
        }
        try {
            post("nobody", 0, "v1,", "{}");
            return true;
        } catch (ConnectException e) {
            return false;
        }
    }

    /** Sends what somebody else made. */
    int post(String id, long timestamp, String signature, String body) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + port + "/"))
                .POST(HttpRequest.BodyPublishers.ofString(body))
                .header("webhook-id", id)
                .header("webhook-timestamp", Long.toString(timestamp))
                .header("webhook-signature", signature)
                .build();
        // Some close the connection after each answer: one that is kept could be gone when the next message is sent.
        try (HttpClient once = HttpClient.newHttpClient()) {
            return once.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        }
    }

    /** A message whose end has not come. Closed, it is broken off. */
    Socket halfAMessage() throws IOException {
        Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoLinger(true, 0);
        socket.getOutputStream()
                .write("POST / HTTP/1.1\r\nHost: localhost\r\nContent-Length: 100\r\n\r\n{"
                        .getBytes(StandardCharsets.US_ASCII));
        return socket;
    }

    /** Of what it has taken, as it has printed it. */
    List<String> ids() throws IOException {
        List<String> ids = new ArrayList<>();
        for (String line : Files.readString(printed).lines().toList()) {
            ids.add(line.replaceFirst(" .*", ""));
        }
        return ids;
    }

    /** For a failure. */
    String complaints() throws IOException {
        return Files.readString(complaints);
    }

    @Override
    public void close() throws IOException {
        process.destroyForcibly();
        Files.delete(printed);
        Files.delete(complaints);
    }
}
