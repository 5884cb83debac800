package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.qute.TemplateData;
import java.text.NumberFormat;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.reporting.query.Moment;
import org.jspecify.annotations.Nullable;

/** What pages say in one language: texts, numbers and days. The key of a text is the English text itself. */
@TemplateData
public final class Words {
    /** {@code {0}} for a value; {@code {0|day|days}} for the word that goes with it, when it is one and otherwise. */
    static final Pattern PLACE = Pattern.compile("\\{([0-9])(?:\\|([^|{}]*)\\|([^|{}]*))?}");

    private static final int MOST_MISSING = 1_000;

    private final Locale locale;
    private final Map<String, String> texts;
    private final Set<String> missing = ConcurrentHashMap.newKeySet();

    Words(Locale locale, Map<String, String> texts) {
        this.locale = locale;
        this.texts = Map.copyOf(texts);
    }

    /** The language's code, for {@code lang} attributes. */
    public String language() {
        return locale.getLanguage();
    }

    public boolean english() {
        return "en".equals(locale.getLanguage());
    }

    /** The text; in English where it has not been translated. */
    public String of(String english) {
        String text = texts.get(english);
        if (text == null) {
            if (!english() && missing.size() < MOST_MISSING) {
                missing.add(english);
            }
            return english;
        }
        return text;
    }

    /** A sentence of the API, which speaks English: in this language when it is one that pages know. */
    Rich said(String english) {
        if (english()) {
            return Rich.of(Sayings.match(english)
                    .filter(Sayings.Saying::counts)
                    .map(saying -> of(saying.form(), saying.values().toArray()))
                    .orElse(english));
        }
        String exact = texts.get(english);
        if (exact != null) {
            return Rich.of(exact);
        }
        return Sayings.match(english)
                .map(saying -> Rich.of(of(
                        saying.form(),
                        saying.values().stream()
                                .map(value -> worded(Sayings.word(saying.form(), value), value))
                                .toArray())))
                .orElseGet(() -> Rich.of(Span.english(english)));
    }

    private String worded(@Nullable String key, String otherwise) {
        return key == null ? otherwise : of(key);
    }

    /** The text with its places {@code {0}}, {@code {1}} … filled; see {@link #PLACE}. */
    String of(String english, Object... values) {
        return PLACE.matcher(of(english)).replaceAll(place -> {
            String value = String.valueOf(values[Integer.parseInt(place.group(1))]);
            return Matcher.quoteReplacement(place.group(2) == null ? value : form(place, value));
        });
    }

    /** Of the two forms at a place, the one that goes with the number. */
    private static String form(MatchResult place, String number) {
        return place.group("1".equals(number) ? 2 : 3);
    }

    /** The same with values that have a form, such as links. */
    Rich rich(String english, Span... values) {
        List<Span> spans = new ArrayList<>();
        String text = of(english);
        Matcher place = PLACE.matcher(text);
        int end = 0;
        while (place.find()) {
            if (place.start() > end) {
                spans.add(Span.plain(text.substring(end, place.start())));
            }
            Span value = values[Integer.parseInt(place.group(1))];
            spans.add(place.group(2) == null ? value : Span.plain(form(place, value.text())));
            end = place.end();
        }
        if (end < text.length()) {
            spans.add(Span.plain(text.substring(end)));
        }
        return new Rich(spans);
    }

    String number(long figure) {
        return NumberFormat.getIntegerInstance(locale).format(figure);
    }

    /** What is not a number is not known; it is never shown as zero. */
    String number(JsonNode figure) {
        return figure.isNumber() ? number(figure.asLong()) : of("not known");
    }

    String day(LocalDate day) {
        return DateTimeFormatter.ofLocalizedDate(FormatStyle.LONG)
                .withLocale(locale)
                .format(day);
    }

    /** A day, month or year as far as it is known. */
    String day(@Nullable String iso, String precision) {
        if (iso == null || "unknown".equals(precision)) {
            return of("date not known");
        }
        LocalDate day = LocalDate.parse(iso);
        return switch (precision) {
            case "year" -> Integer.toString(day.getYear());
            case "month" -> month(YearMonth.from(day));
            default -> day(day);
        };
    }

    String month(YearMonth month) {
        return DateTimeFormatter.ofPattern(english() ? "MMMM yyyy" : "MMMM 'de' yyyy", locale)
                .format(month);
    }

    /** For axes. */
    String shortMonth(LocalDate day) {
        return DateTimeFormatter.ofPattern("MMM yyyy", locale).format(day);
    }

    /** For axes. */
    String shortDay(LocalDate day) {
        return DateTimeFormatter.ofPattern(english() ? "MMM d" : "d MMM", locale)
                .format(day);
    }

    /** An instant in New York, where publications have their time; or the text itself when it is none. */
    String time(String instant) {
        try {
            return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.LONG, FormatStyle.SHORT)
                            .withLocale(locale)
                            .format(Instant.parse(instant).atZone(Moment.NEW_YORK))
                    + " ET";
        } catch (DateTimeException e) {
            return instant;
        }
    }

    /** Only the day of an instant, in New York. */
    String dayOf(String instant) {
        try {
            return day(Instant.parse(instant).atZone(Moment.NEW_YORK).toLocalDate());
        } catch (DateTimeException e) {
            return instant;
        }
    }

    /** The day or instant that {@code as_of} names. */
    String asOf(String asOf) {
        return asOf.length() == 10 ? day(LocalDate.parse(asOf)) : time(asOf);
    }

    /** A workbook's publication: its day, and am, mid or pm as ICE's file name says. */
    String publication(JsonNode sheet) {
        if (!sheet.isObject()) {
            return of("none yet");
        }
        String label = sheet.path("published_label").asText();
        String half = label.length() > 11 ? " (" + label.substring(11) + ")" : "";
        return dayOf(sheet.path("published_at").asText()) + half;
    }

    /** Texts that were asked for and have no translation. */
    Set<String> missing() {
        return new TreeSet<>(missing);
    }
}
