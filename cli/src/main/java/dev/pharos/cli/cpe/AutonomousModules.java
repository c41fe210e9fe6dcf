// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.rpc.DuResult;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.List;
import java.util.stream.Stream;

/// Whether the ACS wants to hear of what others have done with software modules: as it has written into
/// `Device.ManagementServer.DUStateChangeComplPolicy.`. A filter that is empty lets everything through.
final class AutonomousModules {
    private static final String POLICY = ManagementServerElement.OBJECT + "DUStateChangeComplPolicy.";

    private AutonomousModules() {}

    /// @param operation `Install`, `Update` or `Uninstall`
    static boolean wants(Snapshot snapshot, String operation, DuResult result) {
        boolean failed = result.outcome().fault().isFault();
        String kind = text(snapshot, "ResultTypeFilter");
        boolean wantedKind = kind.equals(failed ? "Failure" : "Success") || kind.equals("Both") || kind.isEmpty();
        String code = String.valueOf(result.outcome().fault().faultCode().code());
        return text(snapshot, "Enable").equals("true")
                && wantedKind
                && has(snapshot, "OperationTypeFilter", operation)
                && (!failed || has(snapshot, "FaultCodeFilter", code));
    }

    private static boolean has(Snapshot snapshot, String filter, String item) {
        List<String> items = Stream.of(text(snapshot, filter).split(","))
                .map(String::strip)
                .filter(each -> !each.isEmpty())
                .toList();
        return items.isEmpty() || items.contains(item);
    }

    private static String text(Snapshot snapshot, String parameter) {
        return snapshot.value(POLICY + parameter).orElse("");
    }
}
