// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// Installs, updates and removes deployment units.
public record ChangeDuState(List<DuOperation> operations, String commandKey)
        implements AcsRequest<ChangeDuStateResponse> {
    public ChangeDuState {
        operations = List.copyOf(operations);
    }

    @Override
    public String method() {
        return "ChangeDUState";
    }

    @Override
    public Class<ChangeDuStateResponse> responseType() {
        return ChangeDuStateResponse.class;
    }
}
