package ledger287.agreements.sheet;

/** Whether a typist's single slip lies between two texts. */
final class OneEdit {
    private OneEdit() {}

    /** True when they are equal, or one character was added, left out, mistaken, or swapped with its neighbour. */
    static boolean apart(String a, String b) {
        if (a.length() > b.length()) {
            return apart(b, a);
        }
        if (b.length() - a.length() > 1) {
            return false;
        }
        int same = 0;
        while (same < a.length() && a.charAt(same) == b.charAt(same)) {
            same++;
        }
        if (same == a.length()) {
            return true;
        }
        if (a.length() < b.length()) {
            return a.substring(same).equals(b.substring(same + 1));
        }
        if (a.substring(same + 1).equals(b.substring(same + 1))) {
            return true;
        }
        return same + 1 < a.length()
                && a.charAt(same) == b.charAt(same + 1)
                && a.charAt(same + 1) == b.charAt(same)
                && a.substring(same + 2).equals(b.substring(same + 2));
    }
}
