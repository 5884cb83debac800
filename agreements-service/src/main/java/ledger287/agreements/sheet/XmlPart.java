package ledger287.agreements.sheet;

import com.fasterxml.aalto.UncheckedStreamException;
import com.fasterxml.aalto.stax.InputFactoryImpl;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.zip.ZipException;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import ledger287.agreements.sheet.SheetRejected.Reason;
import org.jspecify.annotations.Nullable;

/**
 * One XML part, read forward. Names are local names: the transitional and the strict flavour of the format differ only
 * in their namespaces. Document types and entities are refused, not processed.
 */
final class XmlPart implements AutoCloseable {
    private static final int DEEPEST = 64;

    private static final XMLInputFactory FACTORY = factory();

    private final String name;
    private final BoundedSteps in;
    private final XMLStreamReader xml;
    private int depth;

    private XmlPart(String name, BoundedSteps in, XMLStreamReader xml) {
        this.name = name;
        this.in = in;
        this.xml = xml;
    }

    static XmlPart open(WorkbookArchive archive, String part) {
        return open(archive.open(part), part);
    }

    /** A worksheet without its rows. */
    static XmlPart openWithoutRows(WorkbookArchive archive, String part) {
        return open(archive.openWithoutRows(part), part);
    }

    private static XmlPart open(BoundedSteps in, String part) {
        try {
            return new XmlPart(part, in, FACTORY.createXMLStreamReader(in));
        } catch (XMLStreamException | RuntimeException e) {
            throw refusal(part, e);
        }
    }

    /** Moves to the next start or end of an element, past text and comments; false at the end of the part. */
    boolean next() {
        while (true) {
            switch (advance()) {
                case XMLStreamConstants.START_ELEMENT -> {
                    if (++depth > DEEPEST) {
                        throw new SheetRejected(
                                Reason.DAMAGED_WORKBOOK,
                                "The workbook's part '%s' nests too deeply to be a real one.".formatted(name));
                    }
                    return true;
                }
                case XMLStreamConstants.END_ELEMENT -> {
                    depth--;
                    return true;
                }
                case XMLStreamConstants.END_DOCUMENT -> {
                    return false;
                }
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw GuardedPart.documentType(name);
                default -> {}
            }
        }
    }

    boolean atStart() {
        return xml.getEventType() == XMLStreamConstants.START_ELEMENT;
    }

    boolean atStart(String element) {
        return atStart() && xml.getLocalName().equals(element);
    }

    boolean atEnd(String element) {
        return xml.getEventType() == XMLStreamConstants.END_ELEMENT
                && xml.getLocalName().equals(element);
    }

    String element() {
        return xml.getLocalName();
    }

    /** The value of an attribute of this name in any namespace, or null. */
    @Nullable
    String attribute(String attribute) {
        for (int i = 0; i < xml.getAttributeCount(); i++) {
            if (xml.getAttributeLocalName(i).equals(attribute)) {
                return xml.getAttributeValue(i);
            }
        }
        return null;
    }

    /** How many attributes the element just started has; for elements so many that each is looked at once only. */
    int attributes() {
        return xml.getAttributeCount();
    }

    String attributeName(int index) {
        return xml.getAttributeLocalName(index);
    }

    String attributeValue(int index) {
        return xml.getAttributeValue(index);
    }

    boolean flag(String attribute) {
        String value = attribute(attribute);
        return value != null && (value.equals("1") || value.equals("true"));
    }

    /** A whole number of an attribute, or the given one when it is absent. */
    int number(String attribute, int absent) {
        String value = attribute(attribute);
        return value == null ? absent : parse(value);
    }

    int parse(String digits) {
        try {
            return Integer.parseInt(digits.strip());
        } catch (NumberFormatException e) {
            throw WorkbookArchive.damaged(name, e);
        }
    }

    /** The whole number inside the element just started, which is left at its end. */
    int wholeNumber() {
        int number = advance() == XMLStreamConstants.CHARACTERS ? digits() : -1;
        if (number < 0 || advance() != XMLStreamConstants.END_ELEMENT) {
            throw new SheetRejected(
                    Reason.DAMAGED_WORKBOOK,
                    "The workbook's part '%s' has something else where a number must be. Download the file again."
                            .formatted(name));
        }
        depth--;
        return number;
    }

    /** The text just reached as a number below a thousand million, or -1. No string is made: there are millions. */
    private int digits() {
        in.nextStep();
        try {
            char[] characters = xml.getTextCharacters();
            int from = xml.getTextStart();
            int length = xml.getTextLength();
            if (length == 0 || length > 9) {
                return -1;
            }
            int number = 0;
            for (int i = from; i < from + length; i++) {
                if (characters[i] < '0' || characters[i] > '9') {
                    return -1;
                }
                number = number * 10 + characters[i] - '0';
            }
            return number;
        } catch (RuntimeException e) {
            throw refusal(name, e);
        }
    }

    /** The text directly inside the element just started, which is left at its end. Elements in it are skipped. */
    String text(int limit) {
        StringBuilder text = null;
        String only = "";
        int inside = depth;
        while (true) {
            switch (advance()) {
                case XMLStreamConstants.START_ELEMENT -> depth++;
                case XMLStreamConstants.END_ELEMENT -> {
                    if (depth-- == inside) {
                        return text == null ? only : text.toString();
                    }
                }
                case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA, XMLStreamConstants.SPACE -> {
                    if (depth == inside) {
                        String piece = piece();
                        if (text == null && only.isEmpty()) {
                            only = piece;
                        } else {
                            text = (text == null ? new StringBuilder(only) : text).append(piece);
                        }
                        if (only.length() > limit || (text != null && text.length() > limit)) {
                            throw new SheetRejected(
                                    Reason.TOO_LARGE,
                                    "A cell of the workbook holds more than %,d characters.".formatted(limit));
                        }
                    }
                }
                case XMLStreamConstants.END_DOCUMENT ->
                    throw new SheetRejected(
                            Reason.DAMAGED_WORKBOOK,
                            "The workbook's part '%s' is cut off. Download the file again.".formatted(name));
                case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                    throw GuardedPart.documentType(name);
                default -> {}
            }
        }
    }

    @Override
    public void close() {
        try {
            xml.close();
            in.close();
        } catch (XMLStreamException e) {
            throw refusal(name, e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int advance() {
        in.nextStep();
        try {
            return xml.next();
        } catch (XMLStreamException | RuntimeException e) {
            throw refusal(name, e);
        }
    }

    private String piece() {
        in.nextStep();
        try {
            return xml.getText();
        } catch (RuntimeException e) {
            throw refusal(name, e);
        }
    }

    /**
     * The parser reports malformed text as an exception of its own, as a wrapped one, or – on bytes that are no XML at
     * all – as whatever its tables throw; to the sender it is all the same. A failing disk is not.
     */
    private static RuntimeException refusal(String part, Exception e) {
        if (e instanceof SheetRejected already) {
            return already;
        }
        Throwable cause = e instanceof UncheckedStreamException && e.getCause() != null ? e.getCause() : e;
        Throwable root = cause instanceof XMLStreamException stream && stream.getNestedException() != null
                ? stream.getNestedException()
                : cause;
        if (root instanceof IOException io
                && !(io instanceof ZipException)
                && !(io instanceof java.io.EOFException)
                && !(io instanceof java.io.CharConversionException)) {
            return new UncheckedIOException(io);
        }
        return WorkbookArchive.damaged(part, e);
    }

    private static XMLInputFactory factory() {
        InputFactoryImpl factory = new InputFactoryImpl();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, false);
        return factory;
    }
}
