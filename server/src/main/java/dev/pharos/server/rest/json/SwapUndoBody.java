// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import org.jspecify.annotations.Nullable;

/// Which swap is to be taken back.
///
/// @param job that did it
public record SwapUndoBody(@Nullable Long job) {

    public long checked() {
        if (job == null) {
            throw new BadRequestException("job", "must be the number of the job that did it");
        }
        return job;
    }
}
