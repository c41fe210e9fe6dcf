// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.firmware;

import dev.pharos.server.link.LinkSeal;
import dev.pharos.server.link.LinkSeal.Link;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import dev.pharos.server.store.ServerKeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Links by which devices fetch images without any login: each is for one image and for some hours. Thread-safe.
public final class FirmwareLinks {
    /// The path, before the number of the image.
    public static final String PATH = "/firmware-files/";

    private static final String SIGNATURE = ".sig";

    private final LinkSeal seal;

    private FirmwareLinks(LinkSeal seal) {
        this.seal = seal;
    }

    /// With the key that all servers on one database share.
    public static FirmwareLinks signedBy(ServerKeyStore keys, Clock clock) {
        return new FirmwareLinks(LinkSeal.of(keys, "firmware links", clock));
    }

    /// From now on devices reach this server here.
    ///
    /// @param url without a path
    public void servedAt(String url) {
        seal.servedAt(url);
    }

    /// @return empty before [#servedAt]
    public Optional<Link> to(StoredImage image, Duration life) {
        return seal.link(PATH + image.id() + "/" + name(image), what(image.id()), life);
    }

    private static String name(StoredImage image) {
        return FileNames.inLink(image.fileName(), image.version());
    }

    /// Whether the last part of a link is that of the signature of what the link is for, which lies beside it.
    public static boolean isOfSignature(StoredImage image, String name) {
        return name.equals(name(image) + SIGNATURE);
    }

    /// Whether a link to this image says so itself, and is still good.
    public boolean isGood(long image, String expires, String token) {
        return seal.isGood(what(image), expires, token);
    }

    private static String what(long image) {
        return "firmware " + image;
    }
}
