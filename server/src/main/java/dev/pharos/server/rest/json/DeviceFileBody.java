// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.FileAction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a device is to do with a file.
///
/// @param number of the device's file, from 1, which it is where nothing is said
/// @param file that it is to take back; of a `restore` alone
@Schema(name = "DeviceFileOrder")
public record DeviceFileBody(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                allowableValues = {"backup", "log", "restore"})
        @Nullable
        String action,

        @Nullable Integer number,
        @Nullable Long file) {
    private static final int MOST = 1_000_000;

    public FileAction toAction() {
        return FileAction.of(action == null ? "" : action)
                .filter(FileAction::isOfAFile)
                .orElseThrow(() -> new BadRequestException(
                        "action",
                        "must be one of "
                                + Arrays.stream(FileAction.values())
                                        .filter(FileAction::isOfAFile)
                                        .map(FileAction::text)
                                        .collect(Collectors.joining(", "))));
    }

    public int toNumber() {
        int wanted = number == null ? 1 : number;
        if (wanted < 1 || wanted > MOST) {
            throw new BadRequestException("number", "must be 1 to " + MOST);
        }
        return wanted;
    }
}
