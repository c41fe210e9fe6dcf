// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What a device can be asked to find out.
public enum DiagnosticKind {
    PING("ping", "Device.IP.Diagnostics.IPPing()", "Host"),
    TRACE("trace", "Device.IP.Diagnostics.TraceRoute()", "Host"),
    LOOKUP("lookup", "Device.DNS.Diagnostics.NSLookupDiagnostics()", "HostName");

    private final String text;
    private final String command;
    private final String target;

    DiagnosticKind(String text, String command, String target) {
        this.text = text;
        this.command = command;
        this.target = target;
    }

    public static Optional<DiagnosticKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    /// `ping, trace, …`
    public static String names() {
        return Arrays.stream(values()).map(DiagnosticKind::text).collect(Collectors.joining(", "));
    }

    public String text() {
        return text;
    }

    /// The path of the command.
    public String command() {
        return command;
    }

    /// What to send to the device.
    ///
    /// @param wanted of whom
    /// @param arguments the command's own, which win over what is usual
    Map<String, String> inputs(String wanted, Map<String, String> arguments) {
        Map<String, String> inputs = new LinkedHashMap<>(usual());
        inputs.putAll(arguments);
        inputs.put(target, wanted);
        return inputs;
    }

    /// What is sent where nobody says otherwise.
    private Map<String, String> usual() {
        return switch (this) {
            case PING ->
                Map.of(
                        "ProtocolVersion", "Any",
                        "NumberOfRepetitions", "4",
                        "Timeout", "1000",
                        "DataBlockSize", "56");
            case TRACE ->
                Map.of("ProtocolVersion", "Any", "NumberOfTries", "3", "Timeout", "2000", "MaxHopCount", "30");
            case LOOKUP -> Map.of("Timeout", "5000", "NumberOfRepetitions", "1");
        };
    }
}
