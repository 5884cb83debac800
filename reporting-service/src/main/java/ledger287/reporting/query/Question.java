package ledger287.reporting.query;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.reporting.export.ZipPackage;
import ledger287.reporting.problem.Problem;
import ledger287.reporting.problem.ProblemType;
import org.jspecify.annotations.Nullable;

/** What a reader asks: at which address, in which form, about which moment, with which parameters. */
public final class Question {
    /**
     * Names the reference files that an answer is made with. Answers note it, so that their permalinks and their further
     * pages keep to those files.
     */
    public static final String REFERENCE = "reference";

    private final String path;
    private final @Nullable Format format;
    private final Parameters parameters;
    private final Moment moment;
    private final @Nullable PageCursor cursor;
    private final boolean forExcel;
    private final String publicUrl;

    Question(
            String path,
            @Nullable Format format,
            Parameters parameters,
            Moment moment,
            @Nullable PageCursor cursor,
            boolean forExcel,
            String publicUrl) {
        this.path = path;
        this.format = format;
        this.parameters = parameters;
        this.moment = moment;
        this.cursor = cursor;
        this.forExcel = forExcel;
        this.publicUrl = publicUrl;
    }

    public Parameters parameters() {
        return parameters;
    }

    public Moment moment() {
        return moment;
    }

    /** The form asked for; JSON when it is none of ours, which answers that come in several forms refuse. */
    public Format format() {
        return format == null ? Format.JSON : format;
    }

    /** Refuses a form that there is not. */
    void require(Set<Format> formats) {
        if (format != null && formats.contains(format)) {
            return;
        }
        throw new Problem(
                ProblemType.NOT_ACCEPTABLE,
                "%s. %s served here."
                        .formatted(
                                format == null
                                        ? "None of the media types of 'Accept' is served"
                                        : "This has no form " + format.suffix(),
                                Format.suffixes(formats) + (formats.size() == 1 ? " is" : " are")));
    }

    /** The name of the table at this address, as the dictionary has it. */
    public String table() {
        return switch (path) {
            case "/v1/statistics/applications" -> "applications_funnel";
            case "/v1/sheets" -> "sources";
            default -> path.substring(path.lastIndexOf('/') + 1);
        };
    }

    /** Whether CSV is to begin with the mark by which Excel knows UTF-8. */
    boolean forExcel() {
        return forExcel;
    }

    /**
     * Which part of a list.
     *
     * @param offset items to skip
     */
    public record Page(int offset, int limit) {}

    /** The page asked for. Call it when all parameters have been read: a cursor fits only the question it came from. */
    public Page page() {
        String question = digest();
        int limit = parameters.number("limit", 1, 1000, 100);
        if (cursor == null) {
            return new Page(0, limit);
        }
        if (!cursor.question().equals(question)) {
            throw PageCursor.notOurs();
        }
        return new Page(cursor.offset(), limit);
    }

    /** Where the list goes on after this page; null when it does not. */
    public @Nullable String next(Page page, long count) {
        long end = (long) page.offset() + page.limit();
        return end < count
                ? new PageCursor(
                                moment.cursor(),
                                (int) end,
                                digest(),
                                parameters.noted(REFERENCE).orElse(""))
                        .toString()
                : null;
    }

    /** The address of a page. */
    public String pageUrl(String nextCursor, Page page) {
        return publicUrl + path + "?" + withoutLimit() + (withoutLimit().isEmpty() ? "" : "&") + "limit=" + page.limit()
                + "&cursor=" + nextCursor;
    }

    /** Where we are, without a slash at the end. */
    public String root() {
        return publicUrl;
    }

    /** An address that gives this very answer for ever. */
    public String permalink() {
        return permalink("");
    }

    private String permalink(String suffix) {
        String canonical = parameters.canonical();
        return publicUrl + path + suffix + "?" + (canonical.isEmpty() ? "" : canonical + "&") + "position="
                + moment.cursor();
    }

    /**
     * A line to quote a figure or a list by; its address gives the very same answer for ever.
     *
     * @param what the figure in words, e.g. {@code 649 287(g) agreements listed by ICE}
     */
    public String citation(String what) {
        String asOf = moment.asOf();
        return "%s%s, as of %s. ledger287%s, %s"
                .formatted(
                        Boolean.TRUE.equals(moment.head().sample()) ? "SAMPLE DATA, not real: " : "",
                        what,
                        asOf == null ? "now" : asOf,
                        moment.head().complete() ? "" : " (incomplete)",
                        permalink());
    }

    /** Where the columns of the table at this address are explained. */
    public String dictionary() {
        return publicUrl + "/v1/dictionary?table=" + table();
    }

    /**
     * What a package says of the table in it.
     *
     * @param answer describes itself, and has perhaps {@code citation} and {@code definitions}
     */
    ZipPackage.About about(ObjectNode answer) {
        List<String> facts = new ArrayList<>();
        boolean sample = Boolean.TRUE.equals(moment.head().sample());
        boolean complete = moment.head().complete();
        if (sample) {
            facts.add("SAMPLE DATA, not real.");
        }
        String asOf = moment.asOf();
        facts.add(
                asOf == null
                        ? "Nothing is known yet."
                        : "As of: %s (the last day, its end in New York, or instant whose knowledge counts)."
                                .formatted(asOf));
        LocalDate on = moment.on();
        if (on != null) {
            facts.add("In force on: " + on + ".");
        }
        facts.add(
                complete
                        ? "Complete: nothing that was published is missing."
                        : "INCOMPLETE: " + String.join(" ", moment.head().incomplete()));
        facts.add(
                "Cells that a spreadsheet would run (beginning with = + - @, tab or CR) have an apostrophe before them.");
        Map<String, String> definitions = new LinkedHashMap<>();
        answer.path("definitions")
                .properties()
                .forEach(words ->
                        definitions.put(words.getKey(), words.getValue().asText()));
        String cited = answer.path("citation").asText();
        return new ZipPackage.About(
                table(),
                publicUrl,
                moment.cursor().toString(),
                permalink(Format.ZIP.suffix()),
                cited.isEmpty()
                        ? "%sledger287%s: %s, as of %s, %s"
                                .formatted(
                                        sample ? "SAMPLE DATA, not real: " : "",
                                        complete ? "" : " (incomplete)",
                                        table().replace('_', ' '),
                                        asOf == null ? "now" : asOf,
                                        permalink())
                        : cited,
                facts,
                definitions);
    }

    /** Adds what every answer says of itself. */
    public void describe(ObjectNode answer) {
        LocalDate on = moment.on();
        answer.put("as_of", moment.asOf());
        answer.put("on", on == null ? null : on.toString());
        answer.put("feed_position", moment.cursor().toString());
        answer.put("complete", moment.head().complete());
        if (!moment.head().complete()) {
            var reasons = answer.putArray("incomplete_because");
            moment.head().incomplete().forEach(reasons::add);
        }
        answer.put("sample", moment.head().sample());
    }

    /** Equal for equal answers, byte for byte; different for different ones. */
    String tag() {
        String live = moment.pinned() ? "pinned" : "live-" + moment.head().completenessVersion();
        int offset = cursor == null ? 0 : cursor.offset();
        return '"'
                + sha256(String.join(
                                "\n",
                                "2",
                                publicUrl,
                                path,
                                format().name(),
                                parameters.canonical(),
                                Integer.toString(offset),
                                moment.cursor().toString(),
                                live))
                        .substring(0, 32)
                + '"';
    }

    private String digest() {
        return sha256(path + "?" + withoutLimit()).substring(0, 16);
    }

    private String withoutLimit() {
        return parameters.canonical().replaceAll("(^|&)limit=[0-9]+", "").replaceAll("^&", "");
    }

    private static String sha256(String text) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java has SHA-256", e);
        }
    }
}
