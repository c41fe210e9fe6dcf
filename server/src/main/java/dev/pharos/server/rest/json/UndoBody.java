// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import org.jspecify.annotations.Nullable;

/// What is to be taken back: what was done last with a profile, or what a job did.
public record UndoBody(@Nullable String profile, @Nullable Long job) {

    public UndoBody checked() {
        if ((profile == null) == (job == null)) {
            throw new BadRequestException("profile", "must name a profile, or else \"job\" must say which job");
        }
        return this;
    }
}
