// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.cli.terminal.WrongUsageException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/// How a device is to measure.
final class DiagnoseOptions {
    @Option(
            names = "--count",
            paramLabel = "N",
            description = "How often; of a trace, at each hop; of a capture, packets at most.")
    private @Nullable Long count;

    @Option(
            names = "--size",
            paramLabel = "BYTES",
            description = "How much data each packet has, or a file; of a capture, at most.")
    private @Nullable Long size;

    @Option(names = "--reply", paramLabel = "MS", description = "How long each answer is waited for.")
    private @Nullable Long reply;

    @Option(names = "--hops", paramLabel = "N", description = "trace: how many hops at most.")
    private @Nullable Long hops;

    @Option(names = "--dscp", paramLabel = "N", description = "The DSCP of the packets, 0 to 63.")
    private @Nullable Long dscp;

    @Option(names = "--interface", paramLabel = "PATH", description = "By which one: Device.IP.Interface.1.")
    private @Nullable String through;

    @Option(names = "--port", paramLabel = "N", description = "udp-echo: of the host (usual: 7).")
    private @Nullable Long port;

    @Option(
            names = "--duration",
            paramLabel = "SECONDS",
            description = "Of a transfer, 0 for one file (usual: 5); of a capture (usual: 10).")
    private @Nullable Long duration;

    @Option(names = "--interval", paramLabel = "SECONDS", description = "Also tell how a transfer goes meanwhile.")
    private @Nullable Long interval;

    @Option(names = "--connections", paramLabel = "N", description = "Of a transfer, at once (usual: 1).")
    private @Nullable Long connections;

    @Option(names = "--protocol", paramLabel = "NAME", description = "servers: ICMP or \"UDP Echo\".")
    private @Nullable String protocol;

    @Option(names = "--dns", paramLabel = "HOST", description = "lookup: which DNS server is asked.")
    private @Nullable String dns;

    @Option(
            names = "--filter",
            paramLabel = "EXPRESSION",
            description = "capture: which packets, as for tcpdump: \"udp port 53\".")
    private @Nullable String filter;

    @Option(names = "--format", paramLabel = "NAME", description = "capture: libpcap (usual) or pcapng.")
    private @Nullable String format;

    @Option(
            names = {"-4", "--ipv4"},
            description = "Only IPv4.")
    private boolean four;

    @Option(
            names = {"-6", "--ipv6"},
            description = "Only IPv6.")
    private boolean six;

    /// What was given, by its name in the data model.
    ///
    /// @throws WrongUsageException where this kind has nothing of it
    Map<String, String> arguments(DiagnosisKind kind) {
        Map<String, @Nullable Object> given = new LinkedHashMap<>();
        given.put("--count", count);
        given.put("--size", size);
        given.put("--reply", reply);
        given.put("--hops", hops);
        given.put("--dscp", dscp);
        given.put("--interface", through);
        given.put("--port", port);
        given.put("--duration", duration);
        given.put("--interval", interval);
        given.put("--connections", connections);
        given.put("--protocol", protocol);
        given.put("--dns", dns);
        given.put("--filter", filter);
        given.put("--format", format);
        given.put("-4", version());
        Map<String, String> arguments = new LinkedHashMap<>();
        given.forEach((option, value) -> {
            if (value != null) {
                String name = kind.argument(option)
                        .orElseThrow(() -> new WrongUsageException(kind.text() + " has no " + option));
                arguments.put(name, value.toString());
            }
        });
        return arguments;
    }

    private @Nullable String version() {
        if (four && six) {
            throw new WrongUsageException("-4 and -6 exclude each other");
        }
        return four ? "IPv4" : six ? "IPv6" : null;
    }
}
