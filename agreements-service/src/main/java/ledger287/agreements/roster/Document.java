package ledger287.agreements.roster;

import org.jspecify.annotations.Nullable;

/**
 * Where a MOA or an addendum can be read.
 *
 * @param status {@code posted}, {@code pending} or {@code missing}
 * @param url null unless posted
 */
public record Document(String status, @Nullable String url) {
    public static final Document MISSING = new Document("missing", null);
}
