// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.device.diagnostics.capture.PacketSocket;
import dev.pharos.testkit.FileServer;
import dev.pharos.testkit.FileServer.Mood;
import dev.pharos.testkit.NetworkNamespace;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// Real packets on this host's links, in files that go to a real server.
@Timeout(60)
final class PacketCaptureTest {
    private static final String COMMAND = "Device." + PacketCapture.COMMAND;
    private static final Duration SOON = Duration.ofSeconds(20);

    @BeforeEach
    void allowed() {
        assumeThat(mayCapture()).as("this process may capture packets").isTrue();
    }

    private static boolean mayCapture() {
        try (PacketSocket _ = PacketSocket.ofAll()) {
            return true;
        } catch (IOException refused) {
            return false;
        }
    }

    /// Packet sockets of this host's network.
    private static List<String> sockets() throws IOException {
        return Files.readAllLines(Path.of("/proc/net/packet"));
    }

    private static Map<String, String> arguments(FileServer server, String... more) {
        Map<String, String> arguments =
                new HashMap<>(Map.of("FileTarget", server.url("capture").toString(), "Duration", "20"));
        for (int i = 0; i < more.length; i += 2) {
            arguments.put(more[i], more[i + 1]);
        }
        return arguments;
    }

    private static FutureTask<Map<String, String>> begun(Host host, Map<String, String> arguments) throws IOException {
        int before = sockets().size();
        FutureTask<Map<String, String>> task = new FutureTask<>(() -> host.model.operate(COMMAND, arguments));
        Thread.ofVirtual().start(task);
        await().atMost(SOON).until(() -> sockets().size() > before || task.isDone());
        return task;
    }

    /// Sends packets over loopback to a port where somebody listens, so that nobody answers them.
    private static void send(DatagramSocket to, String... texts) throws IOException {
        try (DatagramSocket from = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            for (String text : texts) {
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                from.send(new DatagramPacket(bytes, bytes.length, to.getLocalSocketAddress()));
            }
        }
    }

    private static DatagramSocket listener() throws IOException {
        return new DatagramSocket(0, InetAddress.getLoopbackAddress());
    }

    private static List<String> texts(CaptureReader capture, int from) {
        return capture.packets().stream()
                .map(CaptureReader.Entry::bytes)
                .map(bytes -> String.valueOf(bytes.utf8(from, bytes.size())))
                .toList();
    }

    @Test
    void packets_that_are_wanted_come_to_the_server_in_their_order() throws Exception {
        Instant begin = Instant.now();
        try (FileServer server = FileServer.of(new byte[0]);
                DatagramSocket wanted = listener();
                DatagramSocket other = listener();
                Host host = new Host()) {
            FutureTask<Map<String, String>> task = begun(
                    host,
                    arguments(server, "FilterExpression", "udp dst port " + wanted.getLocalPort(), "PacketCount", "3"));
            send(other, "not this");
            send(wanted, "one", "two", "three", "four");
            Map<String, String> outputs = task.get();

            assertThat(outputs)
                    .containsEntry("Status", "Complete")
                    .containsEntry(
                            "PacketCaptureResult.1.FileLocation",
                            server.url("capture").toString())
                    .containsEntry("PacketCaptureResult.1.Count", "3");
            assertThat(Instant.parse(outputs.getOrDefault("PacketCaptureResult.1.StartTime", "")))
                    .isAfterOrEqualTo(begin);
            assertThat(Duration.between(
                            begin, Instant.parse(outputs.getOrDefault("PacketCaptureResult.1.EndTime", ""))))
                    .as("it ends with its last packet")
                    .isLessThan(Duration.ofSeconds(19));
            CaptureReader capture = CaptureReader.read(server.puts().getFirst().content());
            // 16 bytes of Linux, 20 of IP, 8 of UDP
            assertThat(capture.link()).isEqualTo(113);
            assertThat(texts(capture, 44)).containsExactly("one", "two", "three");
            assertThat(capture.packets())
                    .allSatisfy(packet -> assertThat(packet.time()).isAfterOrEqualTo(begin));
        }
    }

    @Test
    void a_capture_ends_in_time_also_where_nothing_comes_and_the_file_says_so() throws Exception {
        try (FileServer server = FileServer.of(new byte[0]);
                Host host = new Host()) {
            Map<String, String> outputs = host.model.operate(
                    COMMAND,
                    arguments(server, "Duration", "1", "FilterExpression", "host 192.0.2.1", "Format", "pcapng"));

            assertThat(outputs).containsEntry("PacketCaptureResult.1.Count", "0");
            assertThat(CaptureReader.read(server.puts().getFirst().content()).packets())
                    .isEmpty();
        }
    }

    @Test
    void no_more_bytes_are_captured_than_were_asked_for() throws Exception {
        try (FileServer server = FileServer.of(new byte[0]);
                DatagramSocket wanted = listener();
                Host host = new Host()) {
            FutureTask<Map<String, String>> task = begun(
                    host,
                    arguments(server, "FilterExpression", "udp dst port " + wanted.getLocalPort(), "ByteCount", "100"));
            send(wanted, "one", "two", "three");

            assertThat(task.get()).containsEntry("PacketCaptureResult.1.Count", "2");
        }
    }

    @Test
    void a_cancelled_capture_ends_at_once_and_leaves_nothing() throws Exception {
        List<String> before = sockets();
        try (FileServer server = FileServer.of(new byte[0]);
                Host host = new Host()) {
            Thread[] runner = new Thread[1];
            FutureTask<Map<String, String>> task = new FutureTask<>(() -> {
                runner[0] = Thread.currentThread();
                return host.model.operate(COMMAND, arguments(server));
            });
            Thread.ofVirtual().start(task);
            await().atMost(SOON).until(() -> sockets().size() > before.size());
            runner[0].interrupt();

            assertThatExceptionOfType(ExecutionException.class)
                    .isThrownBy(() -> task.get(10, TimeUnit.SECONDS))
                    .withCauseInstanceOf(InterruptedException.class);
            assertThat(sockets()).isEqualTo(before);
            assertThat(Thread.getAllStackTraces().keySet())
                    .noneMatch(thread -> thread.getName().equals("packet-capture"));
            assertThat(server.puts()).isEmpty();
            assertThat(host.model.operate(COMMAND, arguments(server, "Duration", "1")))
                    .as("another may follow")
                    .containsEntry("Status", "Complete");
        }
    }

    @Test
    void a_second_one_at_once_is_refused() throws Exception {
        try (FileServer server = FileServer.of(new byte[0]);
                DatagramSocket wanted = listener();
                Host host = new Host()) {
            FutureTask<Map<String, String>> first = begun(
                    host, arguments(server, "PacketCount", "1", "FilterExpression", "port " + wanted.getLocalPort()));

            refused(host, arguments(server), StandardErrorCode.RESOURCES_EXCEEDED, "a capture is under way");
            send(wanted, "the end");
            assertThat(first.get()).containsEntry("PacketCaptureResult.1.Count", "1");
        }
    }

    @Test
    void a_server_that_takes_no_file_is_the_reason_and_nothing_stays() throws Exception {
        List<String> before = sockets();
        try (FileServer server = FileServer.of(new byte[0]).will(new Mood.Refusing(403, "", ""));
                Host host = new Host()) {
            refused(
                    host,
                    arguments(server, "Duration", "1"),
                    StandardErrorCode.COMMAND_FAILURE,
                    "answers with the status 403");
            assertThat(sockets()).isEqualTo(before);
        }
    }

    @Test
    void what_cannot_be_asked_for_is_refused_before_anything_is_captured() throws Exception {
        try (FileServer server = FileServer.of(new byte[0]);
                Host host = new Host()) {
            StandardErrorCode wrong = StandardErrorCode.INVALID_COMMAND_ARGUMENTS;
            refused(host, Map.of(), wrong, "not kept on the device");
            refused(host, arguments(server, "Duration", "601"), wrong, "Duration is 1 to 600");
            refused(host, arguments(server, "ByteCount", "99999999"), wrong, "ByteCount");
            refused(host, arguments(server, "FilterExpression", "port x"), wrong, "FilterExpression");
            refused(host, arguments(server, "Interface", "Device.IP.Interface.9."), wrong, "no interface");
            refused(
                    host,
                    arguments(server, "FileTarget", "file:///etc/passwd"),
                    StandardErrorCode.INVALID_ARGUMENTS,
                    "FileTarget: only https and http");
            assertThat(server.puts()).isEmpty();
        }
    }

    private static void refused(Host host, Map<String, String> arguments, StandardErrorCode code, String why) {
        assertThatExceptionOfType(UspException.class)
                .isThrownBy(() -> host.model.operate(COMMAND, arguments))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(code);
                    assertThat(refused).hasMessageContaining(why);
                });
    }

    @Test
    void who_may_not_see_packets_is_told_so() throws Exception {
        Process process = new ProcessBuilder(
                        "setpriv",
                        "--bounding-set=-net_raw",
                        "--inh-caps=-net_raw",
                        ProcessHandle.current().info().command().orElse("java"),
                        "-cp",
                        System.getProperty("java.class.path"),
                        MeasuringProgram.class.getName(),
                        COMMAND,
                        "FileTarget=http://127.0.0.1:9/")
                .redirectErrorStream(true)
                .start();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
        assertThat(output).contains("refused=").contains("it needs CAP_NET_RAW");
    }

    @Test
    void one_link_is_captured_with_its_ethernet_headers_and_no_other() throws Exception {
        assumeThat(NetworkNamespace.isAllowed())
                .as("this host lets us make network namespaces")
                .isTrue();
        try (NetworkNamespace near = NetworkNamespace.open();
                NetworkNamespace far = NetworkNamespace.open()) {
            near.connect(far, "wan0 10.3.0.1/24", "lan0 10.3.0.2/24");
            Process process =
                    near.java(System.getProperty("java.class.path"), LinkProgram.class, "wan0", "udp dst port 9", "1");
            try {
                BufferedReader lines = process.inputReader();
                String line = lines.readLine();
                while (line != null && !line.equals("ready")) {
                    line = lines.readLine();
                }
                assertThat(line).as("it listens").isNotNull();
                near.run("bash", "-c", "echo not this > /dev/udp/127.0.0.1/9");
                far.run("bash", "-c", "echo this > /dev/udp/10.3.0.1/9");
                List<String> packets = lines.lines().toList();

                assertThat(process.waitFor(30, TimeUnit.SECONDS)).isTrue();
                // two hardware addresses, IPv4, from the far one to the near one, UDP, the text
                assertThat(packets)
                        .singleElement()
                        .asString()
                        .matches("[0-9a-f]{24}080045[0-9a-f]{16}11[0-9a-f]{4}0a0300020a030001[0-9a-f]{16}746869730a");
            } finally {
                process.destroyForcibly();
            }
        }
    }
}
