// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.bulk.DeviceReports;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What of a profile is to be otherwise; what is left out stays.
///
/// @param enabled whether its reports are made
/// @param interval seconds
/// @param parameters all paths that are to be in it, but for those that it keeps out
public record BulkProfileChange(
        @Nullable Boolean enabled,
        @Nullable Long interval,
        @Nullable Integer retained,
        @Nullable String name,
        @Nullable List<@Nullable String> parameters) {
    private static final DeviceReports.Change NOTHING = new DeviceReports.Change(
            Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    public DeviceReports.Change checked() {
        DeviceReports.Change change = new DeviceReports.Change(
                Optional.ofNullable(enabled),
                Optional.ofNullable(interval).map(BulkProfileBody::interval),
                Optional.ofNullable(retained)
                        .map(most -> Fields.within("retained", most, -1, BulkProfileBody.RETAINED)),
                Optional.ofNullable(name).map(text -> Fields.atMost("name", text, 255)),
                Optional.ofNullable(parameters).map(BulkProfileBody::paths));
        if (change.equals(NOTHING)) {
            throw new BadRequestException("", "must have one of enabled, interval, retained, name and parameters");
        }
        return change;
    }
}
