package ledger287.system;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.transform.TransformerException;
import javax.xml.transform.TransformerFactory;
import javax.xml.transform.dom.DOMSource;
import javax.xml.transform.stream.StreamResult;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.xml.sax.SAXException;

/**
 * A copy of a workbook in which every agency bears another name, the same one for the same name. The words that say what
 * kind of body it is stay; all others are enciphered letter by letter, so that two names are alike after it exactly as
 * much as they were before. Whoever knows real agencies by heart gains nothing here.
 */
final class RenamedWorkbook {

    private static final String HEADER = "LAW ENFORCEMENT AGENCY";
    private static final String SHARED_STRINGS = "xl/sharedStrings.xml";
    private static final Pattern WORD = Pattern.compile("\\p{L}+(?:['’]\\p{L}+)?");
    private static final Set<String> KINDS = Set.of(
            "sheriff",
            "sheriff's",
            "sheriffs",
            "office",
            "police",
            "department",
            "dept",
            "county",
            "parish",
            "city",
            "town",
            "township",
            "village",
            "borough",
            "of",
            "the",
            "and",
            "for",
            "state",
            "constable",
            "constable's",
            "precinct",
            "jail",
            "board",
            "commissioners",
            "university",
            "college",
            "district",
            "public",
            "safety",
            "corrections",
            "highway",
            "patrol",
            "national",
            "guard",
            "attorney",
            "general");

    private RenamedWorkbook() {}

    /** Writes the copy under the same file name in another directory. */
    static Workbook write(Workbook original, Path directory) {
        try {
            var parts = WorkbookParts.of(original.file());
            Document strings = parse(parts.part(SHARED_STRINGS));
            String sheetPart = parts.parts().keySet().stream()
                    .filter(name -> name.matches("xl/worksheets/sheet\\d+\\.xml"))
                    .sorted()
                    .findFirst()
                    .orElseThrow();
            Document sheet = parse(parts.part(sheetPart));
            int renamed = rename(sheet, strings);
            if (renamed != original.dataRows()) {
                throw new IllegalStateException("Renamed %d agencies of %d rows in %s"
                        .formatted(renamed, original.dataRows(), original.fileName()));
            }
            byte[] renamedStrings = serialise(strings);
            byte[] renamedSheet = serialise(sheet);
            Path copy = directory.resolve(original.fileName());
            Files.write(
                    copy,
                    parts.with(SHARED_STRINGS, any -> renamedStrings)
                            .with(sheetPart, any -> renamedSheet)
                            .toBytes());
            return new Workbook(original.kind(), copy, original.dataRows());
        } catch (IOException | SAXException | ParserConfigurationException | TransformerException e) {
            throw new IllegalStateException("Cannot rename the agencies of " + original.file(), e);
        }
    }

    static String rename(String name) {
        return WORD.matcher(name).replaceAll(match -> {
            String word = match.group();
            return KINDS.contains(word.toLowerCase(Locale.ROOT).replace('’', '\'')) ? word : encipher(word);
        });
    }

    /** Each letter by the one 13 places on: its own inverse, so no two words can become one. */
    private static String encipher(String word) {
        var enciphered = new StringBuilder();
        word.chars().forEach(letter -> {
            int base = letter >= 'a' && letter <= 'z' ? 'a' : 'A';
            boolean latin = letter >= base && letter < base + 26;
            enciphered.append((char) (latin ? base + (letter - base + 13) % 26 : letter));
        });
        return enciphered.toString();
    }

    private static int rename(Document sheet, Document strings) {
        List<Element> items = elements(strings, "si");
        int originals = items.size();
        Map<Integer, Integer> renamed = new HashMap<>();
        String column = null;
        int cells = 0;
        for (Element cell : elements(sheet, "c")) {
            if (!cell.getAttribute("t").equals("s")) {
                continue;
            }
            Element value = elements(cell, "v").getFirst();
            int index = Integer.parseInt(value.getTextContent());
            String cellColumn = cell.getAttribute("r").replaceAll("\\d", "");
            String text = items.get(index).getTextContent();
            if (column == null) {
                if (text.strip().equalsIgnoreCase(HEADER)) {
                    column = cellColumn;
                }
            } else if (cellColumn.equals(column) && !text.isBlank()) {
                int other = renamed.computeIfAbsent(
                        index, key -> originals + addString(strings, rename(text), renamed.size()));
                value.setTextContent(String.valueOf(other));
                cells++;
            }
        }
        return cells;
    }

    private static int addString(Document strings, String text, int ordinal) {
        String namespace = strings.getDocumentElement().getNamespaceURI();
        Element item = strings.createElementNS(namespace, "si");
        Element content = strings.createElementNS(namespace, "t");
        content.setAttribute("xml:space", "preserve");
        content.setTextContent(text);
        item.appendChild(content);
        strings.getDocumentElement().appendChild(item);
        return ordinal;
    }

    private static List<Element> elements(Node within, String localName) {
        var nodes = within instanceof Document document
                ? document.getElementsByTagNameNS("*", localName)
                : ((Element) within).getElementsByTagNameNS("*", localName);
        var elements = new ArrayList<Element>();
        for (int i = 0; i < nodes.getLength(); i++) {
            elements.add((Element) nodes.item(i));
        }
        return elements;
    }

    private static Document parse(byte[] xml) throws ParserConfigurationException, IOException, SAXException {
        var factory = DocumentBuilderFactory.newInstance();
        factory.setNamespaceAware(true);
        return factory.newDocumentBuilder().parse(new ByteArrayInputStream(xml));
    }

    private static byte[] serialise(Document document) throws TransformerException {
        var bytes = new ByteArrayOutputStream();
        var transformer = TransformerFactory.newInstance().newTransformer();
        transformer.setOutputProperty("encoding", UTF_8.name());
        transformer.transform(new DOMSource(document), new StreamResult(bytes));
        return bytes.toByteArray();
    }
}
