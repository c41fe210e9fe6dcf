// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.LongSummaryStatistics;
import java.util.Map;
import java.util.Optional;

/// UDPEchoDiagnostics(): sends packets to a server of UDP echo, or UDPEchoPlus, and waits for each to come back.
final class UdpEcho implements Diagnostic {
    /// Where nothing came.
    private static final String NEVER = "0001-01-01T00:00:00Z";

    @Override
    public Map<String, String> run(Order order) throws InterruptedException {
        String host = order.host("Host");
        Echoes echoes = new Echoes(
                Math.toIntExact(order.number("Port", 7, 1, 65_535)),
                order.number("NumberOfRepetitions", 1, 1, Limits.REPETITIONS),
                order.timeout(1_000),
                Math.toIntExact(order.number("DataBlockSize", 24, 1, Limits.DATA_BLOCK)),
                order.trafficClass(),
                Duration.ofMillis(order.number("InterTransmissionTime", 1_000, 1, 65_535)));
        Order.mustEnd(echoes.timeout().plus(echoes.interval()).multipliedBy(echoes.count()));
        Optional<InetAddress> address = HostNames.resolve(host, order.family());
        if (address.isEmpty()) {
            return Map.of("Status", "Error_CannotResolveHostName");
        }
        List<Echo> all;
        try {
            all = measure(address.get(), order.egress(), echoes);
        } catch (IOException failed) {
            throw ProgramRun.failure("no packet leaves: " + failed.getMessage());
        }
        Map<String, String> outputs = new LinkedHashMap<>();
        LongSummaryStatistics times = times(all);
        outputs.put("Status", "Complete");
        outputs.put("IPAddressUsed", AddressText.of(address.get().getAddress()));
        outputs.put("SuccessCount", Long.toString(times.getCount()));
        outputs.put("FailureCount", Long.toString(all.size() - times.getCount()));
        Times.micros(outputs, times, "");
        if (order.isTrue("EnableIndividualPacketResults")) {
            for (int i = 0; i < Math.min(all.size(), Limits.PACKETS); i++) {
                packet(outputs, "IndividualPacketResult." + (i + 1) + ".", all.get(i));
            }
        }
        return outputs;
    }

    /// What to send.
    ///
    /// @param size of the data, in bytes
    /// @param interval between the end of one and the begin of the next
    record Echoes(int port, long count, Duration timeout, int size, int trafficClass, Duration interval) {}

    /// One packet.
    ///
    /// @param received empty where it did not come back in time
    /// @param micros of its way there and back
    record Echo(long number, Instant sent, Optional<Instant> received, long micros, EchoPlus answer) {}

    static LongSummaryStatistics times(List<Echo> echoes) {
        return echoes.stream()
                .filter(echo -> echo.received().isPresent())
                .mapToLong(Echo::micros)
                .summaryStatistics();
    }

    /// Sends one packet after the other: none before the one before it came back, or was given up.
    ///
    /// @throws IOException where there is no socket to be had
    /// @throws InterruptedException where it is cancelled
    static List<Echo> measure(InetAddress target, Egress egress, Echoes echoes)
            throws IOException, InterruptedException {
        List<Echo> all = new ArrayList<>();
        InetSocketAddress own = egress.source(target)
                .map(source -> new InetSocketAddress(source, 0))
                .orElseGet(() -> new InetSocketAddress(0));
        try (DatagramSocket socket = new DatagramSocket(own)) {
            socket.setTrafficClass(echoes.trafficClass());
            socket.connect(new InetSocketAddress(target, echoes.port()));
            for (long number = 1; number <= echoes.count(); number++) {
                if (number > 1) {
                    Thread.sleep(echoes.interval());
                }
                all.add(one(socket, number, echoes));
                if (Thread.interrupted()) {
                    throw new InterruptedException();
                }
            }
        } catch (IOException broken) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            throw broken;
        }
        return all;
    }

    private static Echo one(DatagramSocket socket, long number, Echoes echoes) throws IOException {
        byte[] data = new byte[echoes.size()];
        boolean plus = data.length >= EchoPlus.BYTES;
        EchoPlus request = EchoPlus.request(number);
        if (plus) {
            request.write(ByteBuffer.wrap(data));
        }
        Instant sent = Instant.now();
        long begun = System.nanoTime();
        long until = begun + echoes.timeout().toNanos();
        try {
            socket.send(new DatagramPacket(data, data.length));
            byte[] buffer = new byte[data.length];
            while (true) {
                long left = (until - System.nanoTime()) / 1_000_000;
                if (left < 1) {
                    break;
                }
                socket.setSoTimeout(Math.toIntExact(left));
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                long micros = Math.max(1, (System.nanoTime() - begun) / 1_000);
                EchoPlus answer =
                        plus && packet.getLength() >= EchoPlus.BYTES ? EchoPlus.read(ByteBuffer.wrap(buffer)) : request;
                // one that comes too late must not count for the next
                if (packet.getLength() == data.length && answer.generated() == number) {
                    return new Echo(number, sent, Optional.of(Instant.now()), micros, answer);
                }
            }
        } catch (SocketTimeoutException | PortUnreachableException nobody) {
            return new Echo(number, sent, Optional.empty(), 0, request);
        }
        return new Echo(number, sent, Optional.empty(), 0, request);
    }

    private static void packet(Map<String, String> outputs, String prefix, Echo echo) {
        outputs.put(prefix + "PacketSuccess", Boolean.toString(echo.received().isPresent()));
        outputs.put(prefix + "PacketSendTime", TransferMark.text(echo.sent()));
        outputs.put(
                prefix + "PacketReceiveTime",
                echo.received().map(TransferMark::text).orElse(NEVER));
        outputs.put(prefix + "TestGenSN", Long.toString(echo.number()));
        outputs.put(prefix + "TestRespSN", Long.toString(echo.answer().responded()));
        outputs.put(prefix + "TestRespRcvTimeStamp", Long.toString(echo.answer().received()));
        outputs.put(
                prefix + "TestRespReplyTimeStamp", Long.toString(echo.answer().replied()));
        outputs.put(
                prefix + "TestRespReplyFailureCount",
                Long.toString(echo.answer().failures()));
    }
}
