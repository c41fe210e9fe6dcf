// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.bulkdata;

import dev.pharos.agent.localagent.OwnedRows;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.List;

/// What of `Device.BulkData.` an agent backs: all that the gateway model has of it, but for MQTT where it has no
/// clients.
final class BulkDataModel {
    static final String BULK_DATA = "Device.BulkData.";
    static final String PROFILE = OwnedRows.BULK_PROFILES + "{i}.";

    private static final String MQTT = PROFILE + "MQTT.";

    /// Where the agent makes its connections itself, so that it has MQTT clients.
    static final SupportedDataModel WITH_MQTT =
            GatewayModel.load().restrictedTo((path, element) -> path.startsWith(BULK_DATA));

    static final SupportedDataModel WITHOUT_MQTT =
            GatewayModel.load().restrictedTo((path, element) -> path.startsWith(BULK_DATA) && !path.startsWith(MQTT));

    private BulkDataModel() {}

    static List<ObjectInstance> profiles(Snapshot snapshot) {
        return OwnedRows.of(snapshot, BULK_DATA, "Profile");
    }
}
