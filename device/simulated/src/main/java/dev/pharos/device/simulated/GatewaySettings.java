// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.device.firmware.files.ConfigFile;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The settings of a simulated gateway as a file: a line that says so, then `path=value` of each parameter that
/// management can write, passwords and keys as well. Values lie in quotes, with `\n` for ends of lines.
final class GatewaySettings implements ConfigFile {
    private static final String HEAD = "# settings of a simulated gateway";

    private final GatewayElement gateway;

    GatewaySettings(GatewayElement gateway) {
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "settings.txt";
    }

    @Override
    public String description() {
        return "All settings of the gateway, with passwords and keys";
    }

    @Override
    public Optional<Instant> date() {
        return Optional.empty();
    }

    @Override
    public Bytes content() {
        List<String> lines = new ArrayList<>(List.of(HEAD));
        collect(gateway.context().snapshot().root(), lines);
        return Bytes.adopt((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
    }

    private static void collect(ObjectInstance object, List<String> lines) {
        BackedModel.SUPPORTED.object(object.definition().path()).ifPresent(definition -> {
            for (ParameterDefinition parameter : definition.parameters()) {
                String path = object.path() + parameter.name();
                if (isSetting(path)) {
                    lines.add(path + "=" + quoted(object.value(parameter.name()).orElse("")));
                }
            }
        });
        object.children().forEach(child -> collect(child, lines));
    }

    private static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\n", "\\n").replace("\r", "\\r") + '"';
    }

    @Override
    public void restore(Bytes content) {
        Map<String, String> wanted = read(new String(content.toByteArray(), StandardCharsets.UTF_8));
        try {
            gateway.update(transaction -> {
                wanted.forEach((path, value) -> {
                    if (transaction.snapshot().value(path).isEmpty()) {
                        throw failure("the gateway has no " + path + " now");
                    }
                    transaction.set(path, value);
                });
                gateway.settle(transaction, false);
            });
        } catch (UspException refused) {
            if (refused.code() == StandardErrorCode.COMMAND_FAILURE) {
                throw refused;
            }
            throw failure("the gateway does not take it: " + refused.fault().errMsg());
        }
    }

    private static Map<String, String> read(String text) {
        List<String> lines = text.lines().toList();
        if (lines.isEmpty() || !lines.getFirst().equals(HEAD)) {
            throw failure("it is no file of settings of a simulated gateway");
        }
        Map<String, String> wanted = new LinkedHashMap<>();
        for (String line : lines.subList(1, lines.size())) {
            int equals = line.indexOf("=\"");
            boolean whole = equals > 0 && line.length() >= equals + 3 && line.endsWith("\"");
            if (!whole || !isSetting(line.substring(0, equals))) {
                throw failure("its line " + (wanted.size() + 2) + " is no setting");
            }
            wanted.put(line.substring(0, equals), plain(line.substring(equals + 2, line.length() - 1)));
        }
        return wanted;
    }

    /// Which image runs is no matter of settings.
    private static boolean isSetting(String path) {
        return !path.contains("FirmwareImage")
                && BackedModel.SUPPORTED
                        .object(Paths.supported(Paths.holderOfParameter(path)))
                        .flatMap(object -> object.parameter(path.substring(path.lastIndexOf('.') + 1)))
                        .filter(parameter -> parameter.access() == ParameterAccess.READ_WRITE)
                        .isPresent();
    }

    private static String plain(String quoted) {
        StringBuilder plain = new StringBuilder();
        for (int i = 0; i < quoted.length(); i++) {
            char c = quoted.charAt(i);
            if (c == '\\' && i + 1 < quoted.length()) {
                char next = quoted.charAt(++i);
                plain.append(next == 'n' ? '\n' : next == 'r' ? '\r' : next);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    private static UspException failure(String why) {
        return new UspException(StandardErrorCode.COMMAND_FAILURE, why);
    }
}
