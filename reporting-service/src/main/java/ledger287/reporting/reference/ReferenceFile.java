package ledger287.reporting.reference;

import com.fasterxml.jackson.databind.MappingIterator;
import com.fasterxml.jackson.databind.RuntimeJsonMappingException;
import com.fasterxml.jackson.dataformat.csv.CsvMapper;
import com.fasterxml.jackson.dataformat.csv.CsvParser;
import com.fasterxml.jackson.dataformat.csv.CsvSchema;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.reporting.geography.State;

/**
 * A file of the Census Bureau, told by its header. Encoding may be UTF-8 or Latin-1 (older estimates are), columns may
 * come in any order, and codes may have lost their leading zeros, as happens when a spreadsheet saves them again.
 *
 * @param vintage the year that the areas or the figures are of
 */
record ReferenceFile(Kind kind, int vintage, List<Area> areas) {
    private static final Pattern POPULATION = Pattern.compile("POPESTIMATE((?:19|20)[0-9]{2})");
    private static final Pattern YEAR = Pattern.compile("(?<![0-9])((?:19|20)[0-9]{2})(?![0-9])");
    private static final int STATE_LEVEL = 40;
    private static final int COUNTY_LEVEL = 50;
    /** Incorporated places; parts of places in counties have another level and would count twice. */
    private static final int PLACE_LEVEL = 162;

    /** A file that cannot be used, in words for who loads it. */
    static final class Unreadable extends Exception {
        Unreadable(String message) {
            super(message);
        }
    }

    /** @param vintage what the operator says; the file's own year wins where it has one */
    static ReferenceFile read(byte[] bytes, String fileName, OptionalInt vintage) throws Unreadable {
        String text = decoded(bytes);
        String header = text.lines().findFirst().orElse("");
        char separator = separator(header);
        List<String> columns = Arrays.stream(header.split(Pattern.quote(String.valueOf(separator)), -1))
                .map(column -> column.strip().replace("\"", "").toUpperCase(Locale.ROOT))
                .toList();
        if (columns.containsAll(List.of("USPS", "GEOID", "NAME", "INTPTLAT", "INTPTLONG"))) {
            int year = year(fileName).orElseGet(() -> vintage.orElse(0));
            if (year == 0) {
                throw new Unreadable(
                        "The Gazetteer file does not say of which year it is. Keep its name (2025_Gaz_counties_national.txt) or give 'vintage'.");
            }
            return new ReferenceFile(Kind.COUNTY_POINTS, year, gazetteer(rows(text, separator, columns)));
        }
        if (columns.containsAll(List.of("SUMLEV", "STATE", "STNAME"))) {
            String newest = columns.stream()
                    .filter(column -> POPULATION.matcher(column).matches())
                    .max(String::compareTo)
                    .orElseThrow(() -> new Unreadable("The estimates have no column POPESTIMATE<year>."));
            int year = Integer.parseInt(newest.substring(newest.length() - 4));
            List<Map<String, String>> rows = rows(text, separator, columns);
            if (columns.contains("CTYNAME")) {
                return new ReferenceFile(Kind.COUNTY_POPULATION, year, counties(rows, newest));
            }
            if (columns.containsAll(List.of("PLACE", "NAME"))) {
                return new ReferenceFile(Kind.PLACE_POPULATION, year, places(rows, newest));
            }
        }
        throw new Unreadable("This is none of the files that are known here: "
                + String.join(
                        "; ", Arrays.stream(Kind.values()).map(Kind::words).toList())
                + ". Unpack a .zip first.");
    }

    private static List<Area> gazetteer(List<Map<String, String>> rows) throws Unreadable {
        List<Area> areas = new ArrayList<>(rows.size());
        for (Map<String, String> row : rows) {
            String fips = digits(row, "GEOID", 5);
            areas.add(new Area(
                    fips,
                    cell(row, "USPS"),
                    cell(row, "NAME"),
                    degrees(row, "INTPTLAT", 90),
                    degrees(row, "INTPTLONG", 180),
                    null));
        }
        return checked(areas, 1_000, "counties");
    }

    private static List<Area> counties(List<Map<String, String>> rows, String population) throws Unreadable {
        Map<String, String> states = states();
        List<Area> areas = new ArrayList<>(rows.size());
        for (Map<String, String> row : rows) {
            int level = number(row, "SUMLEV");
            if (level != STATE_LEVEL && level != COUNTY_LEVEL) {
                continue;
            }
            String state = digits(row, "STATE", 2);
            String fips = level == STATE_LEVEL ? state : state + digits(row, "COUNTY", 3);
            areas.add(new Area(
                    fips, state(states, row), cell(row, "CTYNAME"), null, null, (long) number(row, population)));
        }
        return checked(areas, 1_000, "counties");
    }

    private static List<Area> places(List<Map<String, String>> rows, String population) throws Unreadable {
        Map<String, String> states = states();
        List<Area> areas = new ArrayList<>();
        for (Map<String, String> row : rows) {
            if (number(row, "SUMLEV") == PLACE_LEVEL) {
                areas.add(new Area(
                        digits(row, "STATE", 2) + digits(row, "PLACE", 5),
                        state(states, row),
                        cell(row, "NAME"),
                        null,
                        null,
                        (long) number(row, population)));
            }
        }
        return checked(areas, 100, "places");
    }

    /** Half a download must not pass for the whole. */
    private static List<Area> checked(List<Area> areas, int atLeast, String what) throws Unreadable {
        if (areas.size() < atLeast) {
            throw new Unreadable(
                    "The file has only %d %s; it is not whole. Download it again.".formatted(areas.size(), what));
        }
        Map<String, Area> byFips = new HashMap<>();
        for (Area area : areas) {
            if (byFips.put(area.fips(), area) != null) {
                throw new Unreadable("The file has the code %s twice.".formatted(area.fips()));
            }
        }
        return List.copyOf(areas);
    }

    private static String decoded(byte[] bytes) {
        String text;
        try {
            text = StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException notUtf8) {
            // Older files of the Bureau are in Latin-1, in which every sequence of bytes is a text.
            Charset latin1 = StandardCharsets.ISO_8859_1;
            text = new String(bytes, latin1);
        }
        return text.startsWith("\uFEFF") ? text.substring(1) : text;
    }

    private static char separator(String header) {
        return header.indexOf('|') >= 0 ? '|' : header.indexOf('\t') >= 0 ? '\t' : ',';
    }

    private static List<Map<String, String>> rows(String text, char separator, List<String> columns) throws Unreadable {
        CsvSchema schema = CsvSchema.emptySchema().withColumnSeparator(separator);
        List<Map<String, String>> rows = new ArrayList<>();
        try (MappingIterator<List<String>> lines = new CsvMapper()
                .readerForListOf(String.class)
                .with(CsvParser.Feature.WRAP_AS_ARRAY)
                .with(CsvParser.Feature.SKIP_EMPTY_LINES)
                .with(schema)
                .readValues(text)) {
            lines.next();
            while (lines.hasNext()) {
                List<String> cells = lines.next();
                Map<String, String> row = new LinkedHashMap<>();
                for (int i = 0; i < columns.size() && i < cells.size(); i++) {
                    row.put(columns.get(i), cells.get(i).strip());
                }
                rows.add(row);
            }
        } catch (IOException | RuntimeJsonMappingException e) {
            throw new Unreadable("The file is no table: "
                    + Optional.ofNullable(e.getMessage()).orElse("unreadable"));
        }
        return rows;
    }

    private static Optional<Integer> year(String fileName) {
        Matcher matcher = YEAR.matcher(fileName);
        return matcher.find() ? Optional.of(Integer.valueOf(matcher.group(1))) : Optional.empty();
    }

    private static Map<String, String> states() {
        Map<String, String> byFips = new HashMap<>();
        for (State state : State.values()) {
            byFips.put(state.fips(), state.code());
        }
        return byFips;
    }

    private static String state(Map<String, String> states, Map<String, String> row) throws Unreadable {
        String fips = digits(row, "STATE", 2);
        String code = states.get(fips);
        if (code == null) {
            throw new Unreadable("There is no state with the code %s.".formatted(fips));
        }
        return code;
    }

    private static String cell(Map<String, String> row, String column) throws Unreadable {
        String cell = row.get(column);
        if (cell == null || cell.isEmpty()) {
            throw new Unreadable("A row has no %s: %s".formatted(column, row));
        }
        return cell;
    }

    private static String digits(Map<String, String> row, String column, int length) throws Unreadable {
        String cell = cell(row, column);
        if (!cell.matches("[0-9]{1," + length + "}")) {
            throw new Unreadable("%s is no %s of %d digits.".formatted(cell, column, length));
        }
        return "0".repeat(length - cell.length()) + cell;
    }

    private static int number(Map<String, String> row, String column) throws Unreadable {
        String cell = cell(row, column);
        if (!cell.matches("[0-9]{1,9}")) {
            throw new Unreadable("%s is no number for %s.".formatted(cell, column));
        }
        return Integer.parseInt(cell);
    }

    private static double degrees(Map<String, String> row, String column, int most) throws Unreadable {
        String cell = cell(row, column);
        if (!cell.matches("[-+]?[0-9]{1,3}(\\.[0-9]+)?") || Math.abs(Double.parseDouble(cell)) > most) {
            throw new Unreadable("%s is no %s in degrees.".formatted(cell, column));
        }
        return Double.parseDouble(cell);
    }
}
