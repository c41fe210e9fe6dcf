// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.diagnostics;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What a device can be asked to find out.
public enum DiagnosticKind {
    PING("ping", "Device.IP.Diagnostics.IPPing()", "Host"),
    TRACE("trace", "Device.IP.Diagnostics.TraceRoute()", "Host"),
    DOWNLOAD("download", "Device.IP.Diagnostics.DownloadDiagnostics()", "DownloadURL"),
    UPLOAD("upload", "Device.IP.Diagnostics.UploadDiagnostics()", "UploadURL"),
    UDP_ECHO("udp-echo", "Device.IP.Diagnostics.UDPEchoDiagnostics()", "Host"),
    SERVERS("servers", "Device.IP.Diagnostics.ServerSelectionDiagnostics()", "HostList"),
    LOOKUP("lookup", "Device.DNS.Diagnostics.NSLookupDiagnostics()", "HostName"),
    CAPTURE("capture", "Device.PacketCaptureDiagnostics()", "FileTarget");

    /// Arguments that stay on a device of TR-069, and what they are where nobody says anything of them.
    private static final Map<String, String> NEUTRAL = Map.of(
            "Interface", "",
            "DSCP", "0",
            "EthernetPriority", "0",
            "DNSServer", "",
            "NumberOfConnections", "1",
            "TimeBasedTestMeasurementInterval", "0",
            "TimeBasedTestMeasurementOffset", "0",
            "EnablePerConnectionResults", "false",
            "EnableIndividualPacketResults", "false");

    /// Arguments that are only written where somebody says them.
    private static final Set<String> OTHERS = Set.of("DataBlockSize", "TestFileLength", "ProtocolVersion");

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

    /// Which test of this server it is where no other one is named.
    Optional<TransferTests.Direction> own() {
        return switch (this) {
            case DOWNLOAD -> Optional.of(TransferTests.Direction.DOWNLOAD);
            case UPLOAD -> Optional.of(TransferTests.Direction.UPLOAD);
            case PING, TRACE, UDP_ECHO, SERVERS, LOOKUP, CAPTURE -> Optional.empty();
        };
    }

    /// Whether it needs to be said of whom.
    public boolean needsTarget() {
        return own().isEmpty() && this != CAPTURE;
    }

    /// The path of the command.
    public String command() {
        return command;
    }

    /// The object that a device has in place of the command, over TR-069.
    public String object() {
        return command.substring(0, command.length() - 2) + ".";
    }

    /// The argument that says of whom.
    String target() {
        return target;
    }

    /// What is written where nobody says otherwise and the device has it otherwise.
    static Map<String, String> neutral() {
        return NEUTRAL;
    }

    /// Whether this says what is to be done, and not what was found.
    boolean isInput(String name) {
        return name.equals(target) || NEUTRAL.containsKey(name) || OTHERS.contains(name) || usual().containsKey(name);
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
            case DOWNLOAD, UPLOAD -> Map.of("ProtocolVersion", "Any", "TimeBasedTestDuration", "5");
            case UDP_ECHO ->
                Map.of(
                        "ProtocolVersion", "Any",
                        "Port", "7",
                        "NumberOfRepetitions", "4",
                        "Timeout", "1000",
                        "InterTransmissionTime", "200");
            case SERVERS ->
                Map.of("ProtocolVersion", "Any", "Protocol", "ICMP", "NumberOfRepetitions", "3", "Timeout", "1000");
            case LOOKUP -> Map.of("Timeout", "5000", "NumberOfRepetitions", "1");
            case CAPTURE -> Map.of("Format", "libpcap", "Duration", "10");
        };
    }
}
