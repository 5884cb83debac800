package ledger287.reporting.drawing;

import java.util.ArrayList;
import java.util.List;

/** Breaks text into lines, which SVG does not. */
public final class Wrapping {
    private Wrapping() {}

    /**
     * As many words to a line as have room; a longer word has a line of its own.
     *
     * @param letters that a line has room for
     * @return at least one line
     */
    public static List<String> lines(String text, int letters) {
        List<String> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (!line.isEmpty() && line.length() + 1 + word.length() > letters) {
                lines.add(line.toString());
                line.setLength(0);
            }
            line.append(line.isEmpty() ? "" : " ").append(word);
        }
        lines.add(line.toString());
        return lines;
    }
}
