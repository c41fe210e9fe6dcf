// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.Frozen;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.List;
import java.util.Locale;

/// Where the browser of somebody may be led whose device was kicked (Kicked): nowhere but to these places, since where
/// it wants to go is what anybody may have written into a link.
///
/// @param places `http` or `https`, with a host; all beneath the path of each is allowed
public record NextUrls(List<URI> places) {
    /// Nowhere.
    public static final NextUrls NONE = new NextUrls(List.of());

    public NextUrls {
        places = Frozen.list(places);
        for (URI place : places) {
            if (!isPlace(place)) {
                throw new IllegalArgumentException(
                        "must be http:// or https:// with a host, and no more than a path: " + place);
            }
        }
    }

    private static boolean isPlace(URI place) {
        String scheme = String.valueOf(place.getScheme()).toLowerCase(Locale.ROOT);
        return (scheme.equals("http") || scheme.equals("https"))
                && place.getHost() != null
                && place.getRawUserInfo() == null
                && place.getRawQuery() == null
                && place.getRawFragment() == null;
    }

    /// Where it goes: as was asked for where that is allowed, else nowhere.
    ///
    /// @return empty for nowhere
    String next(String wanted) {
        URI there;
        try {
            there = new URI(wanted);
        } catch (URISyntaxException malformed) {
            return "";
        }
        // a path that leads up leads out of what is allowed
        boolean plain = there.getRawUserInfo() == null
                && there.getHost() != null
                && there.normalize().getRawPath().equals(there.getRawPath())
                && !there.getRawPath().contains("%2e")
                && !there.getRawPath().contains("%2E")
                && !there.getRawPath().contains("\\");
        return plain && places.stream().anyMatch(place -> holds(place, there)) ? wanted : "";
    }

    private static boolean holds(URI place, URI there) {
        String path = place.getRawPath();
        String beneath = path.endsWith("/") ? path : path + "/";
        return place.getScheme().equalsIgnoreCase(there.getScheme())
                && place.getHost().equalsIgnoreCase(there.getHost())
                && port(place) == port(there)
                && (there.getRawPath().equals(path) || there.getRawPath().startsWith(beneath) || beneath.equals("/"));
    }

    private static int port(URI place) {
        return place.getPort() >= 0 ? place.getPort() : place.getScheme().equalsIgnoreCase("https") ? 443 : 80;
    }
}
