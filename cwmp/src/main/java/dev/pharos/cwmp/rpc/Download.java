// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.time.Duration;

/// Has the device fetch a file and apply it.
///
/// @param fileType `1 Firmware Upgrade Image`, `2 Web Content`, `3 Vendor Configuration File`, `4 Tone File`, `5 Ringer
/// File`, or
///     a vendor's, `X …`
/// @param delay how long to wait first, in whole seconds
/// @param pages where a user who waits for it is sent
public record Download(
        String commandKey, String fileType, FileLocation location, TargetFile target, Duration delay, ResultPages pages)
        implements AcsRequest<DownloadResponse> {
    @Override
    public String method() {
        return "Download";
    }

    @Override
    public Class<DownloadResponse> responseType() {
        return DownloadResponse.class;
    }
}
