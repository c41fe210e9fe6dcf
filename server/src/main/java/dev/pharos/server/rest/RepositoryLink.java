// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.firmware.FirmwareLinks;
import dev.pharos.server.firmware.Limits;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.FirmwareLink;
import dev.pharos.server.store.FirmwareStore.StoredImage;
import java.time.Duration;

/// Links that people ask for, to images and to software modules.
record RepositoryLink(FirmwareLinks links) {

    /// @param hours for how long it is good
    /// @param audit notes it, before it is made
    FirmwareLink to(StoredImage image, int hours, Runnable audit) {
        if (hours < 1 || hours > Limits.LONGEST_LINK.toHours()) {
            throw new BadRequestException("hours", "must be 1 to " + Limits.LONGEST_LINK.toHours());
        }
        audit.run();
        return links.to(image, Duration.ofHours(hours))
                .map(link -> new FirmwareLink(link.url(), link.expires().toString()))
                .orElseThrow(() -> new ApiException(
                        503, "Not yet", "The server does not know yet where devices reach it; try again in a moment."));
    }
}
