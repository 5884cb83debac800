package ledger287.reporting.dashboard;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.inject.Singleton;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The languages of the pages. English is that of the keys; Spanish has two files: {@code texts_es} of what pages say, and
 * {@code said_es} of what answers of the API say in English, such as definitions, which pages repeat.
 */
@Singleton
final class Languages {
    private final Words english = new Words(Locale.US, Map.of());
    private final Words spanish = new Words(Locale.of("es", "US"), both(texts("texts_es"), texts("said_es")));

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

    private static Map<String, String> both(Map<String, String> ours, Map<String, String> said) {
        Map<String, String> all = new HashMap<>(said);
        all.putAll(ours);
        return all;
    }

    private static Map<String, String> texts(String name) {
        String file = "/dashboard/" + name + ".json";
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
