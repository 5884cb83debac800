package ledger287.agreements.reconciliation;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.roster.Review;

/** Agreements that had left the list and are on it again. */
final class Returns {
    /** Under another date or name an agreement comes back within this time only. */
    private static final Duration ABSENCE = Duration.ofDays(60);

    private final Clues clues;
    private final Board board;
    private final Memoranda memoranda;

    Returns(Clues clues, Board board, Memoranda memoranda) {
        this.clues = clues;
        this.board = board;
        this.memoranda = memoranda;
    }

    /** A row under review that returns as it was ends the question, before any other rule may give its row away. */
    void fromReview() {
        for (Agreement agreement : absent(Set.of(Agreement.Status.UNDER_REVIEW))) {
            board.appeared().stream()
                    .filter(entry -> sameKey(agreement, entry))
                    .findFirst()
                    .ifPresent(entry -> {
                        board.match(
                                agreement,
                                entry,
                                Tier.CAME_BACK,
                                Confidence.CERTAIN,
                                List.of(
                                        "The row that had vanished and was under review is back as it was: same state, agency,"
                                                + " support type and signed date."));
                        resolve(agreement);
                    });
        }
    }

    /** If what we took for the possible successor vanishes as the original comes back, it never was another one. */
    private void resolve(Agreement original) {
        for (Review review : clues.roster().reviewsOf(original.id())) {
            if (review.status() == Review.Status.OPEN) {
                review.candidates().stream()
                        .map(candidate -> board.vanished(candidate.id()))
                        .flatMap(Optional::stream)
                        .filter(Agreement::provisional)
                        .forEach(successor -> board.lose(new Loss.Resolved(
                                successor,
                                original,
                                List.of("Its row vanished in the very workbook in which “" + original.agencyName()
                                        + "” came back: one row that bore another name for a while."))));
            }
        }
    }

    /** Everything else that comes back. */
    void relisted() {
        List<Entry> appeared = board.appeared();
        if (appeared.isEmpty()) {
            return;
        }
        List<Board.Pair> pairs = new ArrayList<>();
        for (Agreement agreement : absent(Set.of(
                Agreement.Status.UNLISTED,
                Agreement.Status.UNDER_REVIEW,
                Agreement.Status.DUPLICATE_REMOVED,
                Agreement.Status.RETURNED_TO_PENDING,
                Agreement.Status.ENDED))) {
            for (Entry entry : appeared) {
                pair(agreement, entry).ifPresent(pairs::add);
            }
        }
        board.settle(pairs);
    }

    private Optional<Board.Pair> pair(Agreement agreement, Entry entry) {
        if (agreement.supportType() != entry.support()
                || (agreement.state() != entry.cells().state() && !clues.moas().sameFile(agreement, entry))) {
            return Optional.empty();
        }
        String back = "It was listed until " + clues.label(agreement.lastListedAt()) + " and is listed again.";
        if (sameKey(agreement, entry) && !Clues.countiesConflict(agreement, entry)) {
            return Optional.of(new Board.Pair(
                    agreement,
                    entry,
                    100,
                    Tier.RELISTED,
                    Confidence.CERTAIN,
                    List.of(back, "Same state, agency, support type and signed date as before.")));
        }
        if (agreement.status() == Agreement.Status.ENDED || !absentLately(agreement)) {
            return Optional.empty();
        }
        if (memoranda.settles(agreement, entry)) {
            return Optional.of(new Board.Pair(
                    agreement,
                    entry,
                    90,
                    Tier.RELISTED,
                    Confidence.STRONG,
                    List.of(
                            back,
                            clues.names(agreement, entry),
                            "No other row ever linked the MOA file "
                                    + entry.moaFile().orElseThrow() + ".")));
        }
        return sameInForm(agreement, entry)
                ? Optional.of(new Board.Pair(
                        agreement,
                        entry,
                        80 - Math.min(Clues.shift(agreement, entry).days(), 60),
                        Tier.RELISTED,
                        Confidence.PROBABLE,
                        List.of(back, clues.names(agreement, entry), Clues.dates(agreement, entry))))
                : Optional.empty();
    }

    private boolean sameInForm(Agreement agreement, Entry entry) {
        NameComparison names = Clues.compare(agreement, entry);
        boolean oneName = clues.sameAgency(agreement, entry)
                || (names.verdict().compareTo(NameComparison.Verdict.FORM) <= 0
                        && !Clues.countiesForbid(agreement, entry, names));
        DateShift shift = Clues.shift(agreement, entry);
        boolean dateAllows = shift.atMost(DateShift.Kind.UNREADABLE)
                || (shift.atMost(DateShift.Kind.TYPED) && signedBeforeItLeft(agreement, entry));
        return oneName && dateAllows && !Clues.countiesConflict(agreement, entry);
    }

    private boolean sameKey(Agreement agreement, Entry entry) {
        return agreement.supportType() == entry.support()
                && Objects.equals(agreement.signedOn(), entry.cells().signedOn())
                && (Clues.keyOf(agreement).equals(entry.key()) || clues.sameAgency(agreement, entry));
    }

    private boolean absentLately(Agreement agreement) {
        Instant left = agreement.firstAbsentAt();
        return left != null && Duration.between(left, clues.publishedAt()).compareTo(ABSENCE) <= 0;
    }

    /** A date after the row had gone is a new signing. */
    private static boolean signedBeforeItLeft(Agreement agreement, Entry entry) {
        LocalDate signed = entry.cells().signedOn();
        Instant left = agreement.firstAbsentAt();
        return signed == null || left == null || signed.isBefore(Clues.day(left));
    }

    private List<Agreement> absent(Set<Agreement.Status> statuses) {
        return clues.roster().agreements().stream()
                .filter(agreement -> statuses.contains(agreement.status()) && agreement.firstAbsentAt() != null)
                .toList();
    }
}
