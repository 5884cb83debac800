package ledger287.operations.service;

/** Lines of files of fictional operations. */
final class BulkLines {
    private static final String[] STATES = {"FL", "TX", "TN", "GA", "NC"};

    private BulkLines() {}

    /** One line in a hundred, and never one that another line builds on. */
    static boolean isBad(int number) {
        return number % 198 == 0 || number % 198 == 1;
    }

    /** What is wrong with a bad line varies. */
    static String line(String file, int number, boolean bad) {
        String good = good(file, number);
        if (!bad) {
            return good;
        }
        return switch (number / 198 % 4) {
            case 0 -> good.replace("arrests", "arests");
            case 1 -> good.replace("\"figure\": \"", "\"figure\": \"-");
            case 2 -> good.replace("line_id", "lineid");
            default -> good.substring(0, good.length() - 1);
        };
    }

    /** An operation with two claims, or, every third time, a further claim about the one before. */
    private static String good(String file, int number) {
        String source = "https://news.example.org/" + file + "/" + number;
        if (number % 3 == 0) {
            return """
                    {"line_id": "%1$s-%2$d", "claim": {"operation_external_id": "%1$s-%3$d", "metric": "arrests", "figure": "%2$d", "published_on": "2025-06-20", "speaker": {"organization": "ICE", "official": true}, "source_url": "%4$s"}}""".formatted(file, number, number - 1, source);
        }
        return """
                {"line_id": "%1$s-%2$d", "operation": {"external_id": "%1$s-%2$d", "name": "Fictional operation %2$d of %1$s", "start": "2025-05-%5$02d", "places": [{"state": "%6$s", "description": "somewhere"}], "partners": [{"name": "Agency %3$d", "state": "%6$s"}], "sources": [{"url": "%4$s", "published_on": "2025-06-06"}], "claims": [{"metric": "arrests", "figure": "more than %2$d", "speaker": {"organization": "ICE", "official": true}, "source_url": "%4$s"}, {"metric": "partner_agencies", "figure": "about 20", "speaker": {"name": "A reporter"}, "source_url": "%4$s"}]}}""".formatted(file, number, number % 500, source, number % 28 + 1, STATES[number % STATES.length]);
    }
}
