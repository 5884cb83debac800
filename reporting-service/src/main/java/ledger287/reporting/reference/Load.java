package ledger287.reporting.reference;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Instant;
import ledger287.reporting.changelog.Cursor;

/**
 * A reference file as it was loaded.
 *
 * @param id what {@code reference=} names it by
 * @param at where the change log ended then
 */
public record Load(
        String id, Kind kind, int vintage, String fileName, String sha256, int rows, Instant loadedAt, Cursor at) {

    /** Puts what a reader needs to name the source. */
    public void put(ObjectNode answer) {
        answer.put("load_id", id);
        answer.put("kind", kind.code());
        answer.put("vintage", vintage);
        answer.put("publisher", "U.S. Census Bureau");
        answer.put("file_name", fileName);
        answer.put("sha256", sha256);
        answer.put("rows", rows);
        answer.put("loaded_at", loadedAt.toString());
    }
}
