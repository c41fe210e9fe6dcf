// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// Tells how operations on deployment units have ended, in the order in which they were asked for.
public record DuStateChangeComplete(List<DuResult> results, String commandKey)
        implements CpeRequest<DuStateChangeCompleteResponse> {
    public DuStateChangeComplete {
        results = List.copyOf(results);
    }

    @Override
    public String method() {
        return "DUStateChangeComplete";
    }

    @Override
    public Class<DuStateChangeCompleteResponse> responseType() {
        return DuStateChangeCompleteResponse.class;
    }
}
