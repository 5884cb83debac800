package ledger287.reporting.about;

import com.fasterxml.jackson.databind.node.ArrayNode;
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
import java.util.List;
import java.util.Set;
import ledger287.reporting.dictionary.Dictionary;
import ledger287.reporting.dictionary.Entry;
import ledger287.reporting.export.Table;
import ledger287.reporting.query.Answers;
import ledger287.reporting.query.Content;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.query.Reading;

/** What every column and measure means, for people and for programs that label tables. */
@Singleton
@Path("/v1/dictionary")
@PermitAll
public final class DictionaryResource {
    private final Questions questions;
    private final Answers answers;

    DictionaryResource(Questions questions, Answers answers) {
        this.questions = questions;
        this.answers = answers;
    }

    @GET
    public Response dictionary(@Context UriInfo uri, @Context HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.ask(uri, headers, Set.of("table"));
        List<Entry> entries = question.parameters()
                .word("table", Dictionary.tables())
                .map(Dictionary::of)
                .orElseGet(Dictionary::entries);
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) {
                ArrayNode items = answer.putArray("items");
                entries.forEach(entry -> entry.put(items.addObject()));
                answer.put("count", items.size());
                answer.putNull("next_cursor");
            }

            @Override
            public void table(Reading reading, Table table) throws IOException {
                table.header("tables", "name", "title", "type", "unit", "definition", "source", "caveat");
                for (Entry entry : entries) {
                    table.row(
                            String.join(" ", entry.tables()),
                            entry.name(),
                            entry.title(),
                            entry.type(),
                            entry.unit(),
                            entry.definition(),
                            entry.source(),
                            entry.caveat());
                }
            }
        });
    }
}
