// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// All was written.
///
/// @param status whether it is in effect already
public record SetParameterValuesResponse(Status status) implements Response {
    @Override
    public String method() {
        return "SetParameterValues";
    }
}
