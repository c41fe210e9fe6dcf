// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// Asks the ACS to send a Download of this kind of file.
///
/// @param fileType as for [Download]
/// @param fileTypeArg at most 16
public record RequestDownload(String fileType, List<Argument> fileTypeArg)
        implements CpeRequest<RequestDownloadResponse> {
    public RequestDownload {
        fileTypeArg = List.copyOf(fileTypeArg);
    }

    @Override
    public String method() {
        return "RequestDownload";
    }

    @Override
    public Class<RequestDownloadResponse> responseType() {
        return RequestDownloadResponse.class;
    }
}
