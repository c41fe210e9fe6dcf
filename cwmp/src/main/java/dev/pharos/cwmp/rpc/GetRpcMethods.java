// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Asks which methods the other side has, in either direction.
public record GetRpcMethods() implements AcsRequest<GetRpcMethodsResponse>, CpeRequest<GetRpcMethodsResponse> {
    @Override
    public String method() {
        return "GetRPCMethods";
    }

    @Override
    public Class<GetRpcMethodsResponse> responseType() {
        return GetRpcMethodsResponse.class;
    }
}
