package ledger287.system;

import java.nio.file.Path;

/**
 * A workbook to import.
 *
 * @param dataRows how many agreements or applications it lists
 */
record Workbook(Kind kind, Path file, int dataRows) {

    /** Which of the two that ICE publishes. */
    enum Kind {
        PARTICIPATING("participating"),
        PENDING("pending");

        private final String code;

        Kind(String code) {
            this.code = code;
        }

        String code() {
            return code;
        }
    }

    String fileName() {
        return file.getFileName().toString();
    }
}
