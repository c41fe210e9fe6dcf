// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// The methods of who was asked, vendors' too.
public record GetRpcMethodsResponse(List<String> methodList) implements Response {
    public GetRpcMethodsResponse {
        methodList = List.copyOf(methodList);
    }

    @Override
    public String method() {
        return "GetRPCMethods";
    }
}
