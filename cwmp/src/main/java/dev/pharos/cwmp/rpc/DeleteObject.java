// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Deletes a row with all beneath it.
///
/// @param objectName the row, with its instance number and a dot at its end
/// @param parameterKey as for [SetParameterValues]
public record DeleteObject(String objectName, String parameterKey) implements AcsRequest<DeleteObjectResponse> {
    @Override
    public String method() {
        return "DeleteObject";
    }

    @Override
    public Class<DeleteObjectResponse> responseType() {
        return DeleteObjectResponse.class;
    }
}
