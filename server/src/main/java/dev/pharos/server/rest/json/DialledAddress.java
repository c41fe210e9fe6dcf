// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import java.net.URI;
import org.jspecify.annotations.Nullable;

/// Where a device listens for its controllers.
///
/// @param url `wss://HOST:PORT/PATH`, or `ws://` on this host
public record DialledAddress(@Nullable String url) {
    private static final int LENGTH = 500;

    public URI checkedUrl() {
        String text = Fields.text("url", url);
        if (text.length() > LENGTH) {
            throw new BadRequestException("url", "must have at most " + LENGTH + " characters");
        }
        return URI.create(text);
    }
}
