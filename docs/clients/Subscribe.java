import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.*;
import java.net.*;
import java.nio.file.*;
import java.util.*;
import java.util.concurrent.ThreadLocalRandom;
import java.util.regex.*;

/**
 * Every change of a ledger287, in order, each once; docs/subscribing.md tells why it is done so. {@code java Subscribe.java
 * ADDRESS CURSOR_FILE} prints the cursor and id of every change and goes on where it was stopped.
 */
public final class Subscribe {
    private static final int SILENCE = 45_000; // three heartbeats: whoever says nothing for so long has gone
    private static final Pattern ID = Pattern.compile("\"id\": ?\"([^\"]+)\""); // the first is the event's own

    public static void main(String[] words) throws IOException, InterruptedException {
        Path file = Path.of(words[1]);
        String cursor = Files.exists(file) ? Files.readString(file).strip() : "latest";
        Set<String> seen = Collections.newSetFromMap(new LinkedHashMap<>() {
            @Override
            protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
                return size() > 10_000;
            }
        });
        long retry = 3000;
        for (int failures = 0; true; failures++) {
            String query = (words[0].contains("?") ? "&" : "?") + "cursor=" + cursor;
            var connection = (HttpURLConnection) URI.create(words[0] + query).toURL().openConnection();
            connection.setConnectTimeout(SILENCE);
            connection.setReadTimeout(SILENCE);
            try (var lines = new BufferedReader(new InputStreamReader(connection.getInputStream(), UTF_8))) {
                Map<String, String> message = new HashMap<>(); // until its empty line has come it is none
                for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                    int colon = line.indexOf(':');
                    if (colon > 0) message.put(line.substring(0, colon), line.substring(colon + 1).stripLeading());
                    if (!line.isEmpty()) continue;
                    failures = -1;
                    retry = Long.parseLong(message.getOrDefault("retry", "" + retry));
                    String data = message.get("data");
                    if ("reset".equals(message.get("event"))) throw new IllegalStateException("Begin anew: " + data);
                    if (message.get("id") instanceof String told) {
                        Matcher id = ID.matcher(data == null ? "" : data);
                        if (id.find() && seen.add(id.group(1))) System.out.println(told + " " + id.group(1));
                        Path saved = Files.writeString(Path.of(file + ".new"), told); // after its change is dealt with
                        Files.move(saved, file, StandardCopyOption.REPLACE_EXISTING, StandardCopyOption.ATOMIC_MOVE);
                        cursor = told;
                    }
                    message.clear();
                }
            } catch (IOException cutOff) {
                if (connection.getHeaderField(0) instanceof String head && head.contains(" 400 ")) throw cutOff;
            }
            long longest = Math.min(60_000, retry << Math.min(10, Math.max(0, failures))); // not all of us at once
            Thread.sleep(ThreadLocalRandom.current().nextLong(longest));
        }
    }
}
