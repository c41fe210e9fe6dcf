// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// The device will do so.
public record FactoryResetResponse() implements Response {
    @Override
    public String method() {
        return "FactoryReset";
    }
}
