// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.Optional;
import java.util.function.BiFunction;

/// Backs `Device.IP.Diagnostics.UDPEchoConfig.`: keeps a server of UDP echo as it is configured. Thread-safe.
final class UdpEchoConfig implements AutoCloseable {
    static final String OBJECT = "Device.IP.Diagnostics.UDPEchoConfig.";

    private static final String NEVER = "0001-01-01T00:00:00Z";
    private static final long MOST = 0xFFFF_FFFFL;

    private final BiFunction<Snapshot, String, Egress> egress;
    private Optional<UdpEchoServer> server = Optional.empty();
    private Optional<Wanted> running = Optional.empty();
    private volatile UdpEchoServer.Counts counts = new UdpEchoServer.Counts();

    /// @param egress the link that stands behind a reference
    UdpEchoConfig(BiFunction<Snapshot, String, Egress> egress) {
        this.egress = egress;
    }

    /// @param own where it listens
    private record Wanted(InetSocketAddress own, InetAddress source, boolean plus) {}

    /// @throws UspException where it cannot work so
    void check(Snapshot settings) {
        Optional<Wanted> _ = wanted(settings);
    }

    private Optional<Wanted> wanted(Snapshot settings) {
        Optional<ObjectInstance> object = settings.object(OBJECT);
        if (object.flatMap(o -> o.value("Enable")).filter("true"::equals).isEmpty()) {
            return Optional.empty();
        }
        ObjectInstance config = object.orElseThrow();
        String source = config.value("SourceIPAddress").orElse("");
        if (source.isEmpty()) {
            throw wrong(OBJECT + "SourceIPAddress says whom it answers, and must not be empty while it is enabled");
        }
        long port = Long.parseLong(config.value("UDPPort").orElse("0"));
        if (port < 1 || port > 65_535) {
            throw wrong(OBJECT + "UDPPort is 1 to 65535 while it is enabled");
        }
        InetAddress address;
        try {
            address = InetAddress.ofLiteral(source);
        } catch (IllegalArgumentException odd) {
            throw wrong(OBJECT + "SourceIPAddress is no IP address");
        }
        Optional<InetAddress> own =
                egress.apply(settings, config.value("Interface").orElse("")).source(address);
        int number = Math.toIntExact(port);
        return Optional.of(new Wanted(
                own.map(link -> new InetSocketAddress(link, number)).orElseGet(() -> new InetSocketAddress(number)),
                address,
                config.value("EchoPlusEnabled").filter("true"::equals).isPresent()));
    }

    private static UspException wrong(String why) {
        return new UspException(StandardErrorCode.INVALID_VALUE, why);
    }

    /// Makes the server be as it is wanted; counters begin anew with each one that is enabled.
    ///
    /// @throws UspException 7022 where it cannot listen; then there is none
    synchronized void adjust(Snapshot settings) {
        Optional<Wanted> wanted = wanted(settings);
        if (wanted.equals(running)) {
            return;
        }
        close();
        if (wanted.isPresent()) {
            UdpEchoServer.Counts fresh = new UdpEchoServer.Counts();
            Wanted next = wanted.get();
            try {
                server = Optional.of(UdpEchoServer.open(next.own(), next.source(), next.plus(), fresh));
                counts = fresh;
                running = wanted;
            } catch (IOException taken) {
                throw ProgramRun.failure(OBJECT + "UDPPort: it cannot listen there: " + taken.getMessage());
            }
        }
    }

    /// A counter, or when the first or last packet came.
    String read(String parameter) {
        UdpEchoServer.Counts now = counts;
        return switch (parameter) {
            case "PacketsReceived" -> number(now.packetsReceived.get());
            case "PacketsResponded" -> number(now.packetsResponded.get());
            case "BytesReceived" -> number(now.bytesReceived.get());
            case "BytesResponded" -> number(now.bytesResponded.get());
            case "TimeFirstPacketReceived" -> time(now.first());
            case "TimeLastPacketReceived" -> time(now.last());
            default -> throw new UspException(StandardErrorCode.INTERNAL_ERROR, "not live: " + parameter);
        };
    }

    private static String number(long count) {
        return Long.toString(count & MOST);
    }

    private static String time(Optional<Instant> time) {
        return time.map(TransferMark::text).orElse(NEVER);
    }

    @Override
    public synchronized void close() {
        server.ifPresent(UdpEchoServer::close);
        server = Optional.empty();
        running = Optional.empty();
    }
}
