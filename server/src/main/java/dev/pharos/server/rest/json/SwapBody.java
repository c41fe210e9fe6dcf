// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.swap.WifiKeys;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// Wi-Fi keys for the new router, since none can be read from the old one.
///
/// @param wifiKey of the network of the house, in every band
/// @param guestKey of further networks
public record SwapBody(@Nullable String wifiKey, @Nullable String guestKey) {
    public static final SwapBody NONE = new SwapBody(null, null);

    public WifiKeys checked() {
        return new WifiKeys(key("wifiKey", wifiKey), key("guestKey", guestKey));
    }

    private static Optional<String> key(String field, @Nullable String key) {
        if (key == null) {
            return Optional.empty();
        }
        WifiKeys.wrong(key).ifPresent(wrong -> {
            throw new BadRequestException(field, "must " + wrong);
        });
        return Optional.of(key);
    }

    /// Without the keys.
    @Override
    public String toString() {
        return "SwapBody[]";
    }
}
