// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.device.prplos.uci.UciListing;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import org.junit.jupiter.api.Test;

/// Settings of obuspa become ours.
class ObuspaImportTest {
    private static final String RESET = """
            # as it left the factory
            Device.LocalAgent.EndpointID "os::00256D-1"
            Device.LocalAgent.MTP.1.Alias "cpe-1"
            Device.LocalAgent.MTP.1.Enable true
            Device.LocalAgent.MTP.1.Protocol "MQTT"
            Device.LocalAgent.MTP.1.MQTT.ResponseTopicConfigured "/usp/agent"
            Device.LocalAgent.MTP.1.MQTT.Reference "Device.MQTT.Client.1"
            Device.MQTT.Client.1.BrokerAddress "broker.example.com"
            Device.MQTT.Client.1.BrokerPort "8884"
            Device.MQTT.Client.1.TransportProtocol   "TLS"
            Device.MQTT.Client.1.Enable true
            Device.MQTT.Client.1.Username "gateway"
            Device.MQTT.Client.1.Password "it's hunter2"
            Device.MQTT.Client.1.KeepAliveTime "60"
            Device.LocalAgent.Controller.1.EndpointID "self::acs"
            Device.LocalAgent.Controller.1.Enable true
            Device.LocalAgent.Controller.1.AssignedRole "Device.LocalAgent.ControllerTrust.Role.1"
            Device.LocalAgent.Controller.1.PeriodicNotifInterval "3600"
            Device.LocalAgent.Controller.1.MTP.1.Protocol "MQTT"
            Device.LocalAgent.Controller.1.MTP.1.MQTT.Reference "Device.MQTT.Client.1"
            Device.LocalAgent.Controller.1.MTP.1.MQTT.Topic "usp/controller"
            Device.LocalAgent.Controller.2.EndpointID "self::two"
            Device.LocalAgent.Controller.2.Enable "false"
            Device.LocalAgent.Controller.2.MTP.1.Protocol "WebSocket"
            Device.LocalAgent.Controller.2.MTP.1.WebSocket.Host "two.example.com"
            Device.LocalAgent.Controller.2.MTP.1.WebSocket.Port "80"
            Device.LocalAgent.Controller.2.MTP.1.WebSocket.Path "/usp"
            Device.LocalAgent.Controller.2.MTP.1.WebSocket.EnableEncryption "false"
            Device.LocalAgent.Subscription.1.ID "mine"
            Device.Vendor.Secret "hunter2"
            Internal.Reboot.Cause "LocalFactoryReset"
            """;

    private static final String UCI = """
            config obuspa 'global'
            \toption enabled '1'
            \toption log_level '3'
            \toption trust_cert '/etc/ca.pem'

            config localagent
            \toption EndpointID 'os::00256D-1'

            config mtp
            \toption mqtt 'mqtt_acs'
            \toption ResponseTopicConfigured '/usp/agent'

            config mqtt 'mqtt_acs'
            \toption BrokerAddress 'broker.example.com'
            \toption BrokerPort '8884'
            \toption TransportProtocol 'TLS'
            \toption Username 'gateway'
            \toption Password 'it'\\''s hunter2'

            config controller
            \toption EndpointID 'self::acs'
            \toption Enable '1'
            \toption assigned_role_name 'full_access'
            \toption Protocol 'MQTT'
            \toption Topic 'usp/controller'
            \toption mqtt 'mqtt_acs'
            \toption PeriodicNotifInterval '3600'
            \tlist ParameterName 'Device.DeviceInfo.SoftwareVersion'
            """;

    private static ObuspaImport.Outcome read(String text) throws MalformedInputException {
        return ObuspaImport.of(text.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void a_reset_file_becomes_a_file_of_ours_with_what_was_not_taken_over() throws Exception {
        ObuspaImport.Outcome outcome = read(RESET);

        assertThat(outcome.settings()).isEqualTo("""

                config usp
                \toption endpoint_id 'os::00256D-1'
                \toption controller_id 'self::acs'
                \toption controller_url 'mqtts://broker.example.com:8884/usp/controller'
                \toption role 'full'
                \toption periodic_interval '3600'
                \toption response_topic '/usp/agent'
                \toption username 'gateway'
                \toption password 'it'\\''s hunter2'

                config controller
                \toption endpoint_id 'self::two'
                \toption url 'ws://two.example.com/usp'
                \toption enable '0'
                \toption role 'untrusted'

                """);
        assertThat(outcome.controllers()).isEqualTo(2);
        assertThat(outcome.remarks())
                .contains(
                        "line 14: Device.MQTT.Client.1.KeepAliveTime: not taken over",
                        "line 29: Device.LocalAgent.Subscription.1.ID: not taken over",
                        "line 30: Device.Vendor.Secret: not taken over",
                        "line 31: Internal.Reboot.Cause: not taken over")
                .anyMatch(remark -> remark.contains("Controller.2.: no role is said"))
                .anyMatch(remark -> remark.contains("Controller.2.: over WebSocket it is not encrypted"))
                .noneMatch(remark -> remark.contains("hunter2"))
                .hasSize(6);
    }

    @Test
    void the_settings_in_uci_become_the_same_with_what_only_they_say() throws Exception {
        ObuspaImport.Outcome outcome = read(UCI);

        assertThat(outcome.settings().lines())
                .containsAll(read(RESET.replaceAll("(?m)^.*Controller.2.*\\n", ""))
                        .settings()
                        .lines()
                        .toList())
                .contains(
                        "\toption enabled '1'",
                        "\toption ca '/etc/ca.pem'",
                        "\toption boot_parameter 'Device.DeviceInfo.SoftwareVersion'");
        assertThat(outcome.remarks()).containsExactly("line 3: option log_level: not taken over");
    }

    @Test
    void what_comes_of_it_is_read_without_a_word_of_complaint() throws Exception {
        byte[] settings = read(RESET).settings().getBytes(StandardCharsets.UTF_8);
        UspSettings again = UspSettings.of(
                UciListing.parse(settings),
                EndpointId.of("os::00256D-1"),
                EndpointId.of("self::acs"),
                (url, mtp, tls) -> url);
        assertThat(again.warnings()).isEmpty();
        assertThat(again.controllers()).hasSize(2);
        assertThat(again.controllers().values().iterator().next().entry().get(ControllerField.PASSWORD))
                .containsExactly("it's hunter2");
    }

    @Test
    void ways_that_are_off_or_lead_nowhere_are_left_out_with_the_reason() throws Exception {
        ObuspaImport.Outcome outcome = read(RESET + """
                Device.LocalAgent.Controller.3.EndpointID "self::three"
                Device.LocalAgent.Controller.3.MTP.1.Protocol "CoAP"
                Device.LocalAgent.Controller.4.EndpointID "self::four"
                Device.LocalAgent.Controller.4.MTP.1.Protocol "STOMP"
                Device.LocalAgent.Controller.4.MTP.1.STOMP.Reference "Device.STOMP.Connection.9"
                Device.LocalAgent.Controller.5.EndpointID "nobody"
                Device.LocalAgent.Controller.6.MTP.1.Enable "0"
                Device.LocalAgent.Controller.2.MTP.1.WebSocket.Port "eighty"
                Device.LocalAgent.Controller.1.AssignedRole "Device.LocalAgent.ControllerTrust.Role.7"
                """);
        assertThat(outcome.controllers()).isEqualTo(2);
        assertThat(outcome.settings()).contains("ws://two.example.com/usp", "option role 'untrusted'");
        assertThat(outcome.remarks())
                .anyMatch(remark -> remark.contains("Controller.3.MTP.1.: the protocol is none of"))
                .anyMatch(remark -> remark.contains("Controller.4.MTP.1.: no address says this way"))
                .anyMatch(remark -> remark.contains("Controller.4.: no way to it"))
                .anyMatch(remark -> remark.contains("Controller.5.: no controller with an EndpointID"))
                .anyMatch(remark -> remark.contains("Port: no port; 80 stands"))
                .anyMatch(remark -> remark.contains("AssignedRole: this role has no word here"));
    }

    @Test
    void lines_that_make_no_sense_are_named_and_passed_over_as_obuspa_does() throws Exception {
        assertThat(read("Device\n\"hunter2\" x\nDevice.X \"hunter2\n" + RESET).remarks())
                .contains("line 1: no parameter and value", "line 2: no parameter and value")
                .contains("line 3: no parameter and value")
                .noneMatch(remark -> remark.contains("hunter2"));
    }

    @Test
    void a_file_without_a_controller_that_is_reached_is_refused() {
        for (String nothing : new String[] {"", "hello\n", "# Device\n", "config obuspa 'global'\n", "\0\1\2"}) {
            assertThatExceptionOfType(MalformedInputException.class)
                    .isThrownBy(() -> read(nothing))
                    .satisfies(refused -> assertThat(refused.detail()).contains("no controller of obuspa"));
        }
        assertThatExceptionOfType(MalformedInputException.class)
                .isThrownBy(() -> read(UCI + "\toption x 'half"))
                .satisfies(refused -> assertThat(refused.detail()).contains("line 29"));
    }

    @Test
    void bytes_changed_anywhere_are_read_or_refused_and_no_secret_is_told() {
        Random random = new Random(3);
        for (String text : new String[] {RESET, UCI}) {
            for (int i = 0; i < 400; i++) {
                byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
                for (int j = 0; j <= i % 3; j++) {
                    bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
                }
                try {
                    ObuspaImport.Outcome outcome = ObuspaImport.of(bytes);
                    UciListing.parse(outcome.settings().getBytes(StandardCharsets.UTF_8));
                    assertThat(outcome.remarks()).noneMatch(remark -> remark.contains("hunter2"));
                } catch (MalformedInputException refused) {
                    assertThat(refused.detail()).doesNotContain("hunter2");
                }
            }
        }
    }
}
