package ledger287.agreements.reconciliation;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import ledger287.agreements.roster.Agreement;
import ledger287.agreements.roster.Application;
import ledger287.agreements.roster.Document;
import ledger287.agreements.vocabulary.AgencyType;
import ledger287.agreements.vocabulary.State;
import ledger287.agreements.vocabulary.SupportType;
import org.jspecify.annotations.Nullable;

/** What changed between two images, in words. */
final class Differences {
    private final List<String> words = new ArrayList<>();

    private Differences() {}

    static List<String> between(Agreement before, Agreement after) {
        Differences differences = new Differences();
        differences.say("State", name(before.state()), name(after.state()));
        differences.say("Agency", before.agencyName(), after.agencyName());
        differences.say("Type", name(before.agencyType()), name(after.agencyType()));
        differences.say("County", before.county(), after.county());
        differences.say("Support type", name(before.supportType()), name(after.supportType()));
        differences.say("Signed date", text(before.signedOn()), text(after.signedOn()));
        differences.say("MOA", before.moa(), after.moa());
        differences.say("Addendum", before.addendum(), after.addendum());
        if (before.signedRepaired() != after.signedRepaired()) {
            differences.words.add(
                    after.signedRepaired()
                            ? "The date's cell is now mistyped; the date is read from it all the same."
                            : "The date's cell is no longer mistyped.");
        }
        return List.copyOf(differences.words);
    }

    static List<String> between(Application before, Application after) {
        Differences differences = new Differences();
        differences.say("State", name(before.state()), name(after.state()));
        differences.say("Agency", before.agencyName(), after.agencyName());
        differences.say("Type", name(before.agencyType()), name(after.agencyType()));
        differences.say("County", before.county(), after.county());
        differences.say("Support type", name(before.supportType()), name(after.supportType()));
        return List.copyOf(differences.words);
    }

    private void say(String what, Document before, Document after) {
        say(what, text(before), text(after));
    }

    private void say(String what, @Nullable String before, @Nullable String after) {
        if (!Objects.equals(before, after)) {
            words.add(what + ": " + (before == null ? "unknown" : before) + " before, "
                    + (after == null ? "unknown" : after) + " now.");
        }
    }

    private static String text(Document document) {
        String url = document.url();
        return url == null ? document.status() : url;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }

    private static @Nullable String name(@Nullable State state) {
        return state == null ? null : state.displayName();
    }

    private static @Nullable String name(@Nullable AgencyType type) {
        return type == null ? null : type.code();
    }

    private static @Nullable String name(@Nullable SupportType support) {
        return support == null ? null : support.code();
    }
}
