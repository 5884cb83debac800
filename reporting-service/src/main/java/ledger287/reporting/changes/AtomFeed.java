package ledger287.reporting.changes;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import ledger287.reporting.changelog.Cursor;
import ledger287.reporting.feed.FeedChange;
import org.jspecify.annotations.Nullable;

/** Changes as an Atom feed (RFC 4287). An entry's id is the event's, as on every transport. */
final class AtomFeed {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String NAMESPACE = "http://www.w3.org/2005/Atom";
    private static final String MEDIA_TYPE = "application/atom+xml";
    private static final String NOTHING_YET = "1970-01-01T00:00:00Z";

    private final XMLStreamWriter xml;
    private final String root;

    private AtomFeed(XMLStreamWriter xml, String root) {
        this.xml = xml;
        this.root = root;
    }

    /**
     * Where a feed is.
     *
     * @param root where we are
     * @param filter in canonical form; the feed's id has it and nothing that moves
     * @param page the parameters that all pages share: the filter, and how many entries a page has
     * @param before where this page begins; null for the first
     */
    record Address(
            String root,
            String filter,
            String page,
            @Nullable String before) {
        private String id() {
            return with(filter);
        }

        private String first() {
            return with(page);
        }

        private String self() {
            return before == null ? first() : before(before);
        }

        private String before(String cursor) {
            return with(page + (page.isEmpty() ? "" : "&") + "cursor=" + cursor);
        }

        private String with(String query) {
            return root + "/v1/changes.atom" + (query.isEmpty() ? "" : "?" + query);
        }
    }

    /**
     * A page of the feed.
     *
     * @param changes newest first
     * @param last the oldest of them, when there may be older ones (RFC 5005, section 3)
     */
    static byte[] of(Address address, List<FeedChange> changes, @Nullable Cursor last) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(bytes, "UTF-8");
            new AtomFeed(xml, address.root()).write(address, changes, last);
            xml.close();
        } catch (XMLStreamException e) {
            throw new IOException("The feed cannot be written", e);
        }
        return bytes.toByteArray();
    }

    private void write(Address address, List<FeedChange> changes, @Nullable Cursor last)
            throws XMLStreamException, IOException {
        xml.writeStartDocument(StandardCharsets.UTF_8.name(), "1.0");
        xml.writeStartElement("feed");
        xml.writeDefaultNamespace(NAMESPACE);
        element("id", address.id());
        element("title", "ledger287: changes to the ledger of 287(g) agreements");
        element(
                "updated",
                changes.isEmpty()
                        ? NOTHING_YET
                        : JSON.readTree(changes.getFirst().json())
                                .path("recordedtime")
                                .asText());
        link("self", MEDIA_TYPE, address.self());
        link("first", MEDIA_TYPE, address.first());
        if (last != null) {
            link("next", MEDIA_TYPE, address.before(last.toString()));
        }
        link("alternate", "text/html", root + "/");
        xml.writeStartElement("author");
        element("name", "ledger287");
        xml.writeEndElement();
        for (FeedChange change : changes) {
            entry(JSON.readTree(change.json()));
        }
        xml.writeEndElement();
        xml.writeEndDocument();
    }

    private void entry(JsonNode event) throws XMLStreamException {
        String subject = event.path("subject").asText();
        String type = event.path("type").asText();
        xml.writeStartElement("entry");
        element("id", "urn:uuid:" + event.path("id").asText());
        element("title", EntryWords.title(event));
        element("updated", event.path("recordedtime").asText());
        element("published", event.path("time").asText());
        link(
                "alternate",
                "application/json",
                root + address(subject, event.path("cursor").asText()));
        xml.writeEmptyElement("category");
        xml.writeAttribute("term", type);
        element("summary", EntryWords.summary(event));
        xml.writeEndElement();
    }

    /** Where the thing is told of; where it is no list of ours, the change itself. */
    private static String address(String subject, String cursor) {
        int dash = subject.indexOf('-');
        String list =
                switch (dash < 0 ? subject : subject.substring(0, dash)) {
                    case "agreement" -> "/v1/agreements/";
                    case "agency" -> "/v1/agencies/";
                    case "application" -> "/v1/applications/";
                    case "operation" -> "/v1/operations/";
                    case "claim" -> "/v1/claims/";
                    default -> "";
                };
        if (!list.isEmpty()) {
            return list + subject.substring(dash + 1);
        }
        int sequence = cursor.lastIndexOf('-') + 1;
        return "/v1/changes?limit=1&cursor=" + cursor.substring(0, sequence)
                + (Long.parseLong(cursor.substring(sequence)) - 1);
    }

    private void link(String relation, String type, String address) throws XMLStreamException {
        xml.writeEmptyElement("link");
        xml.writeAttribute("rel", relation);
        xml.writeAttribute("type", type);
        xml.writeAttribute("href", address);
    }

    private void element(String name, String text) throws XMLStreamException {
        xml.writeStartElement(name);
        xml.writeCharacters(writable(text));
        xml.writeEndElement();
    }

    /** XML has no way to write most control characters, however escaped. */
    private static String writable(String text) {
        StringBuilder writable = new StringBuilder(text.length());
        text.codePoints()
                .map(c ->
                        c == '\t' || c == '\n' || (c >= 0x20 && c < 0xD800) || (c > 0xDFFF && c < 0xFFFE) || c > 0xFFFF
                                ? c
                                : 0xFFFD)
                .forEach(writable::appendCodePoint);
        return writable.toString();
    }
}
