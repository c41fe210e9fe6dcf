// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.store;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/// Something that happened with a device, or with a peer that was refused.
///
/// @param time when we learnt it
/// @param device empty where a refused peer did not say who it is
/// @param path the parameter, object, or object of the event or command; empty where there is none
/// @param name of the event (`Boot!`) or command (`Reboot()`); else empty
/// @param value the new value, or the outcome of a command; secrets are never kept
/// @param args the event's or command's arguments, or the unique keys of a new object
/// @param subscriptionId empty where no subscription caused it
/// @param text one sentence for people
public record DeviceEvent(
        Instant time,
        Optional<EndpointId> device,
        EventKind kind,
        String path,
        String name,
        String value,
        Map<String, String> args,
        String subscriptionId,
        String text) {
    public DeviceEvent {
        args = Frozen.map(args);
    }

    /// Something about a device that no Notify brought.
    public static DeviceEvent of(Instant time, Optional<EndpointId> device, EventKind kind, String text) {
        return new DeviceEvent(time, device, kind, "", "", "", Map.of(), "", text);
    }
}
