package ledger287.agreements.reconciliation;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import ledger287.agreements.roster.Agency;
import ledger287.agreements.roster.AgencyKey;
import ledger287.agreements.roster.Roster;
import org.jspecify.annotations.Nullable;

/**
 * Which words stand in the names of agencies that the ledger or the sheet knows. Two words that are both in use are two
 * names, never two spellings of one: Johnson County and Johnston County both exist. Built on first need, since most
 * sheets respell nothing.
 */
final class WordsInUse {
    private final Roster roster;
    private final List<Entry> entries;
    private @Nullable Map<String, Set<AgencyKey>> users;

    WordsInUse(Roster roster, List<Entry> entries) {
        this.roster = roster;
        this.entries = entries;
    }

    /** Whether an agency other than those named so uses the word. */
    boolean elsewhere(String word, Set<AgencyKey> except) {
        return users().getOrDefault(word, Set.of()).stream().anyMatch(key -> !except.contains(key));
    }

    private Map<String, Set<AgencyKey>> users() {
        Map<String, Set<AgencyKey>> known = users;
        if (known == null) {
            known = new HashMap<>();
            for (Agency agency : roster.agencies()) {
                for (Agency.Alias alias : agency.aliases()) {
                    add(known, AgencyKey.of(alias.state(), alias.name()));
                }
            }
            for (Entry entry : entries) {
                add(known, entry.key());
            }
            users = known;
        }
        return known;
    }

    private static void add(Map<String, Set<AgencyKey>> users, AgencyKey key) {
        for (String word : Words.of(key.name().text()).list()) {
            users.computeIfAbsent(word, absent -> new HashSet<>()).add(key);
        }
    }
}
