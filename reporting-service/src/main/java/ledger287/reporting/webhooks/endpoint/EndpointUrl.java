package ledger287.reporting.webhooks.endpoint;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import ledger287.reporting.problem.Problem;

/**
 * Where messages go. {@code https} and a port that servers of the web have: 443, or 1024 and above.
 *
 * @param text as its owner wrote it
 * @param tls whether it is {@code https}; plain {@code http} goes to loopback only, and only where that is allowed
 * @param host lower case, an IPv6 address without its brackets
 * @param target path and query
 */
public record EndpointUrl(String text, boolean tls, String host, int port, String target) {
    private static final int LONGEST = 2_000;
    private static final int HTTPS_PORT = 443;
    private static final int FIRST_UNPRIVILEGED_PORT = 1_024;
    private static final String NAME = "url";
    private static final Pattern NUMERIC_HOST = Pattern.compile("[0-9.]+|0x.*|.*:.*");

    /**
     * Reads what a subscriber sends.
     *
     * @param allowLoopback for trials on one machine
     * @throws Problem when it is no address that messages are sent to
     */
    public static EndpointUrl parse(String text, boolean allowLoopback) {
        if (text.length() > LONGEST) {
            throw refused("takes at most %d characters".formatted(LONGEST));
        }
        URI uri;
        try {
            uri = new URI(text);
        } catch (URISyntaxException e) {
            throw refused("is no address: %s at character %d".formatted(e.getReason(), e.getIndex() + 1));
        }
        String scheme = String.valueOf(uri.getScheme()).toLowerCase(Locale.ROOT);
        boolean tls = scheme.equals("https");
        if (!tls && !(allowLoopback && scheme.equals("http"))) {
            throw refused("takes https://… only");
        }
        if (uri.getRawUserInfo() != null
                || String.valueOf(uri.getRawAuthority()).contains("@")) {
            throw refused("takes no user name or password; every message is signed instead");
        }
        if (uri.getHost() == null) {
            throw refused("names no host. A name with other letters than a to z is written as xn--…");
        }
        if (uri.getRawFragment() != null) {
            throw refused("has a part after #, which is never sent");
        }
        int port = uri.getPort() < 0 && tls ? HTTPS_PORT : uri.getPort();
        if (port != HTTPS_PORT && (port < FIRST_UNPRIVILEGED_PORT || port > 65_535)) {
            throw refused("takes port 443, or one from 1024 on");
        }
        String path = uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        EndpointUrl url = new EndpointUrl(
                text,
                tls,
                uri.getHost().toLowerCase(Locale.ROOT).replaceAll("^\\[|]$", ""),
                port,
                uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery());
        url.requireUsableAddress(allowLoopback);
        return url;
    }

    /** Why an address that the host has is not connected to; empty when it may be. */
    Optional<String> refusal(InetAddress address, boolean allowLoopback) {
        if (allowLoopback && address.isLoopbackAddress()) {
            return Optional.empty();
        }
        if (!tls) {
            return Optional.of("is not loopback, and messages go elsewhere by https only");
        }
        return AddressRules.refusal(address);
    }

    /** A host that is an address is told at once what it would be told at each attempt. */
    private void requireUsableAddress(boolean allowLoopback) {
        if (!NUMERIC_HOST.matcher(host).matches()) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host)) {
                refusal(address, allowLoopback).ifPresent(why -> {
                    throw refused("names an address that is never connected to: it " + why);
                });
            }
        } catch (UnknownHostException | IllegalArgumentException e) {
            throw refused("names no host");
        }
    }

    private static Problem refused(String why) {
        return Problem.parameter(NAME, "'%s' %s.".formatted(NAME, why));
    }
}
