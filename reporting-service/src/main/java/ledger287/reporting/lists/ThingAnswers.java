package ledger287.reporting.lists;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import jakarta.inject.Singleton;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.IOException;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import ledger287.reporting.export.JsonLines;
import ledger287.reporting.export.Table;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import ledger287.reporting.query.Answers;
import ledger287.reporting.query.Content;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Questions;
import ledger287.reporting.query.Reading;

/** Answers about things we keep versions of: as lists, one by one, and with the history of each. */
@Singleton
public final class ThingAnswers {
    private final Questions questions;
    private final Answers answers;

    ThingAnswers(Questions questions, Answers answers) {
        this.questions = questions;
        this.answers = answers;
    }

    /** A list, in pages as JSON, whole in every other form. */
    public Response list(ThingList list, UriInfo uri, HttpHeaders headers) throws SQLException, IOException {
        Question question = questions.askForPage(uri, headers, list.parameters());
        ListQuery query = list.read(question);
        Question.Page page = question.page();
        return answers.answer(question, headers, new Content() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                ArrayNode items = answer.putArray("items");
                if (!list.known(reading)) {
                    answer.putNull("count");
                    answer.putNull("next_cursor");
                    cite(answer, "No " + question.table() + " were known");
                    return;
                }
                long count = query.each(reading, page, item -> items.add(query.shown(item)));
                String next = question.next(page, count);
                answer.put("count", count);
                answer.put("next_cursor", next);
                if (next != null) {
                    answer.put(NEXT, question.pageUrl(next, page));
                }
                if (!query.facets().isEmpty()) {
                    query.putFacets(reading, answer);
                }
                cite(answer, count + " " + question.table());
            }

            private void cite(ObjectNode answer, String what) {
                answer.put("dictionary", question.dictionary());
                answer.put("citation", question.citation(what));
            }

            @Override
            public void lines(Reading reading, JsonLines lines) throws SQLException, IOException {
                if (list.known(reading)) {
                    query.each(reading, item -> lines.line(query.shown(item)));
                }
            }

            @Override
            public void table(Reading reading, Table table) throws SQLException, IOException {
                table.header(query.table().stream().map(ListColumn::name).toArray(String[]::new));
                if (list.known(reading)) {
                    query.each(reading, item -> table.row(query.cells(item)));
                }
            }
        });
    }

    /** What is added to things beside their images, for many at once. */
    public interface Addition {
        void to(Reading reading, List<ObjectNode> things) throws SQLException, IOException;
    }

    /** An addition that depends on the question, and the parameters by which it does. */
    public interface Supplement {
        /** Nothing is added. */
        Supplement NONE = question -> (reading, things) -> {};

        default Set<String> parameters() {
            return Set.of();
        }

        Addition of(Question question) throws SQLException;
    }

    /** The things whose events make a history, as subjects of events. */
    public interface Subjects {
        Set<String> of(Reading reading, UUID id) throws SQLException;
    }

    /** @param kind a kind we keep versions of; never a reader's text */
    public Response single(String kind, String id, UriInfo uri, HttpHeaders headers) throws SQLException, IOException {
        return single(kind, id, uri, headers, Supplement.NONE);
    }

    /** The same, with something added to the image. */
    public Response single(String kind, String id, UriInfo uri, HttpHeaders headers, Supplement supplement)
            throws SQLException, IOException {
        Question question = questions.ask(uri, headers, supplement.parameters());
        UUID uuid = id(kind, id);
        Addition addition = supplement.of(question);
        return answers.answer(question, headers, new Content.Single() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                ObjectNode found = SingleThing.find(reading, kind, uuid).orElseThrow(() -> nothing(kind, id));
                addition.to(reading, List.of(found));
                answer.setAll(found);
            }
        });
    }

    /** The events of one thing, each with what it changed, field by field. */
    public Response history(String kind, String id, UriInfo uri, HttpHeaders headers) throws SQLException, IOException {
        return history(kind, id, uri, headers, (reading, one) -> Set.of());
    }

    /** The events of one thing and of others that belong to its story. */
    public Response history(String kind, String id, UriInfo uri, HttpHeaders headers, Subjects others)
            throws SQLException, IOException {
        Question question = questions.ask(uri, headers, Set.of());
        UUID uuid = id(kind, id);
        return answers.answer(question, headers, new Content.Single() {
            @Override
            public void json(Reading reading, ObjectNode answer) throws SQLException, IOException {
                ArrayNode items = answer.putArray("items");
                Set<String> subjects = new TreeSet<>(others.of(reading, uuid));
                subjects.add(kind + "-" + uuid);
                SingleThing.history(reading, subjects).forEach(items::add);
                if (items.isEmpty()) {
                    throw nothing(kind, id);
                }
                answer.put("count", items.size());
                answer.putNull("next_cursor");
            }
        });
    }

    private static UUID id(String kind, String id) {
        try {
            return UUID.fromString(id);
        } catch (IllegalArgumentException e) {
            throw nothing(kind, id);
        }
    }

    private static Problem nothing(String kind, String id) {
        return new Problem(ProblemType.NOT_FOUND, "No %s %s is known at this as_of and position.".formatted(kind, id));
    }
}
