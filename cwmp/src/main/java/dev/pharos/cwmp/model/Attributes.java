// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import dev.pharos.cwmp.Limits;
import dev.pharos.cwmp.Notification;
import dev.pharos.cwmp.StandardFaultCode;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;

/// How the ACS wants to hear of changes, by path of the data model: what it has said of a parameter, else of the
/// nearest
/// object that holds it, else what holds for it from the factory. Thread-safe.
public final class Attributes {
    /// What an ACS always hears of at once (TR-181, forcedActive).
    private static final Set<String> ALWAYS = Set.of(
            "Device.DeviceInfo.SoftwareVersion",
            "Device.DeviceInfo.ProvisioningCode",
            "Device.ManagementServer.ConnectionRequestURL",
            "Device.ManagementServer.UDPConnectionRequestAddress",
            "Device.ManagementServer.ConnReqJabberID");

    private final Map<String, Notification> said;
    private final Consumer<Map<String, Notification>> keeper;

    /// @param kept what was said before, by path
    /// @param keeper is given all that is said after each change, before it counts
    public Attributes(Map<String, Notification> kept, Consumer<Map<String, Notification>> keeper) {
        this.said = new LinkedHashMap<>(kept);
        this.keeper = keeper;
    }

    synchronized Notification of(String path) {
        if (ALWAYS.contains(path)) {
            return Notification.ACTIVE;
        }
        for (String place = path; !place.isEmpty(); place = holder(place)) {
            Notification found = said.get(place);
            if (found != null) {
                return found;
            }
        }
        return Notification.OFF;
    }

    private static String holder(String place) {
        return place.substring(0, place.lastIndexOf('.', place.length() - 2) + 1);
    }

    /// Takes all of these, or none.
    ///
    /// @throws CallFault 9009 where a change must be told, 9004 where too much was said already
    synchronized void change(Map<String, Notification> changes) {
        Map<String, Notification> after = new LinkedHashMap<>(said);
        changes.forEach((path, notification) -> {
            if (ALWAYS.contains(path) && notification != Notification.ACTIVE) {
                throw new CallFault(
                        StandardFaultCode.NOTIFICATION_REQUEST_REJECTED, path + " is always told of at once");
            }
            if (path.endsWith(".")) {
                after.keySet().removeIf(each -> each.startsWith(path));
            }
            after.put(path, notification);
        });
        if (after.size() > Limits.ATTRIBUTES_KEPT) {
            throw new CallFault(
                    StandardFaultCode.RESOURCES_EXCEEDED,
                    "no more than " + Limits.ATTRIBUTES_KEPT + " parameters can be watched one by one");
        }
        keeper.accept(Map.copyOf(after));
        said.clear();
        said.putAll(after);
    }

    /// Whether a change is told in a session, and whether at once.
    Optional<Boolean> inSession(String path) {
        return switch (of(path)) {
            case ACTIVE -> Optional.of(true);
            case PASSIVE, PASSIVE_WITH_ACTIVE_LIGHTWEIGHT, PASSIVE_WITH_PASSIVE_LIGHTWEIGHT -> Optional.of(false);
            case OFF, PASSIVE_LIGHTWEIGHT, ACTIVE_LIGHTWEIGHT -> Optional.empty();
        };
    }

    /// Whether a change is told by a lightweight notification, and whether at once.
    Optional<Boolean> lightly(String path) {
        return switch (of(path)) {
            case ACTIVE_LIGHTWEIGHT, PASSIVE_WITH_ACTIVE_LIGHTWEIGHT -> Optional.of(true);
            case PASSIVE_LIGHTWEIGHT, PASSIVE_WITH_PASSIVE_LIGHTWEIGHT -> Optional.of(false);
            case OFF, PASSIVE, ACTIVE -> Optional.empty();
        };
    }
}
