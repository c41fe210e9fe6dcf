// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.datamodel.instance.Origin;
import dev.pharos.usp.StandardErrorCode;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/// The UDP echo server of one device, asked by the diagnostics of another.
@Timeout(60)
class UdpEchoTest {
    private final Host asking = new Host();
    private final Host asked = new Host();

    @AfterEach
    void stop() {
        asking.close();
        asked.close();
    }

    private static int freePort() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0)) {
            return socket.getLocalPort();
        }
    }

    private void set(Map<String, String> values) {
        asked.model.write(Origin.MANAGEMENT, transaction -> {
            values.forEach((name, value) -> transaction.set(UdpEchoConfig.OBJECT + name, value));
            return transaction;
        });
    }

    private Map<String, String> echo(int port, Map<String, String> arguments) throws InterruptedException {
        Map<String, String> inputs = new HashMap<>(Map.of(
                "Host", "127.0.0.1",
                "Port", Integer.toString(port),
                "NumberOfRepetitions", "3",
                "Timeout", "500",
                "InterTransmissionTime", "10"));
        inputs.putAll(arguments);
        return asking.model.operate(Host.IP + "UDPEchoDiagnostics()", inputs);
    }

    @Test
    void packets_come_back_and_what_the_server_adds_is_told_for_each() throws Exception {
        int port = freePort();
        set(Map.of(
                "UDPPort", Integer.toString(port),
                "SourceIPAddress", "127.0.0.1",
                "EchoPlusEnabled", "true",
                "Enable", "true"));

        Map<String, String> outputs = echo(port, Map.of("EnableIndividualPacketResults", "true"));

        assertThat(outputs)
                .containsEntry("Status", "Complete")
                .containsEntry("IPAddressUsed", "127.0.0.1")
                .containsEntry("SuccessCount", "3")
                .containsEntry("FailureCount", "0")
                .containsEntry("IndividualPacketResult.1.PacketSuccess", "true")
                .containsEntry("IndividualPacketResult.3.TestGenSN", "3")
                .containsEntry("IndividualPacketResult.3.TestRespSN", "3")
                .containsEntry("IndividualPacketResult.3.TestRespReplyFailureCount", "0");
        assertThat(Long.parseLong(outputs.getOrDefault("AverageResponseTime", "0")))
                .isPositive();
        assertThat(asked.value(UdpEchoConfig.OBJECT + "PacketsReceived")).isEqualTo("3");
        // what is on its way is counted when it has been sent, and so may be here before
        await().untilAsserted(() ->
                assertThat(asked.value(UdpEchoConfig.OBJECT + "BytesResponded")).isEqualTo("72"));
        assertThat(asked.value(UdpEchoConfig.OBJECT + "PacketsResponded")).isEqualTo("3");
        assertThat(asked.value(UdpEchoConfig.OBJECT + "TimeLastPacketReceived")).doesNotStartWith("0001");
    }

    @Test
    void packets_too_small_for_a_number_come_back_too() throws Exception {
        int port = freePort();
        set(Map.of("UDPPort", Integer.toString(port), "SourceIPAddress", "127.0.0.1", "Enable", "true"));

        assertThat(echo(port, Map.of("DataBlockSize", "4"))).containsEntry("SuccessCount", "3");
    }

    @Test
    void nobody_but_the_named_host_is_answered() throws Exception {
        int port = freePort();
        set(Map.of("UDPPort", Integer.toString(port), "SourceIPAddress", "192.0.2.99", "Enable", "true"));

        assertThat(echo(port, Map.of("NumberOfRepetitions", "1")))
                .containsEntry("Status", "Complete")
                .containsEntry("SuccessCount", "0")
                .containsEntry("FailureCount", "1");
        assertThat(asked.value(UdpEchoConfig.OBJECT + "PacketsReceived")).isEqualTo("0");
    }

    @Test
    void it_stops_when_it_is_disabled_and_begins_to_count_anew() throws Exception {
        int port = freePort();
        set(Map.of("UDPPort", Integer.toString(port), "SourceIPAddress", "127.0.0.1", "Enable", "true"));
        assertThat(echo(port, Map.of())).containsEntry("SuccessCount", "3");

        set(Map.of("Enable", "false"));
        assertThat(echo(port, Map.of())).containsEntry("SuccessCount", "0");
        assertThat(asked.value(UdpEchoConfig.OBJECT + "PacketsReceived")).isEqualTo("3");

        set(Map.of("Enable", "true"));
        assertThat(asked.value(UdpEchoConfig.OBJECT + "PacketsReceived")).isEqualTo("0");
        assertThat(echo(port, Map.of())).containsEntry("SuccessCount", "3");
    }

    @Test
    void what_cannot_be_is_refused_and_changes_nothing() throws Exception {
        DiagnosticsTest.refused(StandardErrorCode.INVALID_VALUE, () -> set(Map.of("UDPPort", "7", "Enable", "true")));
        DiagnosticsTest.refused(
                StandardErrorCode.INVALID_VALUE, () -> set(Map.of("SourceIPAddress", "127.0.0.1", "Enable", "true")));
        DiagnosticsTest.refused(
                StandardErrorCode.INVALID_VALUE,
                () -> set(Map.of("SourceIPAddress", "127.0.0.1", "UDPPort", "70000", "Enable", "true")));
        try (DatagramSocket taken = new DatagramSocket(new InetSocketAddress(0))) {
            DiagnosticsTest.refused(
                    StandardErrorCode.COMMAND_FAILURE,
                    () -> set(Map.of(
                            "SourceIPAddress", "127.0.0.1",
                            "UDPPort", Integer.toString(taken.getLocalPort()),
                            "Enable", "true")));
        }
        assertThat(asked.value(UdpEchoConfig.OBJECT + "Enable")).isEqualTo("false");
    }

    @Test
    void an_answer_that_was_not_asked_for_does_not_count() throws Exception {
        try (DatagramSocket liar = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            FutureTask<Boolean> lying = new FutureTask<>(() -> {
                byte[] data = new byte[100];
                DatagramPacket packet = new DatagramPacket(data, data.length);
                while (!liar.isClosed()) {
                    liar.receive(packet);
                    // of another number
                    data[3] = 99;
                    liar.send(packet);
                }
                return true;
            });
            Thread.ofVirtual().start(lying);

            assertThat(echo(liar.getLocalPort(), Map.of("NumberOfRepetitions", "2")))
                    .containsEntry("SuccessCount", "0")
                    .containsEntry("FailureCount", "2");
        }
    }

    @Test
    void of_several_servers_the_fastest_is_selected() throws Exception {
        assumeThat(HostPrograms.OF_THIS_HOST.find("ping"))
                .as("ping is installed")
                .isPresent();
        Map<String, String> inputs = new HashMap<>(Map.of(
                "HostList", "nobody.invalid,127.0.0.1",
                "ProtocolVersion", "Any",
                "Protocol", "ICMP",
                "NumberOfRepetitions", "2",
                "Timeout", "1000"));

        Map<String, String> outputs = asking.model.operate(Host.IP + "ServerSelectionDiagnostics()", inputs);

        assertThat(outputs)
                .containsEntry("Status", "Complete")
                .containsEntry("FastestHost", "127.0.0.1")
                .containsEntry("IPAddressUsed", "127.0.0.1");
        assertThat(Long.parseLong(outputs.getOrDefault("MinimumResponseTime", "0")))
                .isPositive();

        inputs.put("HostList", "nobody.invalid,no-one.invalid");
        assertThat(asking.model.operate(Host.IP + "ServerSelectionDiagnostics()", inputs))
                .containsExactlyEntriesOf(Map.of("Status", "Error_CannotResolveHostName"));
        inputs.put("HostList", "127.0.0.1,-f");
        DiagnosticsTest.refused(
                StandardErrorCode.INVALID_COMMAND_ARGUMENTS,
                () -> asking.model.operate(Host.IP + "ServerSelectionDiagnostics()", inputs));
    }
}
