// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// A method that this side does not know, of a vendor or of a later version; answered with fault 9000 or 8000. What it
/// says is
/// not read.
public record UnknownRequest(String method) implements AcsRequest<UnknownResponse>, CpeRequest<UnknownResponse> {
    @Override
    public Class<UnknownResponse> responseType() {
        return UnknownResponse.class;
    }
}
