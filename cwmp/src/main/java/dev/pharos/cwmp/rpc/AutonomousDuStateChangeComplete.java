// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.rpc;

import java.util.List;

/// Tells what was done to deployment units without the ACS.
public record AutonomousDuStateChangeComplete(List<AutonomousDuResult> results)
        implements CpeRequest<AutonomousDuStateChangeCompleteResponse> {
    public AutonomousDuStateChangeComplete {
        results = List.copyOf(results);
    }

    @Override
    public String method() {
        return "AutonomousDUStateChangeComplete";
    }

    @Override
    public Class<AutonomousDuStateChangeCompleteResponse> responseType() {
        return AutonomousDuStateChangeCompleteResponse.class;
    }
}
