// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// Writes parameters, all or none.
///
/// @param parameterKey what `ManagementServer.ParameterKey` is afterwards, if all is written; up to 32 characters
public record SetParameterValues(List<ParameterValue> parameterList, String parameterKey)
        implements AcsRequest<SetParameterValuesResponse> {
    public SetParameterValues {
        parameterList = List.copyOf(parameterList);
    }

    @Override
    public String method() {
        return "SetParameterValues";
    }

    @Override
    public Class<SetParameterValuesResponse> responseType() {
        return SetParameterValuesResponse.class;
    }
}
