// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The row was deleted.
///
/// @param status whether it is in effect already
public record DeleteObjectResponse(Status status) implements Response {
    @Override
    public String method() {
        return "DeleteObject";
    }
}
