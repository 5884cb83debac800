package ledger287.reporting.dashboard;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The languages of the pages. English is that of the keys; Spanish has a file. */
@Singleton
final class Languages {
    private final Words english = new Words(Locale.US, Map.of());
    private final Words spanish = new Words(Locale.of("es", "US"), texts("es"));

    /**
     * @param wished the parameter {@code lang}; wins when it names a language we have
     * @param acceptable the reader's languages, best first
     */
    Words choose(@Nullable String wished, List<Locale> acceptable) {
        if (wished != null) {
            return "es".equals(wished) ? spanish : english;
        }
        for (Locale locale : acceptable) {
            switch (locale.getLanguage()) {
                case "es" -> {
                    return spanish;
                }
                case "en" -> {
                    return english;
                }
                default -> {}
            }
        }
        return english;
    }

    Words spanish() {
        return spanish;
    }

    private static Map<String, String> texts(String language) {
        String file = "/dashboard/texts_" + language + ".json";
        try (InputStream in = Languages.class.getResourceAsStream(file)) {
            if (in == null) {
                throw new IllegalStateException("The service was built without " + file);
            }
            return new ObjectMapper().readValue(in, new TypeReference<Map<String, String>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }
}
