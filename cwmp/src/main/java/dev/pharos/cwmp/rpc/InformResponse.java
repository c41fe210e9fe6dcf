// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The session is open.
///
/// @param maxEnvelopes 1
public record InformResponse(long maxEnvelopes) implements Response {
    @Override
    public String method() {
        return "Inform";
    }
}
