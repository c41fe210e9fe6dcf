// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.message;

import dev.pharos.usp.Frozen;
import java.util.Map;

/// Operate: runs a command (R-OPR.0 to R-OPR.7).
///
/// @param command a command path, which may be a search path
/// @param commandKey the requester's own mark, given back when the command completes
/// @param sendResponse whether the requester wants an OperateResponse
public record OperateRequest(String command, String commandKey, boolean sendResponse, Map<String, String> inputArgs)
        implements Request<OperateResponse> {
    public OperateRequest {
        inputArgs = Frozen.map(inputArgs);
    }

    @Override
    public Class<OperateResponse> responseType() {
        return OperateResponse.class;
    }
}
