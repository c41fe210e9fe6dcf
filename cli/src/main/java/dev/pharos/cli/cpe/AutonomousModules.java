// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.stream.Stream;

/// Whether the ACS wants to hear of what others have done with software modules: as it has written into
/// `Device.ManagementServer.DUStateChangeComplPolicy.`. A filter that is empty lets nothing through.
final class AutonomousModules {
    private static final String POLICY = ManagementServerElement.OBJECT + "DUStateChangeComplPolicy.";

    private AutonomousModules() {}

    /// @param operation `Install`, `Update` or `Uninstall`
    static boolean wants(Snapshot snapshot, String operation, DuResult result) {
        boolean failed = result.outcome().fault().isFault();
        String kind = text(snapshot, "ResultTypeFilter");
        boolean wantedKind = kind.equals(failed ? "Failure" : "Success") || kind.equals("Both");
        String code = String.valueOf(result.outcome().fault().faultCode().code());
        return text(snapshot, "Enable").equals("true")
                && wantedKind
                && has(snapshot, "OperationTypeFilter", operation)
                && (!failed || has(snapshot, "FaultCodeFilter", code));
    }

    private static boolean has(Snapshot snapshot, String filter, String item) {
        return Stream.of(text(snapshot, filter).split(",")).map(String::strip).anyMatch(item::equals);
    }

    private static String text(Snapshot snapshot, String parameter) {
        return snapshot.value(POLICY + parameter).orElse("");
    }
}
