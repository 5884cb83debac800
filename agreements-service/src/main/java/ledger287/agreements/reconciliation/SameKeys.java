package ledger287.agreements.reconciliation;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.BiFunction;
import java.util.function.Function;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Confidence;
import ledger287.agreements.vocabulary.PlainText;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/** Rows whose state, agency, support type and signed date are an agreement's. */
final class SameKeys {
    /** @param agency an {@code AgencyKey} or an agency's id */
    private record Key(
            Object agency,
            @Nullable SupportType support,
            @Nullable LocalDate signedOn) {}

    private static final Set<String> IDENTIFYING = Set.of("STATE", "LAW ENFORCEMENT AGENCY", "SUPPORT TYPE", "SIGNED");

    private final Clues clues;
    private final Board board;

    SameKeys(Clues clues, Board board) {
        this.clues = clues;
        this.board = board;
    }

    /** The agency named as before. */
    void asListed() {
        match(
                Clues::keyOf,
                entry -> Optional.of(entry.key()),
                Tier.SAME_KEY,
                (agreement, entry) -> List.of("Same state, agency, support type and signed date as before."));
    }

    /** The agency named by another of the names it is known under. */
    void byAlias() {
        match(
                agreement -> clues.roster().survivor(agreement.agencyId()),
                entry -> clues.roster().agencyNamed(entry.key()).map(agency -> agency.id()),
                Tier.SAME_AGENCY_ALIAS,
                (agreement, entry) -> List.of(
                        clues.names(agreement, entry),
                        "Both are names of one agency, known from earlier workbooks.",
                        "Same support type and signed date."));
    }

    /**
     * The row reads in every identifying cell as the last row that stood for the agreement. The rules before this one
     * have missed it because an editor corrected a value of ICE's, which now comes back.
     */
    void byLastRow() {
        Map<Map<String, String>, List<Agreement>> before = new HashMap<>();
        for (Agreement agreement : board.vanished()) {
            clues.roster()
                    .receiptOf(agreement.id())
                    .map(receipt -> identifying(receipt.row().raw()))
                    .filter(cells -> cells.size() == IDENTIFYING.size())
                    .ifPresent(cells -> before.computeIfAbsent(cells, absent -> new ArrayList<>(1))
                            .add(agreement));
        }
        Map<Map<String, String>, List<Entry>> now = new LinkedHashMap<>();
        for (Entry entry : board.appeared()) {
            if (entry.cells().supportTypes().size() == 1) {
                now.computeIfAbsent(identifying(entry.row().raw()), absent -> new ArrayList<>(1))
                        .add(entry);
            }
        }
        now.forEach((cells, entries) -> pair(
                before.getOrDefault(cells, List.of()),
                entries,
                Tier.SAME_ROW,
                (agreement, entry) -> List.of(
                        "State, agency, support type and signed date read as in the last row that stood for it; an editor"
                                + " had corrected what ICE lists.")));
    }

    private static Map<String, String> identifying(Map<String, String> raw) {
        Map<String, String> cells = new TreeMap<>();
        raw.forEach((header, text) -> {
            String column = PlainText.of(header).toUpperCase(Locale.ROOT);
            if (IDENTIFYING.contains(column)) {
                cells.put(column, PlainText.of(text));
            }
        });
        return cells;
    }

    private void match(
            Function<Agreement, Object> agencyOf,
            Function<Entry, Optional<? extends Object>> agencyNamed,
            Tier tier,
            BiFunction<Agreement, Entry, List<String>> explanation) {
        Map<Key, List<Agreement>> before = new HashMap<>();
        for (Agreement agreement : board.vanished()) {
            Key key = new Key(agencyOf.apply(agreement), agreement.supportType(), agreement.signedOn());
            before.computeIfAbsent(key, absent -> new ArrayList<>(1)).add(agreement);
        }
        Map<Key, List<Entry>> now = new LinkedHashMap<>();
        for (Entry entry : board.appeared()) {
            Optional<? extends Object> agency = agencyNamed.apply(entry);
            if (agency.isPresent()) {
                Key key = new Key(agency.get(), entry.support(), entry.cells().signedOn());
                now.computeIfAbsent(key, absent -> new ArrayList<>(1)).add(entry);
            }
        }
        now.forEach((key, entries) -> pair(before.getOrDefault(key, List.of()), entries, tier, explanation));
    }

    /** Pairs the agreements and rows of one key, those first whose memorandum, county and kind of agency agree too. */
    private void pair(
            List<Agreement> before,
            List<Entry> now,
            Tier tier,
            BiFunction<Agreement, Entry, List<String>> explanation) {
        List<Agreement> agreements = new ArrayList<>(before);
        List<Entry> entries = new ArrayList<>(now);
        for (int closeness = 7; closeness >= 0 && !agreements.isEmpty(); closeness--) {
            for (Entry entry : List.copyOf(entries)) {
                int wanted = closeness;
                Optional<Agreement> found = agreements.stream()
                        .filter(agreement -> closeness(agreement, entry) == wanted)
                        .findFirst();
                if (found.isPresent()) {
                    agreements.remove(found.get());
                    entries.remove(entry);
                    board.match(found.get(), entry, tier, Confidence.CERTAIN, explanation.apply(found.get(), entry));
                }
            }
        }
    }

    private static int closeness(Agreement agreement, Entry entry) {
        return (agreement.moa().equals(entry.moa()) ? 4 : 0)
                + (Objects.equals(agreement.county(), entry.cells().county()) ? 2 : 0)
                + (agreement.agencyType() == entry.cells().agencyType() ? 1 : 0);
    }
}
