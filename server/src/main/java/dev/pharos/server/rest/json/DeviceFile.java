// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.server.store.DeviceFileStore.StoredFile;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;

/// A file of a device that is kept here.
///
/// @param name as the device calls it
/// @param size in bytes
/// @param sha256 hexadecimal
/// @param by who wanted it, or put it here
public record DeviceFile(
        long id,
        String device,

        @Schema(allowableValues = {"config", "log", "capture", "other"})
        String kind,

        String name,
        long size,
        String sha256,
        Instant received,
        String by) {

    public static DeviceFile of(StoredFile file) {
        return new DeviceFile(
                file.id(),
                file.device().toString(),
                file.kind().text(),
                file.name(),
                file.size(),
                file.sha256().toHex(),
                file.received(),
                file.by());
    }
}
