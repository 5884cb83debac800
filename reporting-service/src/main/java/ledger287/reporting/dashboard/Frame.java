package ledger287.reporting.dashboard;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stands around every page.
 *
 * @param notices what a reader must know before any figure: sample, incomplete, of the past, revised
 * @param live whether the page moves on by itself
 * @param known the day or instant of which the page tells
 * @param moments the publications that a reader may go back to, oldest first
 */
public record Frame(
        String path,
        String position,
        boolean live,
        List<Notice> notices,
        List<Block.Choice> navigation,
        List<Language> languages,
        String known,
        List<Block.Choice> moments,
        List<Block.Hidden> kept,
        String participating,
        String pending,
        @Nullable String lastChange,
        String lastChangeAt,
        String changesHref,
        String home) {
    /** A language that the page can be read in, by its own name. */
    public record Language(String label, String language, String href, boolean chosen) {}

    /** @param tone {@code sample}, {@code warning} or {@code note} */
    public record Notice(String tone, Rich text) {}
}
