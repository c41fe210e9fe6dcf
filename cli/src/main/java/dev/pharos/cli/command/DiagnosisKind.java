// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/// What `pharos diagnose` can ask a device for.
enum DiagnosisKind {
    PING("ping"),
    TRACE("trace"),
    DOWNLOAD("download"),
    UPLOAD("upload"),
    UDP_ECHO("udp-echo"),
    SERVERS("servers"),
    LOOKUP("lookup"),
    CAPTURE("capture");

    private static final Map<String, String> COMMON =
            Map.of("--dscp", "DSCP", "-4", "ProtocolVersion", "--interface", "Interface");

    private final String text;

    DiagnosisKind(String text) {
        this.text = text;
    }

    static Optional<DiagnosisKind> of(String text) {
        return Arrays.stream(values()).filter(kind -> kind.text.equals(text)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(DiagnosisKind::text).collect(Collectors.joining(", "));
    }

    String text() {
        return text;
    }

    /// What an option is called in the data model.
    ///
    /// @return empty where this kind has nothing of it
    Optional<String> argument(String option) {
        String name = own().get(option);
        return Optional.ofNullable(name == null ? COMMON.get(option) : name).filter(known -> !known.isEmpty());
    }

    /// Beside what all have, or empty in place of it.
    private Map<String, String> own() {
        return switch (this) {
            case PING -> Map.of("--count", "NumberOfRepetitions", "--size", "DataBlockSize", "--reply", "Timeout");
            case TRACE ->
                Map.of(
                        "--count", "NumberOfTries",
                        "--size", "DataBlockSize",
                        "--reply", "Timeout",
                        "--hops", "MaxHopCount");
            case DOWNLOAD ->
                Map.of(
                        "--duration", "TimeBasedTestDuration",
                        "--interval", "TimeBasedTestMeasurementInterval",
                        "--connections", "NumberOfConnections");
            case UPLOAD ->
                Map.of(
                        "--duration", "TimeBasedTestDuration",
                        "--interval", "TimeBasedTestMeasurementInterval",
                        "--connections", "NumberOfConnections",
                        "--size", "TestFileLength");
            case UDP_ECHO ->
                Map.of(
                        "--count", "NumberOfRepetitions",
                        "--size", "DataBlockSize",
                        "--reply", "Timeout",
                        "--port", "Port");
            case SERVERS ->
                Map.of("--count", "NumberOfRepetitions", "--reply", "Timeout", "--protocol", "Protocol", "--dscp", "");
            case LOOKUP ->
                Map.of(
                        "--count", "NumberOfRepetitions",
                        "--reply", "Timeout",
                        "--dns", "DNSServer",
                        "--dscp", "",
                        "-4", "");
            case CAPTURE ->
                Map.of(
                        "--count", "PacketCount",
                        "--size", "ByteCount",
                        "--duration", "Duration",
                        "--filter", "FilterExpression",
                        "--format", "Format",
                        "--dscp", "",
                        "-4", "");
        };
    }

    /// Whom it is about.
    ///
    /// @return empty for the server itself
    /// @throws WrongUsageException where these are not as many as it wants
    Optional<String> target(List<String> targets) {
        return switch (this) {
            case PING, TRACE, UDP_ECHO -> Optional.of(only(targets, "one host"));
            case LOOKUP -> Optional.of(only(targets, "one name"));
            case DOWNLOAD, UPLOAD, CAPTURE ->
                targets.isEmpty() ? Optional.empty() : Optional.of(only(targets, "one URL"));
            case SERVERS -> {
                if (targets.isEmpty()) {
                    throw new WrongUsageException(text + " needs at least one host");
                }
                yield Optional.of(String.join(",", targets));
            }
        };
    }

    private String only(List<String> targets, String wanted) {
        if (targets.size() != 1) {
            throw new WrongUsageException(text + " needs " + wanted);
        }
        return targets.getFirst();
    }
}
