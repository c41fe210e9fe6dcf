// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

/// GetSupportedProtocol: which protocol versions the Controller speaks, as a comma-separated list of
/// Major.Minor.
public record GetSupportedProtocolRequest(String controllerSupportedProtocolVersions)
        implements Request<GetSupportedProtocolResponse> {
    @Override
    public Class<GetSupportedProtocolResponse> responseType() {
        return GetSupportedProtocolResponse.class;
    }
}
