package ledger287.reporting.changelog;

/**
 * An event at its place in the change log.
 *
 * @param sequence 1, 2, 3 … over all logs
 */
public record Change(long sequence, PublicEvent event) {
    /** Whether both belong to one append, e.g. a workbook. */
    public boolean sameAppend(Change other) {
        return event.log().equals(other.event().log())
                && event.appendEnd() == other.event().appendEnd();
    }
}
