// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// All attributes were changed.
public record SetParameterAttributesResponse() implements Response {
    @Override
    public String method() {
        return "SetParameterAttributes";
    }
}
