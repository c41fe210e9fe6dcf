// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.time.Duration;

/// Has the device send a file somewhere.
///
/// @param fileType `1 Vendor Configuration File`, `2 Vendor Log File`, or with the number of a row `3 Vendor
/// Configuration File N`,
///     `4 Vendor Log File N`, or a vendor's, `X …`
/// @param delay how long to wait first, in whole seconds
public record Upload(String commandKey, String fileType, FileLocation location, Duration delay)
        implements AcsRequest<UploadResponse> {
    @Override
    public String method() {
        return "Upload";
    }

    @Override
    public Class<UploadResponse> responseType() {
        return UploadResponse.class;
    }
}
