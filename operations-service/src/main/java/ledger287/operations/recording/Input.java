package ledger287.operations.recording;

import com.fasterxml.jackson.databind.JsonNode;
import java.net.URI;
import java.net.URISyntaxException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemType;
import ledger287.service.problem.Suggestion;
import org.jspecify.annotations.Nullable;

/**
 * One JSON object that somebody sent. What cannot be used is a problem that names the field and says what to do;
 * everything that is taken is fit to be stored and shown.
 *
 * @param path of the object in the body, ends in a dot unless empty
 */
record Input(JsonNode json, String path) {
    /** The year in which section 287(g) became law. */
    private static final LocalDate FIRST_DAY = LocalDate.of(1996, 1, 1);

    private static final int LONGEST_NAME = 300;
    private static final int LONGEST_ADDRESS = 2_000;

    /** Control characters, halves of characters, and marks that turn the direction of what is shown after them. */
    private static final Pattern UNFIT =
            Pattern.compile("[\\p{Cc}\\p{Cs}\\u200E\\u200F\\u202A-\\u202E\\u2066-\\u2069\\uFEFF]");

    private static final Pattern MARKUP = Pattern.compile("<\\s*[/!?a-zA-Z]|&(#|[a-zA-Z]{2,8};)");

    static Input of(JsonNode json) {
        return new Input(json, "");
    }

    void hasOnly(Set<String> fields) {
        json.fieldNames().forEachRemaining(field -> {
            if (!fields.contains(field)) {
                throw wrong(
                        field,
                        "There is no field '" + field + "' here. There are: "
                                + String.join(", ", fields.stream().sorted().toList()) + ".",
                        Suggestion.nearest(field, fields));
            }
        });
    }

    /** Whether it is there at all; null counts. */
    boolean has(String field) {
        return json.has(field);
    }

    /** A name: one line, no markup. */
    @Nullable
    String name(String field) {
        String text = text(field, LONGEST_NAME);
        if (text != null
                && (text.contains("<")
                        || text.contains(">")
                        || MARKUP.matcher(text).find())) {
            throw wrong(field, "A name holds no markup, so neither '<' nor '>'. Send the plain text.");
        }
        if (text != null && UNFIT.matcher(text).find()) {
            throw wrong(field, "A name is one line without control characters. Send the plain text.");
        }
        return text;
    }

    String requiredName(String field) {
        return required(field, name(field));
    }

    /** A sentence or several; lines are kept, markup is not taken. */
    @Nullable
    String prose(String field, int longest) {
        String text = text(field, longest);
        if (text != null && UNFIT.matcher(text.replaceAll("[\r\n\t]", "")).find()) {
            throw wrong(field, "There is a control character in it. Send the plain text.");
        }
        if (text != null && MARKUP.matcher(text).find()) {
            throw wrong(field, "There is markup in it. Send the plain text.");
        }
        return text;
    }

    String requiredProse(String field, int longest) {
        return required(field, prose(field, longest));
    }

    /** The address of a page that everybody can open. */
    @Nullable
    String url(String field) {
        String text = text(field, LONGEST_ADDRESS);
        if (text == null) {
            return null;
        }
        try {
            URI uri = new URI(text);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme().toLowerCase(Locale.ROOT);
            if (uri.getHost() == null || !(scheme.equals("https") || scheme.equals("http"))) {
                throw wrong(field, "An address begins with https:// or http:// and names a host.");
            }
            if (uri.getRawUserInfo() != null) {
                throw wrong(field, "An address must not carry a user name or password.");
            }
            if (uri.getHost().endsWith("safelinks.protection.outlook.com")) {
                throw wrong(
                        field,
                        "This address is wrapped by mail protection and carries a person's mail address. Send the"
                                + " address inside it.");
            }
            return text;
        } catch (URISyntaxException e) {
            throw wrong(field, "Not an address: " + e.getReason() + ".");
        }
    }

    String requiredUrl(String field) {
        return required(field, url(field));
    }

    @Nullable
    LocalDate day(String field, LocalDate latest) {
        String text = text(field, 40);
        return text == null ? null : inRange(field, dayOf(field, text), latest);
    }

    LocalDate dayOf(String field, String text) {
        try {
            return LocalDate.parse(text);
        } catch (DateTimeException e) {
            throw wrong(field, "'" + shown(text) + "' is not a day of the calendar. Write it as 2025-06-06.");
        }
    }

    LocalDate inRange(String field, LocalDate day, LocalDate latest) {
        if (day.isBefore(FIRST_DAY) || day.isAfter(latest)) {
            throw wrong(
                    field,
                    day + " is out of range: section 287(g) became law in 1996, and " + latest
                            + " is the latest day that can be meant here.");
        }
        return day;
    }

    boolean flag(String field) {
        JsonNode value = present(field);
        if (value == null) {
            return false;
        }
        if (!value.isBoolean()) {
            throw wrong(field, "Either true or false.");
        }
        return value.asBoolean();
    }

    /** A whole number that JSON writes without point or exponent; whether it is a sensible count is for others to say. */
    @Nullable
    Long number(String field) {
        JsonNode value = present(field);
        if (value == null) {
            return null;
        }
        if (!value.isIntegralNumber()) {
            throw wrong(field, "A whole number is needed, written with digits only, such as 1300.");
        }
        if (!value.canConvertToLong()) {
            throw wrong(field, "The number is too large for a count.");
        }
        return value.asLong();
    }

    @Nullable
    UUID id(String field) {
        String text = text(field, 100);
        if (text == null) {
            return null;
        }
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException e) {
            throw wrong(field, "'" + shown(text) + "' is not an id of this ledger.");
        }
    }

    <E> @Nullable E code(String field, Function<String, Optional<E>> ofCode, E[] all, Function<E, String> code) {
        String text = text(field, 100);
        if (text == null) {
            return null;
        }
        List<String> known = Arrays.stream(all).map(code).toList();
        return ofCode.apply(text)
                .orElseThrow(() -> wrong(
                        field,
                        "'" + shown(text) + "' is none of " + String.join(", ", known) + ".",
                        Suggestion.nearest(text, known)));
    }

    <T> T required(String field, @Nullable T value) {
        if (value == null) {
            throw wrong(field, "'" + field + "' is needed.");
        }
        return value;
    }

    /** Null when it is absent or null. */
    @Nullable
    Input object(String field) {
        JsonNode value = present(field);
        if (value == null) {
            return null;
        }
        return object(field, value);
    }

    List<Input> objects(String field, int most) {
        JsonNode values = present(field);
        if (values == null) {
            return List.of();
        }
        if (!values.isArray()) {
            throw wrong(field, "A list is needed: […].");
        }
        if (values.size() > most) {
            throw wrong(field, "At most " + most + " can be given; these are " + values.size() + ".");
        }
        List<Input> items = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            items.add(object(field + "[" + i + "]", values.get(i)));
        }
        return items;
    }

    /** Null when it is absent or null; text when it is text. */
    @Nullable
    JsonNode present(String field) {
        JsonNode value = json.get(field);
        return value == null || value.isNull() ? null : value;
    }

    /** What the model refuses to be made of is this field's fault. */
    <T> T make(String field, Supplier<T> thing) {
        try {
            return thing.get();
        } catch (IllegalArgumentException e) {
            throw wrong(field, String.valueOf(e.getMessage()));
        }
    }

    RuntimeException wrong(String field, String detail) {
        return wrong(field, detail, null);
    }

    private RuntimeException wrong(String field, String detail, @Nullable String suggestion) {
        return Problem.of(ProblemType.INVALID_FIELD, detail)
                .about(path + shown(field), suggestion)
                .asException();
    }

    /** Without spaces at its ends; null when nothing is left. */
    @Nullable
    String text(String field, int longest) {
        JsonNode value = present(field);
        if (value == null) {
            return null;
        }
        if (!value.isTextual()) {
            throw wrong(field, "Text is needed, in quotation marks.");
        }
        String text = value.asText().strip();
        if (text.length() > longest) {
            throw wrong(field, "At most " + longest + " characters; this has " + text.length() + ".");
        }
        return text.isEmpty() ? null : text;
    }

    private Input object(String field, JsonNode value) {
        if (!value.isObject()) {
            throw wrong(field, "An object is needed: {…}.");
        }
        return new Input(value, path + field + ".");
    }

    private static String shown(String text) {
        String plain = UNFIT.matcher(text).replaceAll("?");
        return plain.length() > 80 ? plain.substring(0, 80) + "…" : plain;
    }
}
