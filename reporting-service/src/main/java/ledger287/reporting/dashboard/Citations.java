package ledger287.reporting.dashboard;

/** Lines to quote figures by, in the reader's language. Their address shows the same figure for ever. */
final class Citations {
    private Citations() {}

    /** The same of figures that are asked for by day: with the day, when the page asks for one. */
    static String inForce(Visit visit, String what, String frozen) {
        String on = visit.parameter("on");
        Words words = visit.words();
        return of(visit, on == null ? what : words.of("{0}, in force on {1}", what, words.day(on, "day")), frozen);
    }

    /** @param frozen an address with a position */
    static String of(Visit visit, String what, String frozen) {
        Words words = visit.words();
        String said = words.of("{0}, as of {1}. ledger287, {2}", what, visit.known(), frozen);
        return visit.headline().path("sample").asBoolean() ? words.of("SAMPLE DATA, not real: {0}", said) : said;
    }
}
