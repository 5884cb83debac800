package ledger287.agreements.sheet;

import java.util.List;
import java.util.Map;

/**
 * One data row: what was typed, what we read in it, and every repair in between.
 *
 * @param tab the worksheet's name
 * @param number the row's number in the worksheet, from 1
 * @param hidden whether a filter hid it
 * @param raw header text to cell text as displayed, before any cleaning (mail-protection links unwrapped)
 * @param links header text to hyperlink address, unwrapped; personal data in it dropped
 * @param cells the canonical reading
 * @param repairs what was done to get from raw to cells, in column order
 * @param doubts what a person should look at, e.g. a date that cannot be repaired in exactly one way; empty when certain
 */
public record SheetRow(
        String tab,
        int number,
        boolean hidden,
        Map<String, String> raw,
        Map<String, String> links,
        Cells cells,
        List<Repair> repairs,
        List<String> doubts) {
    public SheetRow {
        repairs = List.copyOf(repairs);
        doubts = List.copyOf(doubts);
    }
}
