package ledger287.agreements.reconciliation;

import java.util.List;
import java.util.UUID;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.roster.Review;
import ledger287.agreements.roster.ReviewChange;

/** Reviews about cells that cannot be read in exactly one way. The row is kept and listed; a person is asked once. */
final class DoubtfulCells {
    private final Draft draft;

    DoubtfulCells(Draft draft) {
        this.draft = draft;
    }

    /** Asks about the row's doubtful cells, or closes the question when the cells can be read now. */
    void about(UUID subject, Entry entry) {
        List<String> doubts = entry.row().doubts();
        if (doubts.isEmpty()) {
            draft.reviewsOf(subject).stream()
                    .filter(review -> review.status() == Review.Status.OPEN
                            && review.candidates().isEmpty())
                    .forEach(review -> close(review, entry));
            return;
        }
        String question = "The row of “" + entry.cells().agencyName() + "” cannot be read in exactly one way: "
                + String.join("; ", doubts) + ".";
        boolean asked = draft.reviewsOf(subject).stream()
                .anyMatch(review -> review.question().equals(question));
        if (!asked) {
            draft.put(
                    ReviewChange.OPENED,
                    null,
                    new Review(draft.nextId(), subject, question, List.of(), Review.Status.OPEN, null),
                    draft.shown(entry.row(), Tier.DOUBTFUL_CELL, Confidence.WEAK, doubts));
        }
    }

    private void close(Review review, Entry entry) {
        draft.put(
                ReviewChange.CLOSED,
                review,
                new Review(
                        review.id(),
                        review.subjectId(),
                        review.question(),
                        review.candidates(),
                        Review.Status.CLOSED,
                        null),
                draft.shown(
                        entry.row(),
                        Tier.SETTLED,
                        Confidence.CERTAIN,
                        List.of("The row can be read in exactly one way now.")));
    }
}
