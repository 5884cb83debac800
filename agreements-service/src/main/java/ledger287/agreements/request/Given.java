package ledger287.agreements.request;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import ledger287.service.problem.Problem;
import ledger287.service.problem.ProblemException;
import ledger287.service.problem.ProblemType;
import ledger287.service.problem.Suggestion;
import org.jspecify.annotations.Nullable;

/** Reads what callers gave, or answers with a problem that names it. */
public final class Given {
    private static final int LONGEST_TEXT = 2_000;

    private Given() {}

    /** A text that must be there. */
    public static String text(String name, @Nullable String value) {
        String text = textOrNull(name, value);
        if (text == null) {
            throw invalid(name, "'" + name + "' is needed.", null);
        }
        return text;
    }

    /** A text, or null when none or only space was given. */
    public static @Nullable String textOrNull(String name, @Nullable String value) {
        if (value == null || value.isBlank()) {
            return null;
        }
        if (value.length() > LONGEST_TEXT) {
            throw invalid(name, "'" + name + "' may have " + LONGEST_TEXT + " characters.", null);
        }
        return value.strip();
    }

    /** One of an enum's constants by its name in the contract. */
    public static <E> E code(String name, @Nullable String value, E[] constants, Function<E, String> code) {
        E constant = codeOrNull(name, value, constants, code);
        if (constant == null) {
            throw invalid(name, "'" + name + "' is needed: one of " + codes(constants, code) + ".", null);
        }
        return constant;
    }

    /** The same, or null when nothing was given. */
    public static <E> @Nullable E codeOrNull(
            String name, @Nullable String value, E[] constants, Function<E, String> code) {
        if (value == null) {
            return null;
        }
        for (E constant : constants) {
            if (code.apply(constant).equals(value)) {
                return constant;
            }
        }
        List<String> codes = Arrays.stream(constants).map(code).toList();
        throw invalid(
                name, "'" + name + "' is one of " + codes(constants, code) + ".", Suggestion.nearest(value, codes));
    }

    /** {@code true} or {@code false}; false when nothing was given. */
    public static boolean flag(String name, @Nullable String value) {
        return switch (value) {
            case null -> false;
            case "true" -> true;
            case "false" -> false;
            default -> throw invalid(name, "'" + name + "' is true or false.", null);
        };
    }

    /** The address of a document on the web. */
    public static String address(String name, @Nullable String value) {
        String text = text(name, value);
        try {
            URI uri = new URI(text);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (web && uri.getHost() != null && uri.getUserInfo() == null) {
                return text;
            }
        } catch (URISyntaxException e) {
            throw invalid(name, "'" + name + "' is not an address: " + e.getReason() + ".", null);
        }
        throw invalid(name, "'" + name + "' is the address of a document: https://…", null);
    }

    /** The problem with a value that cannot be used. */
    public static ProblemException invalid(String name, String detail, @Nullable String suggestion) {
        return Problem.of(ProblemType.INVALID_PARAMETER, detail)
                .about(name, suggestion)
                .asException();
    }

    private static <E> String codes(E[] constants, Function<E, String> code) {
        return String.join(", ", Arrays.stream(constants).map(code).toList());
    }
}
