package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import ledger287.reporting.geography.State;
import org.jspecify.annotations.Nullable;

/** What the contract's words are called for readers. */
final class Names {
    private final Words words;

    Names(Visit visit) {
        this.words = visit.words();
    }

    String state(JsonNode code) {
        return state(code.asText());
    }

    /** Proper names; Spanish has its own for those that have one. */
    String state(String code) {
        return State.of(code).map(state -> words.of(state.displayName())).orElseGet(() -> words.of("state not known"));
    }

    String model(JsonNode code) {
        return model(code.asText());
    }

    String model(String code) {
        return words.of(
                switch (code) {
                    case "task_force" -> "Task force";
                    case "warrant_service_officer" -> "Warrant service officer";
                    case "jail_enforcement" -> "Jail enforcement";
                    default -> "Model not known";
                });
    }

    String agencyType(String code) {
        return words.of(
                switch (code) {
                    case "county" -> "County agency";
                    case "municipality" -> "Municipal agency";
                    case "state_agency" -> "State agency";
                    default -> "Type not known";
                });
    }

    String workbook(String kind) {
        return words.of("pending".equals(kind) ? "Pending workbook" : "Participating workbook");
    }

    String status(String status) {
        return words.of(
                switch (status) {
                    case "listed" -> "listed";
                    case "under_review" -> "under review";
                    case "unlisted" -> "no longer listed";
                    case "duplicate_removed" -> "duplicate row removed";
                    case "returned_to_pending" -> "returned to pending";
                    case "ended" -> "ended";
                    case "retracted" -> "record withdrawn by this ledger";
                    case "open" -> "open";
                    case "awaiting_outcome" -> "awaiting outcome";
                    case "granted" -> "granted";
                    case "lapsed" -> "lapsed";
                    case "current" -> "current";
                    case "superseded" -> "replaced by a later figure";
                    case "recorded" -> "recorded";
                    case "imported" -> "imported";
                    case "held" -> "held for an editor";
                    case "rejected" -> "rejected";
                    case "posted" -> "posted";
                    case "pending" -> "pending";
                    case "missing" -> "none listed";
                    default -> status;
                });
    }

    /** Why an operation's figure is not in the sum. */
    String leftOut(String reason) {
        return words.of(
                switch (reason) {
                    case "no_figure" -> "nobody has stated a figure";
                    case "unknown" -> "the figure is not known";
                    case "approximate" -> "the figure is only near the truth";
                    case "overlaps" -> "it overlaps an operation that is counted";
                    default -> reason;
                });
    }

    String metric(String metric) {
        return words.of(
                switch (metric) {
                    case "arrests" -> "Arrests";
                    case "convicted" -> "With convictions";
                    case "pending_charges" -> "With pending charges";
                    case "convicted_or_pending" -> "With convictions or pending charges";
                    case "reentry_after_removal" -> "Re-entered after deportation";
                    case "no_criminal_record" -> "Without a criminal record";
                    case "final_orders" -> "With final orders of removal";
                    case "stops" -> "Stops";
                    case "partner_agencies" -> "Partner agencies";
                    default -> metric;
                });
    }

    /** A claimed figure in words; never a bare number that is not exact. */
    String figure(JsonNode figure) {
        String qualifier = figure.path("qualifier").asText();
        JsonNode value = figure.path("value");
        JsonNode of = figure.path("of");
        return switch (qualifier) {
            case "exactly" -> words.number(value.isNumber() ? value : figure.path("low"));
            case "at_least" -> words.of("at least {0}", words.number(value.isNumber() ? value : figure.path("low")));
            case "more_than" -> value.isNumber() ? words.of("more than {0}", words.number(value)) : fallback(figure);
            case "up_to" -> words.of("up to {0}", words.number(value.isNumber() ? value : figure.path("high")));
            case "fewer_than" -> value.isNumber() ? words.of("fewer than {0}", words.number(value)) : fallback(figure);
            case "majority_of" -> of.isNumber() ? words.of("a majority of {0}", words.number(of)) : fallback(figure);
            case "between" ->
                words.of("between {0} and {1}", words.number(figure.path("low")), words.number(figure.path("high")));
            case "about" -> value.isNumber() ? words.of("about {0}", words.number(value)) : fallback(figure);
            case "nearly" -> value.isNumber() ? words.of("nearly {0}", words.number(value)) : fallback(figure);
            case "unknown" -> words.of("not known");
            default -> fallback(figure);
        };
    }

    private String fallback(JsonNode figure) {
        String text = figure.path("text").asText();
        return text.isEmpty() || "null".equals(text) ? words.of("not known") : text;
    }

    String speaker(JsonNode speaker) {
        String name = speaker.path("name").isTextual() ? speaker.path("name").asText() : "";
        String organization = speaker.path("organization").isTextual()
                ? speaker.path("organization").asText()
                : "";
        return name.isEmpty() ? organization : organization.isEmpty() ? name : name + ", " + organization;
    }

    /** A date as far as its source tells it. */
    String when(JsonNode date) {
        if (date.path("on").isTextual()) {
            return words.day(date.path("on").asText(), date.path("precision").asText("day"));
        }
        return date.path("text").isTextual() ? date.path("text").asText() : words.of("date not known");
    }

    /** What a document says of an end, as exactly as it says so. */
    String ended(JsonNode ended) {
        if (ended.path("on").isTextual()) {
            return words.day(ended.path("on").asText(), ended.path("precision").asText("day"));
        }
        if (ended.path("not_before").isTextual()) {
            return words.of(
                    "not before {0}, exact day not known",
                    words.day(ended.path("not_before").asText(), "day"));
        }
        return words.of("date not known");
    }

    /**
     * A field's value before or after a change.
     *
     * @param field its path in the image
     * @param image the whole image, since how exactly a date is known stands beside it
     */
    String value(String field, JsonNode image) {
        JsonNode value = at(image, field);
        if (value.isMissingNode() || value.isNull()) {
            return absent(field);
        }
        return switch (field) {
            case "state" -> state(value);
            case "support_type" -> model(value);
            case "agency_type" -> agencyType(value.asText());
            case "signed_on" ->
                words.day(value.asText(), image.path("signed_precision").asText("day"));
            case "ended" -> ended(value);
            case "status", "moa/status", "addendum/status" -> status(value.asText());
            case "moa/url" -> value.asText().replaceFirst("^https?://www\\.ice\\.gov/", "…/");
            case "preferred" -> words.of(value.asBoolean() ? "yes" : "no");
            case "merged_into" -> words.of("another agency");
            default -> value.asText();
        };
    }

    /** An agreement that has not ended has no end that could be unknown; what ICE does not tell is unknown. */
    private String absent(String field) {
        return switch (field) {
            case "ended", "merged_into", "moa/status", "moa/url", "addendum/status" -> "–";
            default -> words.of("not known");
        };
    }

    private static JsonNode at(JsonNode image, String path) {
        JsonNode node = image;
        for (String step : path.split("/", -1)) {
            node = node.path(step);
        }
        return node;
    }

    /** The address when a page may link to it: the web's, and nothing that a browser would run. */
    static @Nullable String safe(String url) {
        try {
            String scheme = new URI(url).getScheme();
            return "https".equalsIgnoreCase(scheme) || "http".equalsIgnoreCase(scheme) ? url : null;
        } catch (URISyntaxException e) {
            return null;
        }
    }
}
