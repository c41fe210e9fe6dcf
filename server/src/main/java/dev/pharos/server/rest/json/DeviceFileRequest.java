// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import com.fasterxml.jackson.annotation.JsonInclude;
import dev.pharos.server.store.FileRequestStore.FileRequest;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What a device was asked to do with a file.
///
/// @param number of the device's file
/// @param name as the device calls the file; of a `send` its type
/// @param state `complete` when the file is here, or the device has taken it; `lost` when its link has expired
/// @param file that came of it, or that the device is to take
/// @param fault why it failed; while it runs, what came of the last try
/// @param awaitedSession when the device is expected, as long as it is to be told in its next session (TR-069); that
///     may be over
@JsonInclude(JsonInclude.Include.NON_NULL)
public record DeviceFileRequest(
        long id,
        String device,

        @Schema(allowableValues = {"backup", "log", "restore", "capture", "send", "fetch"})
        String action,

        int number,
        String name,

        @Schema(allowableValues = {"running", "complete", "failed", "lost"})
        String state,

        Instant begun,
        Instant expires,
        @Nullable Instant ended,
        String by,
        @Nullable Long file,
        String fault,
        @Nullable Instant awaitedSession) {

    public static DeviceFileRequest of(FileRequest request, Optional<Instant> awaitedSession) {
        return new DeviceFileRequest(
                request.id(),
                request.device().toString(),
                request.action().text(),
                request.number(),
                request.name(),
                request.state().text(),
                request.begun(),
                request.expires(),
                request.ended().orElse(null),
                request.by(),
                request.file().orElse(null),
                request.fault(),
                awaitedSession.orElse(null));
    }
}
