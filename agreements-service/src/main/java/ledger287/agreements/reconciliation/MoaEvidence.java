package ledger287.agreements.reconciliation;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Document;
import ledger287.agreements.roster.Roster;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;

/**
 * When a memorandum's file proves that two rows are one agreement. ICE links wrong files too (Mercer ND once to Winkler
 * TX's), so a file proves nothing that more than one agreement ever carried, that names another state or support type
 * than its row, or that a row came to carry in place of one that named its agency better.
 */
final class MoaEvidence {
    private static final Pattern SUPPORT = Pattern.compile("(?<![A-Za-z])(TFM|TFO|JEM|WSO)(?![A-Za-z])");
    private static final Map<String, SupportType> CODES = Map.of(
            "TFM", SupportType.TASK_FORCE,
            "TFO", SupportType.TASK_FORCE,
            "JEM", SupportType.JAIL_ENFORCEMENT,
            "WSO", SupportType.WARRANT_SERVICE_OFFICER);
    /** The USPS code that ends the part before the support type, as in {@code KerrCoSheriffsOfficeTX_JEM_}. */
    private static final Pattern STATE = Pattern.compile("([A-Z]{2})[_\\-\\s]*$");

    private final Roster roster;
    private final Map<String, Integer> rowsNow = new HashMap<>();
    private final Map<String, Integer> rowsBefore = new HashMap<>();

    MoaEvidence(Roster roster, List<Entry> entries) {
        this.roster = roster;
        entries.forEach(entry -> entry.moaFile().ifPresent(file -> rowsNow.merge(file, 1, Integer::sum)));
        roster.listedAgreements()
                .forEach(
                        agreement -> agreement.moa().file().ifPresent(file -> rowsBefore.merge(file, 1, Integer::sum)));
    }

    /** Whether both link the same file, whatever that is worth. */
    boolean sameFile(Agreement agreement, Entry entry) {
        return agreement.moa().file().isPresent() && agreement.moa().file().equals(entry.moaFile());
    }

    /** Whether both link the same file and nothing speaks against it: proof that they are one agreement. */
    boolean proves(Agreement agreement, Entry entry) {
        Optional<String> file = entry.moaFile();
        return file.isPresent()
                && sameFile(agreement, entry)
                && rowsNow.getOrDefault(file.get(), 0) == 1
                && rowsBefore.getOrDefault(file.get(), 0) <= 1
                && roster.carriersOfMoaFile(file.get()).equals(Set.of(agreement.id()))
                && !namesAnother(entry)
                && !cameToCarry(agreement);
    }

    private static boolean namesAnother(Entry entry) {
        String name = fileName(entry.moa());
        Matcher support = SUPPORT.matcher(name.replace('_', ' '));
        if (!support.find()) {
            return false;
        }
        if (entry.support() != null && CODES.get(support.group(1)) != entry.support()) {
            return true;
        }
        Matcher state = STATE.matcher(name.substring(0, support.start()));
        State of = entry.cells().state();
        return of != null
                && state.find()
                && isState(state.group(1))
                && !state.group(1).equals(of.code());
    }

    private static boolean isState(String code) {
        for (State state : State.values()) {
            if (state.code().equals(code)) {
                return true;
            }
        }
        return false;
    }

    /** Whether the agreement's row carried another file before that named the agency better than today's. */
    private boolean cameToCarry(Agreement agreement) {
        double today = naming(agreement.moa(), agreement.agencyName());
        return roster.moasOf(agreement.id()).stream()
                .anyMatch(earlier -> !earlier.file().equals(agreement.moa().file())
                        && naming(earlier, agreement.agencyName()) > today + 0.3);
    }

    /** The share of the agency's own words that the file's name spells out. */
    private static double naming(Document document, String agencyName) {
        String letters = fileName(document).toLowerCase(Locale.ROOT).replaceAll("[^a-z]", "");
        List<String> own = Words.of(agencyName).list().stream()
                .filter(word -> !Words.isGeneric(word) && word.length() > 3)
                .toList();
        if (own.isEmpty()) {
            return 0;
        }
        return (double) own.stream().filter(letters::contains).count() / own.size();
    }

    private static String fileName(Document document) {
        String url = document.url();
        if (url == null) {
            return "";
        }
        String path = url.split("[?#]", 2)[0];
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
