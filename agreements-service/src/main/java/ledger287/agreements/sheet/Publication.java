package ledger287.agreements.sheet;

import java.time.Instant;

/**
 * When ICE published a workbook: am is 09:00, mid 12:00, pm 17:00 in New York; a suffix {@code _b} is a minute later.
 *
 * @param at the instant from which the public could know
 * @param label for people, e.g. {@code 2025-06-06 am}
 */
public record Publication(Instant at, String label) implements Comparable<Publication> {
    @Override
    public int compareTo(Publication other) {
        return at.compareTo(other.at);
    }
}
