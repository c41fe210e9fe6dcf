// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import org.jspecify.annotations.Nullable;

/// How a webhook goes on.
///
/// @param skip whether what happened since it was paused is left out; delivered where this is left out
public record WebhookResumeBody(@Nullable Boolean skip) {
    public boolean skips() {
        return Fields.flag(skip, false);
    }
}
