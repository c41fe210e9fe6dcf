// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Restarts the device, after the session.
public record Reboot(String commandKey) implements AcsRequest<RebootResponse> {
    @Override
    public String method() {
        return "Reboot";
    }

    @Override
    public Class<RebootResponse> responseType() {
        return RebootResponse.class;
    }
}
