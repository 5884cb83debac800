package ledger287.reporting.lists;

import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import ledger287.reporting.database.Sql;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.query.Filters;
import ledger287.reporting.query.Format;
import ledger287.reporting.query.Parameters;
import ledger287.reporting.query.Question;
import ledger287.reporting.query.Reading;

/**
 * A list of one kind of thing. It declares its columns, and says which things are in it; all that readers can do with a
 * list follows from that, here.
 */
public abstract class ThingList {
    private static final Set<String> SHAPE = Set.of("sort", "fields", "facet");
    private static final int MOST_FACETS = 10;

    private final List<ListColumn> columns;
    private final String order;
    private final ThingAnswers.Supplement supplement;

    /**
     * A list.
     *
     * @param order of those who ask for no other, as SQL; the id makes it total
     */
    protected ThingList(List<ListColumn> columns, String order, ThingAnswers.Supplement supplement) {
        this.columns = columns;
        this.order = order;
        this.supplement = supplement;
    }

    /** What the list takes beside what every list takes and the comparisons of its columns. */
    protected abstract Set<String> ownParameters();

    /** Reads the list's own parameters. */
    protected abstract Source source(Question question);

    /** Whether the kind's workbook is known at all: if not, the count is null. */
    protected abstract boolean known(Reading reading) throws SQLException;

    /**
     * Where the things come from. Of all this SQL nothing comes from a request but bound values.
     *
     * @param tables common table expressions
     * @param rows from and where; the change that says so is {@code e}
     * @param image the things' images
     * @param id by which things differ: {@code agreement_id}, with an alias, of those in {@code agreement_version}
     */
    public record Source(Build tables, Build rows, String image, String id) {
        String idColumn() {
            return id.substring(id.indexOf('.') + 1);
        }

        String versions() {
            return idColumn().replaceFirst("_id$", "_version");
        }

        /** SQL that depends on what is visible. */
        public interface Build {
            Sql at(Reading reading) throws SQLException;
        }
    }

    final Set<String> parameters() {
        Set<String> all = plainParameters();
        Set<String> plain = Set.copyOf(all);
        for (ListColumn column : columns) {
            for (Comparison comparison : column.comparisons()) {
                String parameter = comparison.parameter(column.name());
                if (comparison != Comparison.IS || !plain.contains(parameter)) {
                    all.add(parameter);
                }
            }
        }
        return all;
    }

    private Set<String> plainParameters() {
        Set<String> plain = new TreeSet<>(ownParameters());
        plain.addAll(supplement.parameters());
        plain.addAll(SHAPE);
        return plain;
    }

    /** Reads every parameter but for the page. */
    final ListQuery read(Question question) throws SQLException {
        Parameters parameters = question.parameters();
        Source source = source(question);
        return new ListQuery(
                source,
                columns,
                conditions(parameters),
                sort(parameters),
                order,
                named(
                        parameters,
                        "fields",
                        columns.stream().filter(ListColumn::isShown).toList()),
                facets(question),
                supplement.of(question));
    }

    private List<ListColumn.Condition> conditions(Parameters parameters) {
        Set<String> plain = plainParameters();
        List<ListColumn.Condition> conditions = new ArrayList<>();
        for (ListColumn column : columns) {
            for (Comparison comparison : column.comparisons()) {
                if (comparison != Comparison.IS || !plain.contains(column.name())) {
                    column.condition(parameters, comparison).ifPresent(conditions::add);
                }
            }
        }
        return conditions;
    }

    private List<ListQuery.Key> sort(Parameters parameters) {
        Map<String, ListQuery.Key> keys = new LinkedHashMap<>();
        columns.stream().filter(ListColumn::isSortable).forEach(column -> {
            keys.put(column.name(), new ListQuery.Key(column, false));
            keys.put("-" + column.name(), new ListQuery.Key(column, true));
        });
        return parameters.wordsInOrder("sort", keys.keySet()).stream()
                .map(keys::get)
                .toList();
    }

    private List<ListColumn> facets(Question question) {
        List<ListColumn> facets = named(
                question.parameters(),
                "facet",
                columns.stream().filter(ListColumn::isFaceted).toList());
        if (facets.size() > MOST_FACETS) {
            throw Problem.parameter("facet", "'facet' takes at most %d columns.".formatted(MOST_FACETS));
        }
        if (!facets.isEmpty() && question.format() != Format.JSON) {
            throw Problem.parameter("facet", "Facets come with the list as JSON; a table has its rows alone.");
        }
        return facets;
    }

    private static List<ListColumn> named(Parameters parameters, String parameter, List<ListColumn> known) {
        Map<String, ListColumn> byName = new LinkedHashMap<>();
        known.forEach(column -> byName.put(column.name(), column));
        return parameters.wordsInOrder(parameter, byName.keySet()).stream()
                .map(byName::get)
                .toList();
    }

    /** Filters of agreements and applications, and these. */
    protected static Set<String> withFilters(String... own) {
        Set<String> all = new TreeSet<>(Filters.NAMES);
        all.addAll(Arrays.asList(own));
        return all;
    }

    /** A search in names: letters as typed, in any case. */
    protected static Sql search(Question question, String column) {
        return question.parameters()
                .search("q")
                .map(text -> new Sql(
                        "\n   and " + column + " ilike ?",
                        "%" + text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_") + "%"))
                .orElseGet(() -> new Sql(""));
    }

    /**
     * Whether the question compares a column by itself, as {@code status__in} does: what the list leaves out unless asked
     * is then not left out, or a question for it would be answered by none.
     */
    protected static boolean compares(Question question, String column) {
        return Arrays.stream(Comparison.values())
                .filter(comparison -> comparison != Comparison.IS)
                .anyMatch(comparison -> question.parameters().has(comparison.parameter(column)));
    }

    protected static Sql statuses(Set<String> statuses, String column) {
        return statuses.isEmpty() ? new Sql("") : new Sql("\n   and " + column + " = any (?)", statuses);
    }
}
