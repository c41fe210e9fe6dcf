// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The operations are accepted; a DUStateChangeComplete will tell how they went.
public record ChangeDuStateResponse() implements Response {
    @Override
    public String method() {
        return "ChangeDUState";
    }
}
