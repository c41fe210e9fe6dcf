// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The ACS has taken note; a Download may follow.
public record RequestDownloadResponse() implements Response {
    @Override
    public String method() {
        return "RequestDownload";
    }
}
