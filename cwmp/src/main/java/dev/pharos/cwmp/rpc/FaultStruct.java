// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import dev.pharos.cwmp.FaultCode;

/// How something has ended: code 0 says well.
public record FaultStruct(FaultCode faultCode, String faultString) {
    public static final FaultStruct NONE = new FaultStruct(FaultCode.of(0), "");

    public boolean isFault() {
        return faultCode.code() != 0;
    }
}
