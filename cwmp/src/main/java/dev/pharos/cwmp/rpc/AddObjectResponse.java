// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The row was added.
///
/// @param instanceNumber 1 to 2^32-1
/// @param status whether it is in effect already
public record AddObjectResponse(long instanceNumber, Status status) implements Response {
    @Override
    public String method() {
        return "AddObject";
    }
}
