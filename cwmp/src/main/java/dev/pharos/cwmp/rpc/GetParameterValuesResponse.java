// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// The values that were asked for, in an order that the device chooses.
public record GetParameterValuesResponse(List<ParameterValue> parameterList) implements Response {
    public GetParameterValuesResponse {
        parameterList = List.copyOf(parameterList);
    }

    @Override
    public String method() {
        return "GetParameterValues";
    }
}
