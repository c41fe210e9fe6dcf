// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.rights.Access;
import dev.pharos.server.rights.Right;
import java.util.List;
import java.util.Optional;

/// What a device must not be changed in by whoever may change a device: who manages it, whom it trusts, its firmware,
/// and
/// that it forgets everything.
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
            "Device.MQTT.",
            "Device.STOMP.",
            "Device.WebSocket.");
    private static final String FORGETS_ALL = "FactoryReset()";

    private Delicate() {}

    /// @param paths of objects, parameters or commands
    /// @throws ApiException where one of them is not for whoever asks
    static void check(List<String> paths) {
        Optional<Access> access = Access.current();
        if (access.isEmpty() || access.get().may(Right.FLEET)) {
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

    /// The parts of an object's path that are names are never wildcards (R-ARC.8 and the path grammar), so that its
    /// beginning says what it is.
    static boolean isDelicate(String path) {
        return path.endsWith(FORGETS_ALL)
                || path.equals("Device.")
                || OBJECTS.stream().anyMatch(path::startsWith);
    }
}
