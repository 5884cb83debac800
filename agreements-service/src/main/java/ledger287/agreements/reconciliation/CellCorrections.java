package ledger287.agreements.reconciliation;

import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/** Same agency name and date, where the state or the support type was read otherwise. */
final class CellCorrections {
    /** Filed under a wrong state, a row with a name of many states is moved within about this time. */
    private static final Duration MISFILED = Duration.ofDays(31);

    private final Clues clues;
    private final Board board;

    CellCorrections(Clues clues, Board board) {
        this.clues = clues;
        this.board = board;
    }

    /** A type that could not be read, or can be read now; from one type to another is a person's to judge. */
    void matchSupportTypes() {
        List<Board.Pair> pairs = new ArrayList<>();
        List<Entry> appeared = board.appeared();
        for (Agreement agreement : appeared.isEmpty() ? List.<Agreement>of() : board.vanished()) {
            for (Entry entry : appeared) {
                boolean unreadable = agreement.supportType() == null || entry.support() == null;
                if (unreadable && Clues.keyOf(agreement).equals(entry.key()) && Clues.sameDate(agreement, entry)) {
                    pairs.add(new Board.Pair(
                            agreement,
                            entry,
                            1,
                            Tier.SUPPORT_TYPE_CHANGED,
                            Confidence.STRONG,
                            List.of("Same state, agency and signed date; the support type could not be read in one of"
                                    + " the two workbooks.")));
                }
            }
        }
        board.settle(pairs);
    }

    /** The row names another state than before. */
    void matchStates() {
        record NameSupportDate(
                String name,
                @Nullable SupportType support,
                @Nullable LocalDate signedOn) {}
        Map<NameSupportDate, List<Entry>> now = new HashMap<>();
        for (Entry entry : board.appeared()) {
            var key = new NameSupportDate(
                    entry.key().name().text(), entry.support(), entry.cells().signedOn());
            now.computeIfAbsent(key, absent -> new ArrayList<>(1)).add(entry);
        }
        List<Board.Pair> pairs = new ArrayList<>();
        for (Agreement agreement : board.vanished()) {
            var key = new NameSupportDate(
                    Clues.keyOf(agreement).name().text(), agreement.supportType(), agreement.signedOn());
            for (Entry entry : now.getOrDefault(key, List.of())) {
                if (agreement.state() != entry.cells().state() && moved(agreement, entry)) {
                    pairs.add(new Board.Pair(
                            agreement, entry, 1, Tier.STATE_CHANGED, Confidence.STRONG, facts(agreement, entry)));
                }
            }
        }
        board.settle(pairs);
    }

    /**
     * Many states have a Washington County, so name, type and date alone do not move an agreement. Nothing may show that
     * the agency exists in the state it is said to have left; and either it applied in the state it moved to, or we saw
     * its row come and it may well have been misfiled.
     */
    private boolean moved(Agreement agreement, Entry entry) {
        if (agreement.state() == null || entry.cells().state() == null) {
            return true;
        }
        if (clues.hasOwnApplication(agreement) || Clues.countiesConflict(agreement, entry)) {
            return false;
        }
        return clues.ownApplication(entry).isPresent()
                || (!clues.nameStillListed(agreement) && misfiled(agreement, entry));
    }

    /** A name that no third state has can be moved at any time, if we saw it come; one that many have, only soon. */
    private boolean misfiled(Agreement agreement, Entry entry) {
        if (agreement.firstListedAt() == null || !clues.listedSinceTheFirstWorkbook(agreement)) {
            return false;
        }
        return !clues.nameKnownInAThirdState(agreement, entry)
                || Duration.between(agreement.firstListedAt(), clues.publishedAt())
                                .compareTo(MISFILED)
                        <= 0;
    }

    private List<String> facts(Agreement agreement, Entry entry) {
        List<String> facts = new ArrayList<>();
        facts.add("The row names " + Clues.name(entry.cells().state()) + "; until " + clues.before() + " it named "
                + Clues.name(agreement.state()) + ".");
        facts.add("Same agency name, support type and signed date.");
        if (!clues.nameStillListed(agreement)) {
            facts.add("No row of that name is left in " + Clues.name(agreement.state()) + ".");
        }
        if (clues.ownApplication(entry).isPresent()) {
            facts.add("An application of that name was pending in "
                    + Clues.name(entry.cells().state()) + ".");
        }
        return facts;
    }
}
