// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.config.ProtocolVersions;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.GetSupportedProtocolResponse;

/// GetSupportedProtocol: says which versions this Agent speaks, to whomever asks. What the Controller speaks
/// changes nothing here: every message of an older version means the same in ours.
final class GetSupportedProtocolHandler {
    GetSupportedProtocolResponse handle(GetSupportedProtocolRequest request) {
        return new GetSupportedProtocolResponse(ProtocolVersions.SUPPORTED);
    }
}
