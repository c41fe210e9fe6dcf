// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.store.DeviceRecord;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// What an operator changes of a device; what is not there stays.
public record DevicePatch(
        @Nullable List<@Nullable String> tags, @Nullable Boolean approved) {
    private static final int TAG_LENGTH = 100;

    /// The tags without repetition.
    public List<String> checkedTags() {
        List<String> checked = Fields.itemsOrNone("tags", tags).stream()
                .map(String::strip)
                .distinct()
                .toList();
        if (checked.size() > DeviceRecord.TAGS) {
            throw new BadRequestException("tags", "must hold at most " + DeviceRecord.TAGS + " tags");
        }
        for (String tag : checked) {
            if (tag.isEmpty() || tag.length() > TAG_LENGTH) {
                throw new BadRequestException("tags", "must each have 1 to " + TAG_LENGTH + " characters");
            }
        }
        return checked;
    }
}
