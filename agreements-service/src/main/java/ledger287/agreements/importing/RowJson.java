package ledger287.agreements.importing;

import com.fasterxml.jackson.annotation.JsonRawValue;
import java.util.List;
import ledger287.agreements.sheet.Cells;
import ledger287.agreements.sheet.DocumentLink;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/**
 * One row of a workbook: what was typed, what we read in it, what it became and why.
 *
 * @param ordinal place among the data rows of the file
 * @param raw header text to cell text as displayed
 * @param cells the canonical reading
 * @param outcome {@code matched}, {@code changed}, {@code new}, {@code under_review}, or {@code held}
 * @param became streams of the agreements or applications that the row stands for
 */
public record RowJson(
        int ordinal,
        String tab,
        int row,
        boolean hidden,
        @JsonRawValue String raw,
        @JsonRawValue String links,
        @JsonRawValue String cells,
        @JsonRawValue String repairs,
        @JsonRawValue String doubts,
        String outcome,
        boolean repaired,
        List<String> became,
        String why,
        @JsonRawValue String details,
        @Nullable String doubt) {

    /** The canonical reading of a row, as stored and answered. */
    record Reading(
            @Nullable String state,
            String agencyName,
            @Nullable String agencyType,
            @Nullable String county,
            List<String> supportTypes,
            @Nullable String signedOn,
            Link moa,
            Link addendum) {
        static Reading of(Cells cells) {
            State state = cells.state();
            AgencyType type = cells.agencyType();
            return new Reading(
                    state == null ? null : state.code(),
                    cells.agencyName(),
                    type == null ? null : type.code(),
                    cells.county(),
                    cells.supportTypes().stream().map(SupportType::code).toList(),
                    cells.signedOn() == null ? null : cells.signedOn().toString(),
                    Link.of(cells.moa()),
                    Link.of(cells.addendum()));
        }
    }

    /** What a cell says of its document. */
    record Link(String status, @Nullable String url) {
        static Link of(DocumentLink link) {
            return new Link(link.status().code(), link.url());
        }
    }
}
