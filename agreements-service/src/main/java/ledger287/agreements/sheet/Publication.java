package ledger287.agreements.sheet;

import java.time.Instant;

/**
 * When ICE published a workbook: am is 09:00, mid 12:00, pm 17:00 in New York; a suffix {@code _b} is a minute later.
 *
 * @param at the instant from which the public could know
 * @param label for people, e.g. {@code 2025-06-06 am}
 */
public record Publication(Instant at, String label) implements Comparable<Publication> {
    /**
     * Reads what a sender says: a day ({@code 2025-06-06}, taken as its morning), a day with {@code am}, {@code mid} or
     * {@code pm}, or an instant with its offset (RFC 3339).
     *
     * @throws SheetRejected with {@link SheetRejected.Reason#PUBLICATION_UNKNOWN}
     */
    public static Publication parse(String publishedAt) {
        return PublicationNames.explicit(publishedAt);
    }

    /**
     * Reads a file's name, e.g. {@code participatingAgencies06062025am.xlsx}.
     *
     * @throws SheetRejected with {@link SheetRejected.Reason#PUBLICATION_UNKNOWN}, asking for {@code published_at}
     */
    public static Publication ofFileName(String fileName) {
        return PublicationNames.ofFile(fileName);
    }

    @Override
    public int compareTo(Publication other) {
        return at.compareTo(other.at);
    }
}
