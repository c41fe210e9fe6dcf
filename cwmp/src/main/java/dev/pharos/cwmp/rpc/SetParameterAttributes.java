// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// Changes how parameters are watched and who else may write them, all or none.
public record SetParameterAttributes(List<AttributeChange> parameterList)
        implements AcsRequest<SetParameterAttributesResponse> {
    public SetParameterAttributes {
        parameterList = List.copyOf(parameterList);
    }

    @Override
    public String method() {
        return "SetParameterAttributes";
    }

    @Override
    public Class<SetParameterAttributesResponse> responseType() {
        return SetParameterAttributesResponse.class;
    }
}
