package ledger287.reporting.export;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One JSON object a line (NDJSON): either whole things, or the rows of a table with their types kept. */
public final class JsonLines implements Table {
    private static final ObjectMapper JSON = JsonMapper.builder()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build();

    private final OutputStream out;
    private String[] columns = {};

    public JsonLines(OutputStream out) {
        this.out = out;
    }

    /** A line that has been written before, with its end. */
    public void line(byte[] written) throws IOException {
        out.write(written);
    }

    /** A line. */
    public void line(JsonNode thing) throws IOException {
        out.write(JSON.writeValueAsBytes(thing));
        out.write('\n');
    }

    @Override
    public void header(String... names) {
        columns = names.clone();
    }

    @Override
    public void row(List<? extends @Nullable Object> cells) throws IOException {
        ObjectNode row = JSON.createObjectNode();
        for (int i = 0; i < columns.length; i++) {
            row.set(columns[i], JSON.valueToTree(plain(cells.get(i))));
        }
        line(row);
    }

    private static @Nullable Object plain(@Nullable Object cell) {
        return cell == null || cell instanceof Number || cell instanceof Boolean ? cell : cell.toString();
    }

    @Override
    public void end() throws IOException {
        out.flush();
    }
}
