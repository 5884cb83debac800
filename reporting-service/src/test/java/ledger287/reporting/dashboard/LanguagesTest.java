package ledger287.reporting.dashboard;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Sentences with a count, as they are said of none, of one and of two. */
final class LanguagesTest {
    /** What is counted, of many; the word may stand behind another. */
    private static final Pattern MANY_OF_ONE = Pattern.compile("(?i)\\b1 (287\\(g\\) |granted |listed |recorded )?"
            + "(agreements|agencies|applications|days|operations|rows|states|have|are|stand|were|convenios|agencias|"
            + "solicitudes|días|operativos|filas|estados)\\b");

    private static final Pattern ONE_OF_MANY = Pattern.compile("(?i)\\b[02] (287\\(g\\) |granted |listed |recorded )?"
            + "(agreement|agency|application|day|operation|row|state|has|is|stands|was|convenio|agencia|solicitud|día|"
            + "operativo|fila|estado)\\b");

    private final Languages languages = new Languages();
    private final Words english = languages.choose("en", List.of());

    /** All sentences that pages know, in English and in Spanish. */
    private static Map<String, String> sentences() throws IOException {
        Map<String, String> all = new TreeMap<>();
        for (String name : List.of("texts_es", "said_es")) {
            try (InputStream in = LanguagesTest.class.getResourceAsStream("/dashboard/" + name + ".json")) {
                all.putAll(new ObjectMapper()
                        .readValue(Objects.requireNonNull(in), new TypeReference<Map<String, String>>() {}));
            }
        }
        return all;
    }

    @Test
    void everySentenceThatCountsIsRightOfNoneOfOneAndOfTwo() throws IOException {
        List<String> counted = sentences().keySet().stream()
                .filter(sentence -> sentence.contains("|"))
                .toList();
        assertThat(counted).hasSizeGreaterThan(20);
        for (String sentence : counted) {
            for (Words words : List.of(english, languages.spanish())) {
                for (String number : List.of("0", "1", "2")) {
                    String said = words.of(sentence, all(number));
                    assertThat(said).doesNotContain("{", "|", "  ").doesNotMatch("^\\s.*|.*\\s$");
                    assertThat((number.equals("1") ? MANY_OF_ONE : ONE_OF_MANY)
                                    .matcher(said)
                                    .results())
                            .as(said)
                            .isEmpty();
                }
            }
        }
    }

    private static Object[] all(String number) {
        Object[] values = new Object[10];
        Arrays.fill(values, number);
        return values;
    }

    @Test
    void aTranslationHasThePlacesOfItsSentence() throws IOException {
        sentences()
                .forEach((sentence, translation) ->
                        assertThat(places(translation)).as(translation).isEqualTo(places(sentence)));
    }

    private static Set<String> places(String sentence) {
        Set<String> places = new TreeSet<>();
        Words.PLACE.matcher(sentence).results().map(place -> place.group(1)).forEach(places::add);
        return places;
    }

    /** A count without the words that go with it would be wrong of one. */
    @Test
    void noSentenceCountsThingsInOneFormOnly() throws IOException {
        Pattern bare = Pattern.compile("\\{[0-9]} (granted |listed |recorded )?(agreements|agencies|applications|days|"
                + "operations|rows|convenios|agencias|solicitudes|días|operativos|filas)\\b");
        List<String> wrong = new ArrayList<>();
        sentences().forEach((sentence, translation) -> {
            for (String text : List.of(sentence, translation)) {
                bare.matcher(text).results().map(MatchResult::group).forEach(found -> wrong.add(found + " in " + text));
            }
        });
        assertThat(wrong).isEmpty();
    }

    @Test
    void halfOfOneIsNotSpokenOf() {
        String atLeast =
                "{0||Half of }{0} granted {0|application|applications} took at least {1} {1|day|days} from listing to signature.";
        assertThat(english.of(atLeast, "1", "5"))
                .isEqualTo("1 granted application took at least 5 days from listing to signature.");
        assertThat(english.of(atLeast, "2", "1"))
                .isEqualTo("Half of 2 granted applications took at least 1 day from listing to signature.");
        assertThat(english.rich(atLeast, Span.strong("1"), Span.strong("5")).text())
                .isEqualTo(english.of(atLeast, "1", "5"));
        assertThat(languages.spanish().of(atLeast, "1", "5"))
                .isEqualTo("1 solicitud concedida tardó al menos 5 días de la lista a la firma.");
        assertThat(languages.spanish().of(atLeast, "2", "1"))
                .isEqualTo("La mitad de 2 solicitudes concedidas tardó al menos 1 día de la lista a la firma.");
        assertThat(english.of("{1||half: }{0} {0|day|days} or more", "5", "1")).isEqualTo("5 days or more");
        assertThat(english.of("{1||half: }{0} {0|day|days} or more", "1", "7")).isEqualTo("half: 1 day or more");
    }

    /** The services put their sentences in the plural. */
    @Test
    void whatServicesCountIsSaidOfOneAsOfOne() {
        Map<String, String> said = Map.of(
                "1 listed agreements may be another one listed twice; they are counted as ICE lists them.",
                "1 listed agreement may be another one listed twice; it is counted as ICE lists it.",
                "1 listed applications are granted already and still listed as pending.",
                "1 listed application is granted already and still listed as pending.",
                "2 agreements are held by 1 agencies: an agency may hold one for each support type.",
                "2 agreements are held by 1 agency: an agency may hold one for each support type.",
                "1 rows vanished and what became of them is not certain: they are not listed, and no departure is announced.",
                "1 row vanished and what became of it is not certain: it is not listed, and no departure is announced.",
                "1 rows name two support types and stand for two each.",
                "1 row names two support types and stands for two.",
                "3 listed applications may be another one listed twice.",
                "3 listed applications may be another one listed twice.",
                "MOA: pending before, posted now.",
                "MOA: pending before, posted now.");
        said.forEach((service, page) -> {
            assertThat(english.said(service).text()).isEqualTo(page);
            assertThat(languages.spanish().said(service).spans().getFirst().kind())
                    .as(service)
                    .isEqualTo("PLAIN");
            assertThat(languages.spanish().said(service).text()).doesNotContain("listed", "rows", "1 convenios");
        });
    }
}
