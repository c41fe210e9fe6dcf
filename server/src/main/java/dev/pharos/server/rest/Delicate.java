// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.PathLimit;
import dev.pharos.server.rights.Right;
import dev.pharos.server.rights.Scope;
import java.util.List;
import java.util.Optional;

/// What of a device somebody may not change who may change devices: what is out of their scope, and for those who do
/// not manage the fleet who manages it, whom it trusts, its firmware, its configuration as a file, what passes its
/// links, and that it forgets everything.
final class Delicate {
    private static final List<String> OBJECTS = List.of(
            "Device.LocalAgent.",
            "Device.USPAgent.",
            "Device.ManagementServer.",
            "Device.Security.",
            "Device.Users.",
            "Device.BulkData.",
            "Device.SoftwareModules.",
            "Device.DeviceInfo.FirmwareImage.",
            "Device.DeviceInfo.BootFirmwareImage",
            "Device.DeviceInfo.VendorConfigFile.",
            "Device.PacketCaptureDiagnostics",
            "Device.MQTT.",
            "Device.STOMP.",
            "Device.WebSocket.");
    private static final String FORGETS_ALL = "FactoryReset()";
    private static final String ROOT = "Device.";
    private static final String TR_098 = "InternetGatewayDevice.";

    private Delicate() {}

    /// @param paths of objects, parameters or commands
    /// @throws ApiException where one of them is not for whoever asks
    static void check(List<String> paths) {
        Optional<Access> access = Access.current();
        if (access.isEmpty()) {
            return;
        }
        access.get().scope().ifPresent(scope -> within(scope, paths));
        if (access.get().may(Right.FLEET)) {
            return;
        }
        for (String path : paths) {
            if (isDelicate(path)) {
                throw new ApiException(
                        403,
                        "Not allowed",
                        path + " is part of managing the fleet. " + access.get().refusal(Right.FLEET));
            }
        }
    }

    private static void within(Scope scope, List<String> paths) {
        paths.stream().filter(path -> !scope.changes(path)).findFirst().ifPresent(path -> {
            throw new ApiException(
                    403,
                    "Not allowed",
                    path + " is not among what you may change: " + PathLimit.texts(scope.changes()) + ".");
        });
    }

    /// Whether a command makes a device forget all that people have set.
    static boolean forgetsAll(String command) {
        return command.endsWith(FORGETS_ALL);
    }

    /// Only instances are wildcards in the path grammar and never names, so that the beginning of a path says what it
    /// is. Trees of TR-098 have the same objects under another root.
    static boolean isDelicate(String path) {
        String known = path.startsWith(TR_098) ? ROOT + path.substring(TR_098.length()) : path;
        return forgetsAll(known) || known.equals(ROOT) || OBJECTS.stream().anyMatch(known::startsWith);
    }
}
