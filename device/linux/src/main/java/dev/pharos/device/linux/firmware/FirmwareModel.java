// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.linux.firmware;

import dev.pharos.datamodel.definition.ArgumentDefinition;
import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterType;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// What a host with an installer supports of firmware.
final class FirmwareModel {
    static final String INFO = "Device.DeviceInfo.";
    static final String IMAGES = INFO + "FirmwareImage.";

    /// The argument that Device:2 has no word for.
    static final String KEEP_SETTINGS = "X_PHAROS-DEV_KeepSettings";

    private static final Map<String, Set<String>> BACKED = Map.of(
            INFO,
            Set.of(
                    "ActiveFirmwareImage",
                    "BootFirmwareImage",
                    "FirmwareImageNumberOfEntries",
                    "MaxNumberOfActivateTimeWindows"),
            IMAGES + "{i}.",
            Set.of("Alias", "Name", "Version", "Available", "Status", "BootFailureLog", "Download()", "Activate()"));

    private FirmwareModel() {}

    /// @param asked the commands that may say whether settings are kept
    static SupportedDataModel of(Set<String> asked) {
        SupportedDataModel standard = GatewayModel.load()
                .restrictedTo((object, element) ->
                        BACKED.getOrDefault(object, Set.of()).contains(element));
        return SupportedDataModel.of(
                standard.uri(),
                standard.objects().stream().map(object -> asking(object, asked)).toList());
    }

    private static ObjectDefinition asking(ObjectDefinition object, Set<String> asked) {
        return new ObjectDefinition(
                object.path(),
                object.access(),
                object.uniqueKeys(),
                object.parameters(),
                object.commands().stream()
                        .map(command -> asked.contains(command.name()) ? asking(command) : command)
                        .toList(),
                object.events(),
                object.description(),
                object.presence());
    }

    private static CommandDefinition asking(CommandDefinition command) {
        List<ArgumentDefinition> inputs = new ArrayList<>(command.inputs());
        inputs.add(new ArgumentDefinition(
                KEEP_SETTINGS,
                ParameterType.of(PrimitiveType.BOOLEAN),
                false,
                "Whether the image runs with the settings of the device; true where it is left out."));
        return new CommandDefinition(
                command.name(), command.asynchronous(), inputs, command.outputs(), command.description());
    }
}
