package ledger287.agreements.roster;

import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Where a MOA or an addendum can be read.
 *
 * @param status {@code posted}, {@code pending} or {@code missing}
 * @param url null unless posted
 */
public record Document(String status, @Nullable String url) {
    public static final Document MISSING = new Document("missing", null);

    /**
     * The file's own name in lower case, without folder, query and fragment: ICE has moved files between folders and
     * hosts, and the file stayed the same.
     */
    public Optional<String> file() {
        if (url == null) {
            return Optional.empty();
        }
        String path = url.split("[?#]", 2)[0];
        String name = path.substring(path.lastIndexOf('/') + 1).strip().toLowerCase(Locale.ROOT);
        return name.isEmpty() ? Optional.empty() : Optional.of(name);
    }
}
