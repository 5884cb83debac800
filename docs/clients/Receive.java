// Receives webhooks: verifies, echoes the challenge, drops what it has seen. SECRET=whsec_… PORT=9000 java Receive.java
import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.net.InetSocketAddress;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.regex.Pattern;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

public class Receive {
    static final byte[] KEY = Base64.getDecoder().decode(System.getenv("SECRET").replace("whsec_", ""));
    // Enough for the messages here, and no library; with one, read the JSON.
    static final Pattern CHALLENGE = Pattern.compile("\"type\":\"webhook.challenge\".*\"challenge\":\"([0-9a-f]+)\"");
    static final Set<String> seen = ConcurrentHashMap.newKeySet();

    public static void main(String[] arguments) throws Exception {
        int port = Integer.parseInt(Optional.ofNullable(System.getenv("PORT")).orElse("9000"));
        var server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 0);
        server.createContext("/", exchange -> {
            try (exchange) {
                byte[] body = exchange.getRequestBody().readAllBytes();
                if (!genuine(exchange, body)) {
                    exchange.sendResponseHeaders(401, -1);
                    return;
                }
                var challenge = CHALLENGE.matcher(new String(body, UTF_8));
                if (challenge.find()) {
                    byte[] token = challenge.group(1).getBytes(UTF_8);
                    exchange.sendResponseHeaders(200, token.length);
                    exchange.getResponseBody().write(token);
                    return;
                }
                String id = exchange.getRequestHeaders().getFirst("webhook-id");
                if (seen.add(id)) {
                    System.out.println(id + " " + new String(body, UTF_8));
                }
                exchange.sendResponseHeaders(204, -1);
            }
        });
        // Whoever sends half a message and waits holds nobody else up.
        server.setExecutor(Executors.newCachedThreadPool());
        server.start();
    }

    static boolean genuine(HttpExchange exchange, byte[] body) {
        var headers = exchange.getRequestHeaders();
        String id = headers.getFirst("webhook-id");
        String time = headers.getFirst("webhook-timestamp");
        String given = headers.getFirst("webhook-signature");
        if (id == null || time == null || given == null || !time.matches("[0-9]{1,12}")
                || Math.abs(System.currentTimeMillis() / 1000 - Long.parseLong(time)) > 300) {
            return false;
        }
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(KEY, "HmacSHA256"));
            mac.update((id + "." + time + ".").getBytes(UTF_8));
            byte[] expected = ("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body))).getBytes(UTF_8);
            for (String one : given.split(" ")) {
                if (MessageDigest.isEqual(one.getBytes(UTF_8), expected)) {
                    return true;
                }
            }
            return false;
        } catch (java.security.GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }
}
