package ledger287.reporting;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Writes the events that operations-service would publish, after {@code contracts/README.md}. Ids follow from names. */
public final class TestOperations {
    public static final String ICE = "U.S. Immigration and Customs Enforcement";

    private final TestLedger ledger = new TestLedger("operations");

    /** A figure of the contract; null where nothing is certain. */
    public record Figure(
            String qualifier,
            @Nullable Long value,
            @Nullable Long of,
            @Nullable Long low,
            @Nullable Long high,
            String text) {
        public static final Figure UNKNOWN = new Figure("unknown", null, null, null, null, "not known");

        public static Figure exactly(long n) {
            return new Figure("exactly", n, null, n, n, "%,d".formatted(n));
        }

        public static Figure moreThan(long n) {
            return new Figure("more_than", n, null, n + 1, null, "more than %,d".formatted(n));
        }

        public static Figure majorityOf(long whole) {
            return new Figure("majority_of", null, whole, whole / 2 + 1, whole, "a majority of %,d".formatted(whole));
        }

        /** @param word {@code about} or {@code nearly} */
        public static Figure near(String word, long n) {
            return new Figure(word, n, null, null, null, "%s %,d".formatted(word, n));
        }
    }

    public List<TestLedger.Event> endAppend() {
        return ledger.endAppend();
    }

    public long position() {
        return ledger.position();
    }

    public TestOperations open(String at) {
        ledger.open(true, at);
        return this;
    }

    /** @param change what differs from an operation of which nothing is known but its name and state */
    public TestOperations record(String name, String state, String at, Consumer<ObjectNode> change) {
        return operation("recorded", name, at, image -> {
            image.put("operation_id", TestLedger.id(name).toString());
            image.putNull("external_id");
            image.put("name", name);
            image.putNull("phase");
            date(image.putObject("start"), null, "unknown", null);
            date(image.putObject("end"), null, "unknown", null);
            ObjectNode place = image.putArray("places").addObject();
            place.put("state", state);
            place.putNull("county");
            place.putNull("county_fips");
            place.putNull("description");
            image.putNull("lead_office");
            image.putArray("partners");
            image.putNull("legal_basis");
            image.putArray("sources");
            image.putArray("overlaps");
            image.put("scope", "operation");
            image.put("status", "recorded");
            image.putNull("reason");
            change.accept(image);
        });
    }

    public TestOperations operation(String what, String name, String at, Consumer<ObjectNode> change) {
        ledger.change("operation", what, TestLedger.id(name), at, change);
        return this;
    }

    /** Declares both, as the contract says. */
    public TestOperations relate(String one, String other, String relation, String at) {
        for (Map.Entry<String, String> pair : List.of(Map.entry(one, other), Map.entry(other, one))) {
            operation("overlap-declared", pair.getKey(), at, image -> {
                ObjectNode overlap = image.putArray("overlaps").addObject();
                overlap.put("operation_id", TestLedger.id(pair.getValue()).toString());
                overlap.put("relation", relation);
                overlap.put("reason", "The same days and places.");
            });
        }
        return this;
    }

    /** @param name of the claim, for its id */
    public TestOperations claim(
            String name, String operation, String metric, Figure figure, String speaker, boolean official, String at) {
        return claim("made", name, at, image -> {
            image.put("claim_id", TestLedger.id(name).toString());
            image.put("operation_id", TestLedger.id(operation).toString());
            image.put("metric", metric);
            ObjectNode written = image.putObject("figure");
            written.put("qualifier", figure.qualifier());
            written.put("value", figure.value());
            written.put("of", figure.of());
            written.put("low", figure.low());
            written.put("high", figure.high());
            written.put("approximate", "about".equals(figure.qualifier()) || "nearly".equals(figure.qualifier()));
            written.put("text", figure.text());
            date(image.putObject("as_of"), null, "unknown", null);
            image.put("published_on", at.substring(0, 10));
            image.put("known_at", at);
            ObjectNode says = image.putObject("speaker");
            says.putNull("name");
            says.put("organization", speaker);
            says.put("official", official);
            image.putNull("quotation");
            image.put("source_url", "https://news.example.org/" + TestLedger.id(name));
            image.putNull("archived_url");
            image.putNull("supersedes");
            image.putNull("superseded_by");
            image.put("preferred", false);
            image.put("status", "current");
            image.putNull("reason");
        });
    }

    public TestOperations claim(String what, String name, String at, Consumer<ObjectNode> change) {
        ledger.change("claim", what, TestLedger.id(name), at, change);
        return this;
    }

    /** The older claim gives way to the newer one of the same speaker. */
    public TestOperations supersede(String older, String newer, String at) {
        return claim("superseded", older, at, image -> {
                    image.put("status", "superseded");
                    image.put("superseded_by", TestLedger.id(newer).toString());
                })
                .claim(
                        "corrected",
                        newer,
                        at,
                        image -> image.put("supersedes", TestLedger.id(older).toString()));
    }

    public static void partner(ObjectNode operation, String name, @Nullable String state) {
        ObjectNode partner = operation.withArray("partners").addObject();
        partner.put("name", name);
        partner.put("state", state);
        partner.putNull("role");
        partner.putNull("note");
    }

    public static void start(ObjectNode operation, String on, String precision) {
        date((ObjectNode) operation.path("start"), on, precision, null);
    }

    public static void endsBy(ObjectNode operation, String notAfter) {
        date((ObjectNode) operation.path("end"), null, "unknown", notAfter);
    }

    private static void date(ObjectNode date, @Nullable String on, String precision, @Nullable String notAfter) {
        date.put("on", on);
        date.put("precision", precision);
        date.putNull("not_before");
        date.put("not_after", notAfter);
        date.putNull("text");
    }
}
