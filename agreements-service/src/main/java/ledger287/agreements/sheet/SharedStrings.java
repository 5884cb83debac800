package ledger287.agreements.sheet;

import java.util.ArrayList;
import java.util.List;
import ledger287.agreements.sheet.SheetRejected.Reason;
import org.jspecify.annotations.Nullable;

/** Texts that cells refer to by number. Runs of rich text are joined; readings above Asian characters are left out. */
final class SharedStrings {
    private final List<RawCell> texts;

    private SharedStrings(List<RawCell> texts) {
        this.texts = texts;
    }

    static SharedStrings read(WorkbookArchive archive, @Nullable String part, ReadingLimits limits) {
        List<RawCell> texts = new ArrayList<>();
        if (part != null && archive.has(part)) {
            try (XmlPart xml = XmlPart.open(archive, part)) {
                while (xml.next()) {
                    if (xml.atStart("si")) {
                        texts.add(new RawCell.Text(richText(xml, "si", limits), null));
                    }
                }
            }
        }
        return new SharedStrings(texts);
    }

    /** A cell with the text of this number. */
    RawCell get(int index) {
        if (index < 0 || index >= texts.size()) {
            throw new SheetRejected(
                    Reason.DAMAGED_WORKBOOK,
                    "A cell refers to text number %,d, but the workbook has only %,d. Download the file again."
                            .formatted(index, texts.size()));
        }
        return texts.get(index);
    }

    /** The text of the element just started ({@code si} or {@code is}), which is left at its end; mail addresses are gone from it. */
    static String richText(XmlPart xml, String element, ReadingLimits limits) {
        String text = "";
        StringBuilder joined = null;
        boolean phonetic = false;
        while (xml.next()) {
            if (xml.atEnd(element)) {
                return Addresses.scrub(CellText.unescaped(joined == null ? text : joined.toString()));
            } else if (xml.atStart("rPh")) {
                phonetic = true;
            } else if (xml.atEnd("rPh")) {
                phonetic = false;
            } else if (xml.atStart("t")) {
                String run = xml.text(limits.cellCharacters());
                if (phonetic || run.isEmpty()) {
                    continue;
                }
                if (text.isEmpty()) {
                    text = run;
                } else {
                    joined = (joined == null ? new StringBuilder(text) : joined).append(run);
                    if (joined.length() > limits.cellCharacters()) {
                        throw new SheetRejected(
                                Reason.TOO_LARGE,
                                "A cell of the workbook holds more than %,d characters."
                                        .formatted(limits.cellCharacters()));
                    }
                }
            }
        }
        return text;
    }
}
