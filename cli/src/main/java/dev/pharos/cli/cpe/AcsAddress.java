// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import java.net.URI;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// Where an ACS is and the login there, as the program is told.
///
/// @param insecure whether an ACS on another host may be reached without encryption
public record AcsAddress(URI url, String username, String password, boolean insecure) {
    private static final Pattern THIS_HOST = Pattern.compile("localhost|127(?:\\.[0-9]{1,3}){3}|\\[::1]");

    /// @throws IllegalArgumentException saying what is wrong with the URL
    public static AcsAddress parse(String url, String username, String password, boolean insecure) {
        Optional<String> objection = objection(url, insecure);
        if (objection.isPresent()) {
            throw new IllegalArgumentException(objection.get());
        }
        return new AcsAddress(URI.create(url), username, password, insecure);
    }

    /// Why an ACS is not to be reached there; empty where it is.
    static Optional<String> objection(String text, boolean insecure) {
        URI url;
        try {
            url = URI.create(text);
        } catch (IllegalArgumentException malformed) {
            return Optional.of("not a URL; it looks like http://HOST:7547/cwmp");
        }
        String scheme = url.getScheme() == null ? "" : url.getScheme().toLowerCase(Locale.ROOT);
        if (url.getHost() == null || !(scheme.equals("http") || scheme.equals("https"))) {
            return Optional.of("the URL of an ACS begins with http:// or https:// and a host");
        }
        if (url.getRawUserInfo() != null || url.getRawFragment() != null) {
            return Optional.of("the URL of an ACS has no user and no fragment");
        }
        if (!isPrivate(url) && !insecure) {
            return Optional.of("http:// to another host is not encrypted: use https://, or --insecure in a laboratory");
        }
        return Optional.empty();
    }

    /// Whether nobody else reads what is said there.
    static boolean isPrivate(URI url) {
        return url.getScheme().equalsIgnoreCase("https") || isThisHost(url);
    }

    private static boolean isThisHost(URI url) {
        return THIS_HOST.matcher(url.getHost().toLowerCase(Locale.ROOT)).matches();
    }

    /// Whether the ACS is on this host.
    public boolean isOnThisHost() {
        return isThisHost(url);
    }

    /// Without the password.
    @Override
    public String toString() {
        return url.toString();
    }
}
