package ledger287.agreements.sheet;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Web addresses in a workbook, with what mail protection put around them taken off. A protected link carries the mail
 * address of the person who copied it; none of that is kept, nor any other mail address.
 */
final class Addresses {
    static final String REMOVED = "[mail address removed]";

    private static final String PROTECTION = "safelinks.protection.outlook.com";
    private static final int DEEPEST = 8;

    private static final Pattern ENVELOPE = Pattern.compile("[?&]?(?:amp;)?s?data=\\S*", Pattern.CASE_INSENSITIVE);
    private static final Pattern WEB = Pattern.compile("https?://[^\\s/?#]+\\S*", Pattern.CASE_INSENSITIVE);
    private static final Pattern BARE_WEB = Pattern.compile("www\\.[^\\s/?#]+\\S*", Pattern.CASE_INSENSITIVE);
    private static final Pattern USER = Pattern.compile("^(https?://)[^/?#]*@", Pattern.CASE_INSENSITIVE);
    private static final Pattern ANY_AT = Pattern.compile("@|\uFF20|%(?:25)*40");

    private static final String LOCAL_PART_ENDS = " \t\r\n\u00A0<>()|,;:/=&?\"'";

    private Addresses() {}

    /** The web address that a link leads to, or null when it leads to none. */
    static @Nullable String clean(String link) {
        String address = unwrap(link.strip());
        if (address == null) {
            return null;
        }
        if (BARE_WEB.matcher(address).matches()) {
            address = "https://" + address;
        }
        address = USER.matcher(address).replaceFirst("$1");
        if (personal(address)) {
            address = address.split("[?#]", 2)[0];
        }
        return WEB.matcher(address).matches() && !personal(address) ? address : null;
    }

    /** The first web address in a text, cleaned, or null. */
    static @Nullable String in(String text) {
        if (!text.contains("://") && !text.regionMatches(true, 0, "www.", 0, 4)) {
            return null;
        }
        Matcher web = WEB.matcher(text);
        if (web.find()) {
            return clean(web.group());
        }
        Matcher bare = BARE_WEB.matcher(text);
        return bare.lookingAt() ? clean(bare.group()) : null;
    }

    /**
     * Text as displayed, protected links in it unwrapped and mail addresses taken out. Linear in the text, which may be
     * hostile: no pattern that looks far for its end and then starts over.
     */
    static String scrub(String text) {
        if (!suspicious(text)) {
            return text;
        }
        String unwrapped = unwrapped(text);
        String plain = WEB.matcher(unwrapped).replaceAll(link -> {
            if (!personal(link.group())) {
                return Matcher.quoteReplacement(link.group());
            }
            String address = clean(link.group());
            return address == null ? "" : Matcher.quoteReplacement(address);
        });
        return ENVELOPE.matcher(withoutMail(plain)).replaceAll("");
    }

    private static String unwrapped(String text) {
        String folded = text.toLowerCase(Locale.ROOT);
        int found = folded.indexOf(PROTECTION);
        if (found < 0 || folded.length() != text.length()) {
            return found < 0 ? text : "";
        }
        StringBuilder plain = new StringBuilder();
        int kept = 0;
        while (found >= 0) {
            int start = found;
            while (start > kept && !Character.isWhitespace(text.charAt(start - 1))) {
                start--;
            }
            int end = found;
            while (end < text.length() && !Character.isWhitespace(text.charAt(end))) {
                end++;
            }
            int scheme = folded.indexOf("http", start);
            int link = scheme >= 0 && scheme < found ? scheme : start;
            String address = clean(text.substring(link, end));
            plain.append(text, kept, link).append(address == null ? "" : address);
            kept = end;
            found = folded.indexOf(PROTECTION, end);
        }
        return plain.append(text, kept, text.length()).toString();
    }

    private static String withoutMail(String text) {
        Matcher at = ANY_AT.matcher(text);
        StringBuilder plain = new StringBuilder();
        int kept = 0;
        while (at.find()) {
            int start = at.start() - (at.start() > kept && text.charAt(at.start() - 1) == ' ' ? 1 : 0);
            while (start > kept && LOCAL_PART_ENDS.indexOf(text.charAt(start - 1)) < 0) {
                start--;
            }
            int end = at.end() + (at.end() < text.length() && text.charAt(at.end()) == ' ' ? 1 : 0);
            while (end < text.length() && domain(text.charAt(end))) {
                end++;
            }
            if (at.start() >= kept && text.substring(at.end(), end).indexOf('.') > 0) {
                plain.append(text, kept, start).append(REMOVED);
                kept = end;
            }
        }
        return plain.append(text, kept, text.length()).toString();
    }

    private static boolean domain(char c) {
        return Character.isLetterOrDigit(c) || c == '.' || c == '-';
    }

    private static boolean suspicious(String text) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '@' || c == '\uFF20' || c == '%' || c == '=' || c == ':') {
                return true;
            }
        }
        return false;
    }

    private static boolean personal(String address) {
        return ANY_AT.matcher(address).find() || ENVELOPE.matcher(address).find();
    }

    private static @Nullable String unwrap(String link) {
        String address = link;
        for (int depth = 0; depth < DEEPEST; depth++) {
            // An address that was encoded once more than it was unwrapped.
            if (address.regionMatches(true, 0, "https%", 0, 6) || address.regionMatches(true, 0, "http%", 0, 5)) {
                address = decoded(address);
                continue;
            }
            if (!address.toLowerCase(Locale.ROOT).contains(PROTECTION)) {
                return address;
            }
            String inner = parameter(address, "url");
            if (inner == null) {
                return null;
            }
            address = decoded(inner);
        }
        return null;
    }

    private static @Nullable String parameter(String address, String name) {
        int query = address.indexOf('?');
        if (query < 0) {
            return null;
        }
        for (String pair : address.substring(query + 1).replace("&amp;", "&").split("&", -1)) {
            if (pair.regionMatches(true, 0, name + "=", 0, name.length() + 1)) {
                return pair.substring(name.length() + 1);
            }
        }
        return null;
    }

    private static String decoded(String encoded) {
        try {
            // A plus in a path is a plus: mail protection encodes spaces as %20.
            return URLDecoder.decode(encoded.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            // A stray per cent sign: the address is not encoded after all, and leads nowhere while wrapped.
            return encoded.replace("%", "");
        }
    }
}
