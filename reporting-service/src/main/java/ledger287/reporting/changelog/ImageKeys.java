package ledger287.reporting.changelog;

import com.fasterxml.jackson.databind.JsonNode;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ledger287.reporting.database.Sql;

/**
 * What the images of changes are found by, {@code state|support_type|agency_type|agency_id} for each image. A claim is
 * where its operation is, a review is about what its subject is about: those keys are the subject's newest.
 */
final class ImageKeys {
    private static final String UNKNOWN = "unknown";

    private final Map<String, Set<String>> newest = new HashMap<>();

    private ImageKeys() {}

    /** The keys of each change, in order; looks up the subjects that earlier changes told of. */
    static List<Set<String>> of(Connection transaction, List<Change> changes) throws SQLException {
        ImageKeys keys = new ImageKeys();
        keys.load(transaction, changes);
        List<Set<String>> all = new ArrayList<>(changes.size());
        for (Change change : changes) {
            all.add(keys.of(change.event()));
        }
        return all;
    }

    private Set<String> of(PublicEvent event) {
        String kind = event.kind().orElse("");
        Set<String> keys = new TreeSet<>();
        List<String> about = about(event);
        if (!about.isEmpty()) {
            about.forEach(subject -> keys.addAll(newest.getOrDefault(subject, Set.of())));
            return keys;
        }
        Set<String> after = keys(kind, event.data().path(kind));
        newest.put(event.subject(), after);
        keys.addAll(keys(kind, event.data().path("before")));
        keys.addAll(after);
        return keys;
    }

    /** The subjects that a change is about besides its own; empty when its own image says it all. */
    private static List<String> about(PublicEvent event) {
        return switch (event.kind().orElse("")) {
            case "claim" ->
                List.of("operation-"
                        + event.data().path("claim").path("operation_id").asText());
            case "review" -> {
                String id = event.data().path("review").path("subject_id").asText();
                yield List.of("agreement-" + id, "application-" + id, "agency-" + id);
            }
            default -> List.of();
        };
    }

    private void load(Connection transaction, List<Change> changes) throws SQLException {
        Set<String> wanted = new HashSet<>();
        changes.forEach(change -> wanted.addAll(about(change.event())));
        if (wanted.isEmpty()) {
            return;
        }
        Sql sql = new Sql("""
                select distinct on (c.subject) c.subject, c.event
                  from change c
                 where c.subject = any (?)
                 order by c.subject, c.sequence desc
                """, wanted);
        try (PreparedStatement select = sql.prepare(transaction);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                PublicEvent event =
                        PublicEvent.parse(row.getString(2).getBytes(java.nio.charset.StandardCharsets.UTF_8));
                String kind = event.kind().orElse("");
                newest.put(row.getString(1), keys(kind, event.data().path(kind)));
            }
        }
    }

    private static Set<String> keys(String kind, JsonNode image) {
        Set<String> keys = new TreeSet<>();
        if (!image.isObject()) {
            return keys;
        }
        switch (kind) {
            case "agreement", "application" ->
                keys.add(String.join(
                        "|",
                        text(image, "state"),
                        text(image, "support_type"),
                        text(image, "agency_type"),
                        text(image, "agency_id")));
            case "agency" -> {
                // Who follows an agency hears that another one became part of it.
                for (String id : List.of("agency_id", "merged_into")) {
                    if (image.path(id).isTextual()) {
                        keys.add(String.join(
                                "|", text(image, "state"), "", text(image, "agency_type"), text(image, id)));
                    }
                }
            }
            case "operation" -> {
                image.path("places").forEach(place -> keys.add(text(place, "state") + "|||"));
                if (keys.isEmpty()) {
                    keys.add(UNKNOWN + "|||");
                }
            }
            default -> {
                // Workbooks and the ledger itself are of no state; types that come later than this code are unknown.
            }
        }
        return keys;
    }

    private static String text(JsonNode image, String field) {
        return image.path(field).isTextual() ? image.path(field).textValue() : UNKNOWN;
    }
}
