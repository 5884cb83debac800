package ledger287.reporting.webhooks;

import java.util.Locale;

/** Whether a webhook's endpoint is told of changes. */
enum Status {
    /** It is, or will be when it has echoed a challenge. */
    ACTIVE,
    /** Not until it is resumed: its owner wished so, or its endpoint failed for too long. */
    PAUSED,
    /** Not until it is resumed: its endpoint said that it is gone, or an administrator wished so. */
    DISABLED;

    /** As the database and the API have it. */
    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Status of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }
}
