package ledger287.reporting.sources;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.annotation.security.PermitAll;
import jakarta.inject.Singleton;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import ledger287.reporting.export.Table;
import ledger287.reporting.query.Answers;
import ledger287.reporting.query.Content;
import ledger287.reporting.query.Questions;
import ledger287.reporting.query.Reading;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

/** Every workbook that the ledger rests on, with its hash and what became of it. */
@Singleton
@Path("/v1/sources")
@PermitAll
@Tag(name = "reading")
public final class SourcesResource {
    private static final List<String> COLUMNS = List.of(
            "sheet_id",
            "kind",
            "published_at",
            "published_label",
            "file_name",
            "sha256",
            "status",
            "listed_after",
            "recorded_at",
            "event_id",
            "cursor");

    private final Questions questions;
    private final Answers answers;

    SourcesResource(Questions questions, Answers answers) {
        this.questions = questions;
        this.answers = answers;
    }

    @GET
    @Operation(summary = "Every workbook, oldest first, with hash, publication and the report of its import")
    public Response list(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        var question = questions.ask(uri, headers, Set.of());
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                var items = answer.putArray("items");
                Publications.all(reading).forEach(items::add);
                answer.put("count", items.size());
                answer.putNull("next_cursor");
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                table.header(COLUMNS.toArray(String[]::new));
                for (ObjectNode sheet : Publications.all(reading)) {
                    List<String> cells = new ArrayList<>();
                    for (String column : COLUMNS) {
                        JsonNode value = sheet.path(column);
                        cells.add(value.isMissingNode() || value.isNull() ? "" : value.asText());
                    }
                    table.row(cells);
                }
            }
        });
    }
}
