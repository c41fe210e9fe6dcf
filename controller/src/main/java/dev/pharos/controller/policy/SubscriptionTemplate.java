// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.policy;

import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.Frozen;
import java.util.List;
import java.util.regex.Pattern;

/// A subscription that we want on every device that supports what it refers to.
///
/// @param id the Subscription's `ID`, by which we know our own rows; at most 64 characters
/// @param notifType `Event`, `ValueChange`, `ObjectCreation`, `ObjectDeletion` or `OperationComplete`
/// @param references only those that a device's supported data model has are asked for
public record SubscriptionTemplate(String id, String notifType, List<String> references) {
    /// What changes by itself all the time. Over USP the device's model says that it is not told; over TR-069 nothing
    /// does, and a device that tells of it at once opens a session each time.
    private static final Pattern RESTLESS =
            Pattern.compile("\\.(Stats|AssociatedDevice|DataElements|X_[^.]*Stats[^.]*)\\."
                    + "|\\.NeighboringWiFiDiagnostic\\.|\\.(LastChange|UpTime|Noise|SignalStrength|DiagnosticsState)$");

    public SubscriptionTemplate {
        references = Frozen.list(references);
    }

    /// What is watched unless an operator says otherwise.
    public static final List<SubscriptionTemplate> DEFAULTS = List.of(
            new SubscriptionTemplate("pharos-boot", "Event", List.of("Device.Boot!")),
            new SubscriptionTemplate("pharos-periodic", "Event", List.of("Device.LocalAgent.Periodic!")),
            new SubscriptionTemplate("pharos-transfers", "Event", List.of("Device.LocalAgent.TransferComplete!")),
            new SubscriptionTemplate("pharos-modules", "Event", List.of("Device.SoftwareModules.DUStateChange!")),
            new SubscriptionTemplate(
                    "pharos-values",
                    "ValueChange",
                    List.of("Device.WiFi.", "Device.DeviceInfo.SoftwareVersion", "Device.ProxiedDevice.*.Online")),
            new SubscriptionTemplate(
                    "pharos-created",
                    "ObjectCreation",
                    List.of(
                            "Device.WiFi.SSID.",
                            "Device.WiFi.AccessPoint.",
                            "Device.WiFi.AccessPoint.*.AssociatedDevice.",
                            "Device.Hosts.Host.",
                            "Device.ProxiedDevice.")),
            new SubscriptionTemplate(
                    "pharos-deleted",
                    "ObjectDeletion",
                    List.of(
                            "Device.WiFi.SSID.*.",
                            "Device.WiFi.AccessPoint.*.",
                            "Device.WiFi.AccessPoint.*.AssociatedDevice.*.",
                            "Device.Hosts.Host.*.",
                            "Device.ProxiedDevice.*.")),
            new SubscriptionTemplate("pharos-completed", "OperationComplete", List.of("Device.")));

    /// Whether it is of values that change.
    public boolean ofValues() {
        return notifType.equals("ValueChange");
    }

    /// Whether a device that is not told by its model what is worth a word shall tell of this parameter.
    public boolean tellsOf(String parameter) {
        return references.stream()
                        .anyMatch(each -> each.endsWith(".") ? parameter.startsWith(each) : parameter.equals(each))
                && !RESTLESS.matcher(parameter).find();
    }

    /// The references that this model has.
    public List<String> referencesIn(SupportedModel model) {
        return references.stream().filter(model::supports).toList();
    }
}
