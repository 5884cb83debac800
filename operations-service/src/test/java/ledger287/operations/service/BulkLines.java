package ledger287.operations.service;

/** Lines of files of fictional operations. */
final class BulkLines {
    private static final String[] STATES = {"FL", "TX", "TN", "GA", "NC"};

    private BulkLines() {}

    /** One line in a hundred, and never one that another line builds on. */
    static boolean isBad(int number) {
        return number % 198 == 0 || number % 198 == 1;
    }

    /** An operation with two claims, or, every third time, a further claim about the one before. */
    static String line(String file, int number, boolean bad) {
        String metric = bad ? "arests" : "arrests";
        String source = "https://news.example.org/" + file + "/" + number;
        if (number % 3 == 0) {
            return """
                    {"line_id": "%1$s-%2$d", "claim": {"operation_external_id": "%1$s-%3$d", "metric": "%4$s", "figure": "%2$d", "published_on": "2025-06-20", "speaker": {"organization": "ICE", "official": true}, "source_url": "%5$s"}}""".formatted(file, number, number - 1, metric, source);
        }
        return """
                {"line_id": "%1$s-%2$d", "operation": {"external_id": "%1$s-%2$d", "name": "Fictional operation %2$d of %1$s", "start": "2025-05-%6$02d", "places": [{"state": "%7$s", "description": "somewhere"}], "partners": [{"name": "Agency %3$d", "state": "%7$s"}], "sources": [{"url": "%5$s", "published_on": "2025-06-06"}], "claims": [{"metric": "%4$s", "figure": "more than %2$d", "speaker": {"organization": "ICE", "official": true}, "source_url": "%5$s"}, {"metric": "partner_agencies", "figure": "about 20", "speaker": {"name": "A reporter"}, "source_url": "%5$s"}]}}""".formatted(
                        file, number, number % 500, metric, source, number % 28 + 1, STATES[number % STATES.length]);
    }
}
