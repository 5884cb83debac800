package ledger287.agreements.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/** Same agency and support type, another date, one for one in one sheet. */
final class DateChanges {
    /** A signing at most this much older than the last workbook is news. */
    private static final int FRESH_DAYS = 7;

    private static final int FAR_DAYS = 60;

    private record AgencySupport(UUID agency, @Nullable SupportType support) {}

    private final Clues clues;
    private final Board board;

    DateChanges(Clues clues, Board board) {
        this.clues = clues;
        this.board = board;
    }

    void match() {
        Map<AgencySupport, List<Agreement>> before = new LinkedHashMap<>();
        for (Agreement agreement : board.vanished()) {
            UUID agency = clues.roster().survivor(agreement.agencyId());
            before.computeIfAbsent(new AgencySupport(agency, agreement.supportType()), absent -> new ArrayList<>(1))
                    .add(agreement);
        }
        Map<AgencySupport, List<Entry>> now = new HashMap<>();
        for (Entry entry : board.appeared()) {
            clues.roster().agencyNamed(entry.key()).ifPresent(agency -> now.computeIfAbsent(
                            new AgencySupport(agency.id(), entry.support()), absent -> new ArrayList<>(1))
                    .add(entry));
        }
        before.forEach((key, agreements) -> match(agreements, now.getOrDefault(key, List.of())));
    }

    private void match(List<Agreement> agreements, List<Entry> entries) {
        List<Board.Pair> pairs = new ArrayList<>();
        for (Agreement agreement : agreements) {
            for (Entry entry : entries) {
                if (!signedAnew(agreement, entry)
                        && !Clues.countiesConflict(agreement, entry)
                        && !claimedByAnother(agreement, entry)) {
                    pairs.add(pair(agreement, entry));
                }
            }
        }
        board.settle(pairs);
    }

    private Board.Pair pair(Agreement agreement, Entry entry) {
        DateShift shift = Clues.shift(agreement, entry);
        boolean sameFile = clues.moas().sameFile(agreement, entry);
        // Nearer dates weigh more; one file for both outweighs any distance.
        long weight = (sameFile ? 1_000_000L : 0L) - shift.days();
        return new Board.Pair(
                agreement,
                entry,
                weight,
                Tier.DATE_CHANGED,
                sameFile || shift.atMost(DateShift.Kind.TYPED) ? Confidence.STRONG : Confidence.PROBABLE,
                List.of(
                        "Same agency and support type, one for one: the row with the one date vanished where the row with"
                                + " the other appeared.",
                        Clues.dates(agreement, entry),
                        clues.link(agreement, entry)));
    }

    /**
     * Whether it looks like a second agreement that replaced the first, rather than a corrected date: far apart, and
     * either freshly signed or without the memorandum that the first one had.
     */
    private boolean signedAnew(Agreement agreement, Entry entry) {
        DateShift shift = Clues.shift(agreement, entry);
        if (shift.atMost(DateShift.Kind.TYPED) || clues.moas().sameFile(agreement, entry)) {
            return false;
        }
        LocalDate before = agreement.signedOn();
        LocalDate signed = entry.cells().signedOn();
        boolean fresh = signed != null
                && before != null
                && signed.isAfter(before.plusDays(FAR_DAYS))
                && clues.previousDay()
                        .filter(last -> !signed.isBefore(last.minusDays(FRESH_DAYS)))
                        .isPresent();
        boolean memorandumLost = agreement.moa().file().isPresent() && shift.days() > FAR_DAYS;
        return fresh || memorandumLost;
    }

    /** Whether another agency's vanished row had this very date and memorandum: it may be that one, relabelled. */
    private boolean claimedByAnother(Agreement agreement, Entry entry) {
        return entry.moaFile().stream()
                .flatMap(file -> clues.roster().carriersOfMoaFile(file).stream())
                .map(board::vanished)
                .flatMap(Optional::stream)
                .anyMatch(other -> !clues.sameAgency(other, agreement)
                        && clues.moas().sameFile(other, entry)
                        && other.state() == entry.cells().state()
                        && other.supportType() == entry.support()
                        && Clues.signedOnOneDay(other, entry));
    }
}
