// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import org.jspecify.annotations.Nullable;

/// @param reason for whoever asked
public record ApprovalRefusal(@Nullable String reason) {
    private static final int REASON = 500;

    public String checked() {
        return Fields.atMost("reason", Fields.text("reason", reason == null ? null : reason.strip()), REASON);
    }
}
