// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// The attributes that were asked for.
public record GetParameterAttributesResponse(List<ParameterAttributes> parameterList) implements Response {
    public GetParameterAttributesResponse {
        parameterList = List.copyOf(parameterList);
    }

    @Override
    public String method() {
        return "GetParameterAttributes";
    }
}
