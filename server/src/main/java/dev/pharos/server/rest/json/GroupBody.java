// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import org.jspecify.annotations.Nullable;

/// What a group is to be.
///
/// @param description nothing where it is left out
public record GroupBody(@Nullable String query, @Nullable String description) {
    private static final int DESCRIPTION = 500;

    public String checkedQuery() {
        return Fields.text("query", query).strip();
    }

    public String checkedDescription() {
        String text = description == null ? "" : description.strip();
        if (text.length() > DESCRIPTION) {
            throw new BadRequestException("description", "must have at most " + DESCRIPTION + " characters");
        }
        return text;
    }
}
