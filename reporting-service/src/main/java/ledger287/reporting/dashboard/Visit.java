package ledger287.reporting.dashboard;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One look at a page: in which language, at which moment. All that a page shows comes from one position of the change log,
 * so that its figures belong together.
 */
final class Visit {
    /** What an address says about the moment. */
    static final Set<String> MOMENT = Set.of("as_of", "on", "position");

    /** The pages whose figures are asked for by day; the others show what is known, and leave {@code on} alone. */
    private static final Pattern ASK_ON =
            Pattern.compile("/|/states(/.*)?|/agencies|/agreements|/(figures|embed)/(growth|map|states)");

    /** What people's software adds to addresses; it asks for nothing. */
    private static final Set<String> NOISE = Set.of("fbclid", "gclid", "utm_source", "utm_medium", "utm_campaign");

    private final PublicApi api;
    private final Words words;
    private final String path;
    private final Query query;
    private final JsonNode headline;
    private final String publicUrl;

    private Visit(PublicApi api, Words words, String path, Query query, JsonNode headline, String publicUrl) {
        this.api = api;
        this.words = words;
        this.path = path;
        this.query = query;
        this.headline = headline;
        this.publicUrl = publicUrl;
    }

    static Visit begin(PublicApi api, Words words, String path, Query query, String publicUrl)
            throws SQLException, IOException {
        JsonNode headline = api.headline(query.only(MOMENT));
        return new Visit(api, words, path, query.without(NOISE), headline, publicUrl);
    }

    PublicApi api() {
        return api;
    }

    Words words() {
        return words;
    }

    String path() {
        return path;
    }

    /** The whole headline, without a page's filters. */
    JsonNode headline() {
        return headline;
    }

    /** The place in the change log that the page shows. */
    String position() {
        return headline.path("feed_position").asText();
    }

    /** The day or instant of whose knowledge the page is, for readers. */
    String known() {
        JsonNode asOf = headline.path("as_of");
        return asOf.isTextual() ? words.asOf(asOf.asText()) : words.of("now");
    }

    @Nullable
    String parameter(String name) {
        return query.get(name);
    }

    /** The page's own parameters: neither moment nor language. */
    Query own() {
        return query.without(MOMENT).with("lang", null);
    }

    /** Whether the page shows what is known now, and may move on when more is. */
    boolean live() {
        return query.get("position") == null && query.get("as_of") == null;
    }

    /** Whether what the page shows is asked for by the day that {@code on} names. */
    boolean asksOn() {
        return query.get("on") != null && ASK_ON.matcher(path).matches();
    }

    /** Asks at the page's moment, pinned to its position. */
    Query moment() {
        return query.only(MOMENT).with("position", position());
    }

    /** The same without {@code on}, for what does not take it. */
    Query momentKnown() {
        return moment().with("on", null);
    }

    /** An address of this site in the same language and moment. */
    String href(String target) {
        return href(target, Query.EMPTY);
    }

    String href(String target, Query parameters) {
        return target + parameters.with(query.only(MOMENT)).with("lang", query.get("lang"));
    }

    /** The same as it was known at the end of a day. */
    String hrefAsOf(String target, Query parameters, String asOf) {
        return target
                + parameters
                        .with(query.only(MOMENT))
                        .with("on", null)
                        .with("as_of", asOf)
                        .with("lang", query.get("lang"));
    }

    /** The applications behind a figure. Lists of them take no {@code on}: they are shown as known at the day's end. */
    String hrefApplications(Query parameters) {
        String on = query.get("on");
        return on == null ? href("/applications", parameters) : hrefAsOf("/applications", parameters, on);
    }

    /** An address of the same page with other parameters. */
    String here(Query parameters) {
        return path + parameters.with("lang", query.get("lang"));
    }

    /** The page as it is, in another language. */
    String inLanguage(String language) {
        return path + query.with("lang", language);
    }

    Query query() {
        return query;
    }

    /** An address that shows this for ever, for citations. */
    String frozen(String target, Query parameters) {
        return publicUrl + target + parameters.with(moment()).with("lang", query.get("lang"));
    }

    String absolute(String address) {
        return publicUrl + address;
    }

    /** An address of the API at the page's moment, for those who take data along. */
    String data(String target, Query parameters) {
        return target + parameters.with(query.only(MOMENT));
    }
}
