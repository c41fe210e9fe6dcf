// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.server.auth.Secret;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.server.store.ServerKeyStore;
import dev.pharos.usp.Bytes;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Pattern;

/// Links by which devices fetch images without any login: each is for one image and for some hours, and carries a
/// signature of the server. The signature is called `token`, which is masked wherever texts of devices are shown.
/// Thread-safe.
public final class FirmwareLinks {
    /// The path, before the number of the image.
    public static final String PATH = "/firmware-files/";

    private static final Pattern SECONDS = Pattern.compile("[0-9]{1,12}");

    private final Bytes key;
    private final Clock clock;
    private volatile String base = "";

    FirmwareLinks(Bytes key, Clock clock) {
        this.key = key;
        this.clock = clock;
    }

    /// With the key that all servers on one database share.
    public static FirmwareLinks signedBy(ServerKeyStore keys, Clock clock) {
        return new FirmwareLinks(keys.key("firmware links", Secret.key()), clock);
    }

    /// A link, good until a moment.
    public record Link(String url, Instant expires) {}

    /// From now on devices reach this server here.
    ///
    /// @param url without a path
    public void servedAt(String url) {
        base = url.replaceFirst("/+$", "");
    }

    /// @return empty before [#servedAt]
    public Optional<Link> to(StoredImage image, Duration life) {
        String at = base;
        if (at.isEmpty()) {
            return Optional.empty();
        }
        Instant expires = Instant.ofEpochSecond(clock.instant().plus(life).getEpochSecond());
        String until = Long.toString(expires.getEpochSecond());
        return Optional.of(new Link(
                at + PATH + image.id() + "/" + FileNames.inLink(image.fileName(), image.version()) + "?expires=" + until
                        + "&token=" + signature(image.id(), until),
                expires));
    }

    /// Whether a link to this image says so itself, and is still good.
    public boolean isGood(long image, String expires, String token) {
        return SECONDS.matcher(expires).matches()
                && Secret.same(token, signature(image, expires))
                && clock.instant().getEpochSecond() < Long.parseLong(expires);
    }

    private String signature(long image, String expires) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString(
                        Secret.mac(key, "firmware " + image + " " + expires).toByteArray());
    }
}
