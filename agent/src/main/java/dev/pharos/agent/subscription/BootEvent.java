// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.subscription;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Right;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.json.JsonText;
import dev.pharos.agent.localagent.Boot;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.Notification;
import dev.pharos.usp.path.PathName;
import java.util.LinkedHashMap;
import java.util.Map;

/// `Device.Boot!` as one controller gets it: its ParameterMap holds the parameters that this controller's
/// BootParameter rows name.
final class BootEvent {
    private BootEvent() {}

    static Notification.Event of(Boot boot, ObjectInstance controller, Snapshot snapshot, Permissions permissions) {
        Map<String, String> params = new LinkedHashMap<>();
        params.put("CommandKey", boot.commandKey());
        params.put("Cause", boot.cause().text());
        params.put("Reason", boot.reason());
        params.put("FirmwareUpdated", Boolean.toString(boot.firmwareUpdated()));
        params.put("ParameterMap", json(parameters(controller, snapshot, permissions)));
        return new Notification.Event("Device.", "Boot!", params);
    }

    private static Map<String, String> parameters(
            ObjectInstance controller, Snapshot snapshot, Permissions permissions) {
        Map<String, String> values = new LinkedHashMap<>();
        for (ObjectInstance row : controller.rows("BootParameter")) {
            if (row.value("Enable").orElse("").equals("true")) {
                collect(row.value("ParameterName").orElse(""), snapshot, permissions, values);
            }
        }
        return values;
    }

    private static void collect(String name, Snapshot snapshot, Permissions permissions, Map<String, String> values) {
        try {
            PathName path = PathName.require(name);
            if (path.leafKind() == PathName.LeafKind.COMMAND || path.leafKind() == PathName.LeafKind.EVENT) {
                return;
            }
            for (ObjectInstance object : snapshot.resolve(path.object(), permissions.readable())) {
                object.definition().parameters().stream()
                        .filter(parameter -> path.isObject() || parameter.name().equals(path.leaf()))
                        .filter(parameter -> permissions.allows(Right.READ_PARAMETER, object.path() + parameter.name()))
                        .forEach(parameter -> object.value(parameter.name()).ifPresent(value -> {
                            if (values.size() < Limits.BOOT_PARAMETERS) {
                                values.put(
                                        object.path() + parameter.name(),
                                        permissions.shown(object.path(), parameter, value));
                            }
                        }));
            }
        } catch (UspException _) {
            // A name that leads nowhere has nothing to say.
        }
    }

    /// A JSON object of text values.
    static String json(Map<String, String> values) {
        StringBuilder text = new StringBuilder("{");
        values.forEach((name, value) -> {
            if (text.length() > 1) {
                text.append(',');
            }
            JsonText.quote(name, text);
            text.append(':');
            JsonText.quote(value, text);
        });
        return text.append('}').toString();
    }
}
