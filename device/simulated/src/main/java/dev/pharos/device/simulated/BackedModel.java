// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.device.diagnostics.DiagnosticsElement;
import dev.pharos.device.firmware.files.FilesElement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/// The part of the gateway model that a simulated gateway makes up; read once and shared by all of them.
final class BackedModel {
    private static final List<String> AGENT_OBJECTS = List.of(
            "Device.LocalAgent.", "Device.BulkData.", "Device.MQTT.", "Device.STOMP.", "Device.UnixDomainSockets.");
    /// Its line needs nobody to dial in, LowerLayers say what stands on what, and at home addresses of IPv6 are made
    /// by whoever has them. Its processor is made up, and what runs on it as a software module runs on the host's.
    private static final List<String> NOT_THERE = List.of(
            "Device.PPP.",
            "Device.InterfaceStack",
            "Device.DHCPv6.Server.",
            "Device.LEDs.",
            "Device.QoS.",
            "Device.RouterAdvertisement.",
            "Device.SSH.",
            "Device.DeviceInfo.Processor");

    private static final Set<String> AGENT_ELEMENTS =
            Set.of("Reboot()", "FactoryReset()", "ScheduleTimer()", "SelfTestDiagnostics()", "Boot!");

    static final SupportedDataModel SUPPORTED =
            GatewayModel.load().restrictedTo((object, element) -> !backedElsewhere(object, element));

    private static final Set<String> LIVE = live();

    private BackedModel() {}

    static boolean backedByAgent(String supportedObjectPath, String element) {
        if (supportedObjectPath.equals("Device.")) {
            return AGENT_ELEMENTS.contains(element);
        }
        return AGENT_OBJECTS.stream().anyMatch(supportedObjectPath::startsWith);
    }

    static boolean backedElsewhere(String supportedObjectPath, String element) {
        return DiagnosticsElement.backs(supportedObjectPath, element)
                || NOT_THERE.stream().anyMatch((supportedObjectPath + element)::startsWith)
                || FilesElement.backs(supportedObjectPath, element)
                || backedByAgent(supportedObjectPath, element);
    }

    static boolean isLive(String supportedParameterPath) {
        return LIVE.contains(supportedParameterPath);
    }

    private static Set<String> live() {
        Set<String> live = new HashSet<>();
        for (ObjectDefinition object : SUPPORTED.objects()) {
            for (ParameterDefinition parameter : object.parameters()) {
                if (isComputed(object.path(), parameter)) {
                    live.add(object.path() + parameter.name());
                }
            }
        }
        return Set.copyOf(live);
    }

    private static boolean isComputed(String object, ParameterDefinition parameter) {
        PrimitiveType base = parameter.type().base();
        boolean unsigned = base == PrimitiveType.UNSIGNED_INT || base == PrimitiveType.UNSIGNED_LONG;
        if (object.endsWith("Stats.") && unsigned) {
            return !parameter.name().endsWith("ChannelChangeCount");
        }
        return switch (parameter.name()) {
            case "UpTime", "Free", "FreePersistent", "CPUUsage", "Size", "CPUTime", "CurrentLocalTime" -> true;
            case "LastChange", "ChannelLastChange" -> unsigned;
            case "LeaseTimeRemaining", "RemainingLeaseTime", "Retransmissions", "LastUpdate" -> true;
            case "MemUtilization", "CPUUtilization" -> true;
            case "UserModeUtilization", "SystemModeUtilization", "IdleModeUtilization" -> true;
            case "Noise" -> object.endsWith("Stats.");
            default -> false;
        };
    }
}
