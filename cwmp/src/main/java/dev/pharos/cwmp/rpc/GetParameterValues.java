// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// Reads parameters.
///
/// @param parameterNames whole paths, or those of objects with a dot at their end for all beneath; the empty one is the
/// root
public record GetParameterValues(List<String> parameterNames) implements AcsRequest<GetParameterValuesResponse> {
    public GetParameterValues {
        parameterNames = List.copyOf(parameterNames);
    }

    @Override
    public String method() {
        return "GetParameterValues";
    }

    @Override
    public Class<GetParameterValuesResponse> responseType() {
        return GetParameterValuesResponse.class;
    }
}
