// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.proxied;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// What is new of one thing since it was last published. What comes later replaces what came before, so that a thing
/// that talks without end takes no more room than one that does not.
final class News {
    /// Its description, where it has come or come again.
    @Nullable
    Thing thing;

    /// Values by point.
    Map<String, String> values = new LinkedHashMap<>();

    @Nullable
    Boolean online;

    @Nullable
    Instant contacted;

    boolean gone;

    /// It is there again, whatever was said of it before.
    void present(Thing described, Instant now) {
        thing = described;
        gone = false;
        online = true;
        contacted = now;
        values = new LinkedHashMap<>();
    }

    void values(Map<String, String> read, Instant now) {
        read.forEach((point, value) -> {
            if (values.size() < Limits.RESOURCES * 2 || values.containsKey(point)) {
                values.put(point, Texts.value(value));
            }
        });
        contacted = now;
    }

    void gone() {
        thing = null;
        values = new LinkedHashMap<>();
        gone = true;
    }
}
