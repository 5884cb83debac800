package ledger287.reporting.dashboard;

import org.jspecify.annotations.Nullable;

/**
 * A run of text on a page.
 *
 * @param href where it leads; null when nowhere
 * @param role how it is marked up
 */
public record Span(String text, @Nullable String href, Role role) {
    /** How a run of text is marked up. */
    public enum Role {
        PLAIN,
        STRONG,
        /** Names and cells from a workbook or a source, of any script and direction: set apart from ours. */
        FOREIGN,
        /** Prose of a source or an editor, set apart likewise; it is in English, which a reading voice must know. */
        QUOTED,
        /** Sentences that the ledger's services give in English only. */
        ENGLISH,
        CODE,
        BADGE
    }

    static Span plain(String text) {
        return new Span(text, null, Role.PLAIN);
    }

    static Span strong(String text) {
        return new Span(text, null, Role.STRONG);
    }

    static Span foreign(String text) {
        return new Span(text, null, Role.FOREIGN);
    }

    static Span quoted(String text) {
        return new Span(text, null, Role.QUOTED);
    }

    static Span english(String text) {
        return new Span(text, null, Role.ENGLISH);
    }

    static Span code(String text) {
        return new Span(text, null, Role.CODE);
    }

    static Span badge(String text) {
        return new Span(text, null, Role.BADGE);
    }

    Span to(@Nullable String address) {
        return new Span(text, address, role);
    }

    /** For the template. */
    public String kind() {
        return role.name();
    }
}
