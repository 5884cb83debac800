package ledger287.reporting.dashboard;

import java.util.List;

/**
 * A change as a reader sees it.
 *
 * @param tone {@code addition}, {@code correction}, {@code departure}, {@code review} or {@code note}
 * @param changed what it was before and after, field by field
 * @param receipt where it is written
 */
public record ChangeCard(
        String cursor,
        String tone,
        String verb,
        Rich subject,
        String time,
        String known,
        List<Changed> changed,
        List<Rich> receipt) {
    /** One field before and after. */
    public record Changed(String field, String from, String to) {}
}
