package ledger287.local.sample;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.List;
import java.util.Random;

/** Names of places that do not exist, each given out once. */
final class Places {
    private static final List<String> FIRST = List.of(
            "Quillo",
            "Zander",
            "Vexing",
            "Thrumble",
            "Brindle",
            "Wyver",
            "Grimble",
            "Ombra",
            "Pellu",
            "Xandro",
            "Jorru",
            "Fenno",
            "Kestra",
            "Lumba",
            "Marzi",
            "Nimbu",
            "Orlo",
            "Ravelo",
            "Sylla",
            "Tarno",
            "Ulver",
            "Yarro",
            "Zephra",
            "Quorna",
            "Vandru",
            "Wobble",
            "Bramblo",
            "Dorvi",
            "Ezzel",
            "Fizzen",
            "Gloam",
            "Hushen",
            "Ixel",
            "Jumbro",
            "Klaver",
            "Lorvi",
            "Mizzel",
            "Noggen",
            "Ozzen",
            "Puddle");
    private static final List<String> LAST = List.of(
            "moor", "holm", "wick", "stead", "garth", "mere", "fell", "combe", "dell", "haven", "thorpe", "gate",
            "worth", "shaw", "marsh", "crag", "ness", "firth", "hollow", "knoll");

    private final Deque<String> left;

    Places(Random random) {
        List<String> names = new ArrayList<>();
        for (String first : FIRST) {
            for (String last : LAST) {
                names.add(first + last);
            }
        }
        Collections.shuffle(names, random);
        left = new ArrayDeque<>(names);
    }

    /** Every name there is, for those who want to see that none is real. */
    static List<String> all() {
        return List.copyOf(new Places(new Random(0)).left);
    }

    String next() {
        return left.remove();
    }
}
