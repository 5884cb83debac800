package ledger287.agreements.sheet;

import java.util.ArrayList;
import java.util.List;

/** What is written down while a row is read: repairs made and doubts left. */
final class RowNotes {
    private final List<Repair> repairs = new ArrayList<>();
    private final List<String> doubts = new ArrayList<>();

    /** A repair that needs no attention. */
    void repaired(String column, String from, String to, String rule) {
        repairs.add(new Repair(column, from, to, rule, false));
    }

    /** A repair that a reader must be told of. */
    void flagged(String column, String from, String to, String rule) {
        repairs.add(new Repair(column, from, to, rule, true));
    }

    void doubt(String doubt) {
        doubts.add(doubt);
    }

    void add(List<Repair> moreRepairs, List<String> moreDoubts) {
        if (!moreRepairs.isEmpty()) {
            repairs.addAll(moreRepairs);
        }
        if (!moreDoubts.isEmpty()) {
            doubts.addAll(moreDoubts);
        }
    }

    List<Repair> repairs() {
        return repairs;
    }

    List<String> doubts() {
        return doubts;
    }
}
