// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

/// Sets the device back to how it left the factory, after the session.
public record FactoryReset() implements AcsRequest<FactoryResetResponse> {
    @Override
    public String method() {
        return "FactoryReset";
    }

    @Override
    public Class<FactoryResetResponse> responseType() {
        return FactoryResetResponse.class;
    }
}
