// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// Asks how parameters are watched and who else may write them; names as for [GetParameterValues].
public record GetParameterAttributes(List<String> parameterNames)
        implements AcsRequest<GetParameterAttributesResponse> {
    public GetParameterAttributes {
        parameterNames = List.copyOf(parameterNames);
    }

    @Override
    public String method() {
        return "GetParameterAttributes";
    }

    @Override
    public Class<GetParameterAttributesResponse> responseType() {
        return GetParameterAttributesResponse.class;
    }
}
