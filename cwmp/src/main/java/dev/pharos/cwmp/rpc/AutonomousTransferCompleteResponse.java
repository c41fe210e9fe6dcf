// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The ACS has taken note.
public record AutonomousTransferCompleteResponse() implements Response {
    @Override
    public String method() {
        return "AutonomousTransferComplete";
    }
}
