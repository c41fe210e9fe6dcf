// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// What is there.
public record GetParameterNamesResponse(List<ParameterInfo> parameterList) implements Response {
    public GetParameterNamesResponse {
        parameterList = List.copyOf(parameterList);
    }

    @Override
    public String method() {
        return "GetParameterNames";
    }
}
