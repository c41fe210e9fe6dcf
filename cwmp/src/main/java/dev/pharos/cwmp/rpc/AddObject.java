// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Adds a row to a table.
///
/// @param objectName the table, with a dot at its end
/// @param parameterKey as for [SetParameterValues]
public record AddObject(String objectName, String parameterKey) implements AcsRequest<AddObjectResponse> {
    @Override
    public String method() {
        return "AddObject";
    }

    @Override
    public Class<AddObjectResponse> responseType() {
        return AddObjectResponse.class;
    }
}
