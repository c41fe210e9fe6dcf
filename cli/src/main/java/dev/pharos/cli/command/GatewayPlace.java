// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import dev.pharos.device.prplos.mapping.MappedElement;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.mapping.MappingFormatException;
import dev.pharos.device.prplos.mapping.MappingReader;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.uci.UciFolders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// Where the parts of the gateway are, as `--uci`, `--ubus` and `--mapping` say.
final class GatewayPlace {
    private GatewayPlace() {}

    /// @throws WrongUsageException naming the option that cannot be used
    static AgentDevice.Gateway of(AgentOptions options, AgentDevice behind) throws IOException {
        Path uci = options.uci;
        Path ubus = options.ubus;
        Path mapping = options.mapping;
        if (behind != AgentDevice.PRPLOS && (uci != null || ubus != null || mapping != null)) {
            throw wrong("--uci, --ubus and --mapping need --device prplos");
        }
        if (uci != null && !Files.isDirectory(uci)) {
            throw wrong("--uci: no folder " + uci);
        }
        if (mapping != null && !Files.isReadable(mapping)) {
            throw wrong("--mapping: cannot read " + mapping);
        }
        return new AgentDevice.Gateway(
                uci == null ? UciFolders.OF_THIS_HOST : UciFolders.at(uci),
                ubus == null ? UbusConfig.OF_THIS_HOST : UbusConfig.at(ubus),
                mapping == null ? Mapping.ofOpenWrt() : mapping(mapping));
    }

    private static Mapping mapping(Path file) throws IOException {
        try {
            Mapping mapping = MappingReader.read(file.toString(), Files.readString(file));
            MappedElement.mustBeKnown(mapping);
            return mapping;
        } catch (MappingFormatException | IllegalArgumentException unusable) {
            throw wrong("--mapping: " + unusable.getMessage());
        }
    }

    private static WrongUsageException wrong(String message) {
        return new WrongUsageException(message);
    }
}
