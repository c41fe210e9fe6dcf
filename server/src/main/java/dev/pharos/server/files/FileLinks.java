// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.files;

import dev.pharos.server.link.LinkSeal;
import dev.pharos.server.link.LinkSeal.Link;
import dev.pharos.server.store.FileAction;
import dev.pharos.server.store.FileRequestStore.FileRequest;
import dev.pharos.server.store.ServerKeyStore;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/// Links by which a device gives or takes one file without any login: each is for one request. Thread-safe.
public final class FileLinks {
    /// The path, before the number of the request.
    public static final String PATH = "/device-files/";

    private final LinkSeal seal;

    private FileLinks(LinkSeal seal) {
        this.seal = seal;
    }

    /// With the key that all servers on one database share.
    public static FileLinks signedBy(ServerKeyStore keys, Clock clock) {
        return new FileLinks(LinkSeal.of(keys, "device file links", clock));
    }

    /// From now on devices reach this server here.
    ///
    /// @param url without a path
    public void servedAt(String url) {
        seal.servedAt(url);
    }

    /// @return empty before [#servedAt]
    Optional<Link> to(long request, FileAction action, Duration life) {
        return seal.link(PATH + request + "/" + action.kind().text(), what(request, action), life);
    }

    /// Whether a link to this request says so itself, and is still good.
    public boolean isGood(FileRequest request, String expires, String token) {
        return seal.isGood(what(request.id(), request.action()), expires, token);
    }

    private static String what(long request, FileAction action) {
        return action.text() + " " + request;
    }
}
