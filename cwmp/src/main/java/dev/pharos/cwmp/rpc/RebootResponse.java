// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The device will restart; an Inform with `M Reboot` will tell.
public record RebootResponse() implements Response {
    @Override
    public String method() {
        return "Reboot";
    }
}
