package ledger287.reporting.dashboard;

/** What pages say where there is nothing: of now, that nothing is known yet; of an earlier day, that nothing was. */
final class Absences {
    private Absences() {}

    static String participating(Visit visit) {
        return visit.words()
                .of(
                        ofNow(visit)
                                ? "No participating workbook is known yet, so there is no figure to give."
                                : "No participating workbook was known then, so there is no figure to give.");
    }

    static String pending(Visit visit) {
        return visit.words()
                .of(
                        ofNow(visit)
                                ? "No pending workbook is known yet, so there is no figure to give."
                                : "No pending workbook was known then, so there is no figure to give.");
    }

    /** Of all changes. */
    static String changes(Visit visit) {
        return visit.words().of(visit.live() ? "Nothing has changed yet." : "No change was known then.");
    }

    /** Of some changes only: of a kind, a place or a time; the others may be many. */
    static String suchChanges(Visit visit) {
        return visit.words()
                .of(visit.live() ? "No change of this kind is known." : "No change of this kind was known then.");
    }

    private static boolean ofNow(Visit visit) {
        return visit.live() && visit.parameter("on") == null;
    }
}
