// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dhcp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.discovery.ControllerLead;
import dev.pharos.mtp.discovery.ControllerPlace;
import dev.pharos.mtp.discovery.ControllerTerms;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DhcpOptionsTest {
    private static final DeviceDescription DEVICE = new DeviceDescription("00256D", "SN-1", "Pharos");

    private static DhcpOptions with(DhcpVersion version, Map<Integer, String> subOptions) {
        Map<Integer, Bytes> bytes = new java.util.TreeMap<>();
        subOptions.forEach((code, text) -> bytes.put(code, Bytes.ofUtf8(text)));
        return VendorInformation.ofBroadbandForum(bytes).addTo(DhcpOptions.none(version));
    }

    @ParameterizedTest
    @EnumSource
    void a_request_says_usp_under_the_number_of_the_broadband_forum(DhcpVersion version) throws Exception {
        DhcpOptions request = new DhcpRequest(DEVICE).options(version);
        DhcpOptions travelled = DhcpOptions.parse(version, request.format());
        assertThat(VendorClass.in(travelled).asksForController()).isTrue();
        String wire =
                travelled.of(version == DhcpVersion.V4 ? 124 : 16).getFirst().toHex();
        assertThat(wire).isEqualTo(version == DhcpVersion.V4 ? "00000de903757370" : "00000de90003757370");
    }

    @Test
    void what_another_enterprise_or_other_letters_say_asks_for_no_controller() throws Exception {
        for (String hex : new String[] {"00000de803757370", "00000de903555350", "00000de900"}) {
            DhcpOptions options = DhcpOptions.none(DhcpVersion.V4).with(124, Bytes.ofHex(hex));
            assertThat(VendorClass.in(options).asksForController()).isFalse();
        }
    }

    @ParameterizedTest
    @EnumSource
    void a_request_says_which_device_it_is_from(DhcpVersion version) throws Exception {
        DhcpOptions travelled = DhcpOptions.parse(
                version, new DhcpRequest(DEVICE).options(version).format());
        assertThat(DeviceDescription.ofClient(travelled)).contains(DEVICE);
        int first = version == DhcpVersion.V4 ? 1 : 11;
        assertThat(VendorInformation.in(travelled).orElseThrow().broadbandForum())
                .containsEntry(first, Bytes.ofUtf8("00256D"))
                .containsEntry(first + 1, Bytes.ofUtf8("SN-1"))
                .containsEntry(first + 2, Bytes.ofUtf8("Pharos"));
    }

    @ParameterizedTest
    @EnumSource
    void a_gateway_answers_who_it_is_only_to_who_said_so_first(DhcpVersion version) throws Exception {
        DeviceDescription gateway = new DeviceDescription("0200F0", "GW-1", "Gate");
        assertThat(gateway.answerTo(DhcpOptions.none(version))).isEmpty();
        VendorInformation answer =
                gateway.answerTo(new DhcpRequest(DEVICE).options(version)).orElseThrow();
        assertThat(answer.broadbandForum())
                .containsOnlyKeys(version == DhcpVersion.V4 ? new Integer[] {4, 5, 6} : new Integer[] {14, 15, 16});
        assertThat(DeviceDescription.ofGateway(answer.addTo(DhcpOptions.none(version))))
                .contains(gateway);
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("R-DIS.1a")
    void every_option_is_text_also_the_retry_interval_and_multiplier(DhcpVersion version) throws Exception {
        ControllerLead lead = ControllerOptions.in(
                        with(version, Map.of(25, "ws://h:1/usp", 26, "007", 27, "60", 28, "1500", 29, "self::pharos")))
                .orElseThrow();
        assertThat(lead.complaints()).isEmpty();
        assertThat(lead.terms())
                .isEqualTo(new ControllerTerms(
                        Optional.of("007"), Optional.of(Duration.ofSeconds(60)), Optional.of(1500)));
        assertThat(lead.terms().backoff()).isEqualTo(new RetryBackoff(Duration.ofSeconds(60), 1500));
        assertThat(lead.endpointId()).contains(EndpointId.of("self::pharos"));
    }

    @Test
    void terms_that_were_not_said_are_those_of_the_specification() {
        assertThat(ControllerTerms.NONE.backoff()).isEqualTo(RetryBackoff.DEFAULT);
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("R-DIS.1b")
    void the_controllers_address_is_a_url_or_a_name(DhcpVersion version) throws Exception {
        assertThat(ControllerOptions.in(with(version, Map.of(25, "wss://c.example.com/usp")))
                        .orElseThrow()
                        .address())
                .contains(new ControllerPlace.Url(URI.create("wss://c.example.com/usp")));
        assertThat(ControllerOptions.in(with(version, Map.of(25, "C.example.com.")))
                        .orElseThrow()
                        .address())
                .contains(new ControllerPlace.Fqdn("c.example.com"));
        ControllerLead neither =
                ControllerOptions.in(with(version, Map.of(25, "a b/c"))).orElseThrow();
        assertThat(neither.address()).isEmpty();
        assertThat(neither.complaints()).singleElement().asString().contains("neither");
    }

    @ParameterizedTest
    @EnumSource
    @Requirement("R-DIS.1c")
    void a_null_character_ends_a_value_and_is_no_part_of_it(DhcpVersion version) throws Exception {
        ControllerLead lead = ControllerOptions.in(with(
                        version,
                        Map.of(25, "c.example.com\0", 26, "code\0\0", 27, "9\0", 28, "2000\0", 29, "self::pharos\0")))
                .orElseThrow();
        assertThat(lead.complaints()).isEmpty();
        assertThat(lead.address()).contains(new ControllerPlace.Fqdn("c.example.com"));
        assertThat(lead.endpointId()).contains(EndpointId.of("self::pharos"));
        assertThat(lead.terms().provisioningCode()).contains("code");
        assertThat(lead.terms().backoff()).isEqualTo(new RetryBackoff(Duration.ofSeconds(9), 2000));
    }

    @Test
    void several_enterprises_stand_side_by_side() throws Exception {
        // Cisco (9), Broadband Forum (3561), and another block of the latter, with a sub-option that came before
        Bytes option = Bytes.ofHex("00000009" + "03" + "010178" + "00000de9" + "05" + "1d03413a31" + "00000de9" + "07"
                + "1d0159" + "1a025859");
        VendorInformation information = VendorInformation.in(
                        DhcpOptions.none(DhcpVersion.V4).with(125, option))
                .orElseThrow();
        assertThat(information.enterprises()).containsOnlyKeys(9L, 3561L);
        assertThat(information.broadbandForum())
                .containsEntry(29, Bytes.ofUtf8("A:1"))
                .containsEntry(26, Bytes.ofUtf8("XY"));
    }

    @Test
    void each_instance_of_the_dhcpv6_option_is_one_enterprise() throws Exception {
        DhcpOptions options = DhcpOptions.none(DhcpVersion.V6)
                .with(17, Bytes.ofHex("00000009" + "0001000178"))
                .with(17, Bytes.ofHex("00000de9" + "001a000241" + "42"));
        VendorInformation information = VendorInformation.in(options).orElseThrow();
        assertThat(information.enterprises()).containsOnlyKeys(9L, 3561L);
        assertThat(information.broadbandForum()).containsEntry(26, Bytes.ofUtf8("AB"));
    }

    @Test
    void a_long_dhcpv4_option_travels_in_pieces() throws Exception {
        Bytes value = Bytes.ofUtf8("x".repeat(600));
        DhcpOptions options = DhcpOptions.none(DhcpVersion.V4).with(125, value);
        assertThat(options.format().size()).isEqualTo(600 + 3 * 2);
        assertThat(DhcpOptions.parse(DhcpVersion.V4, options.format())).isEqualTo(options);
    }

    @Test
    void what_is_cut_off_is_said_to_be() {
        for (String hex : new String[] {"00000de9", "00000de905", "00000de90319054142", "0000"}) {
            DhcpOptions options = DhcpOptions.none(DhcpVersion.V4).with(125, Bytes.ofHex(hex));
            assertThatThrownBy(() -> ControllerOptions.in(options))
                    .isInstanceOf(MalformedInputException.class)
                    .hasMessageContaining("option 125")
                    .hasMessageContaining("cut off");
        }
        assertThatThrownBy(() -> DhcpOptions.parse(DhcpVersion.V6, Bytes.ofHex("0011000400")))
                .isInstanceOf(MalformedInputException.class)
                .hasMessageContaining("cut off");
    }

    @Test
    void numbers_out_of_range_are_refused_and_the_rest_counts() throws Exception {
        ControllerLead lead = ControllerOptions.in(with(
                        DhcpVersion.V4,
                        Map.of(25, "h", 26, "p".repeat(65), 27, "0", 28, "70000", 29, "no endpoint id")))
                .orElseThrow();
        assertThat(lead.address()).contains(new ControllerPlace.Fqdn("h"));
        assertThat(lead.terms()).isEqualTo(ControllerTerms.NONE);
        assertThat(lead.complaints()).hasSize(4);
    }

    @Test
    void a_dhcpv4_message_may_have_options_where_its_server_and_file_names_would_be() throws Exception {
        DhcpOptions vendor = with(DhcpVersion.V4, Map.of(25, "c.example.com"));
        ByteArrayOutputStream packet = new ByteArrayOutputStream();
        packet.writeBytes(new byte[] {2, 1, 6, 0, 1, 2, 3, 4});
        packet.writeBytes(new byte[36 + 64]);
        byte[] file = new byte[128];
        vendor.format().copyTo(file, 0);
        file[vendor.format().size()] = (byte) 255;
        packet.writeBytes(file);
        packet.writeBytes(Bytes.ofHex("63825363" + "340101" + "350105" + "ff").toByteArray());
        DhcpMessage message = DhcpMessage.parse(DhcpVersion.V4, Bytes.adopt(packet.toByteArray()));
        assertThat(message.type()).isEqualTo(5);
        assertThat(message.transaction()).isEqualTo(0x01020304L);
        assertThat(ControllerOptions.in(message.options())).isPresent();
    }

    @Test
    void option_43_is_read_as_tr_069_writes_it_and_as_many_servers_do() {
        DhcpOptions none = DhcpOptions.none(DhcpVersion.V4);
        assertThat(AcsOption.in(none.with(43, Bytes.ofHex("010b687474703a2f2f6163732f0203616263"))))
                .contains(new AcsOption("http://acs/", Optional.of("abc")));
        assertThat(AcsOption.in(none.with(43, Bytes.ofUtf8("https://acs.example.com/cwmp"))))
                .contains(new AcsOption("https://acs.example.com/cwmp", Optional.empty()));
        assertThat(AcsOption.in(none.with(43, Bytes.ofHex("01020304")))).isEmpty();
        assertThat(AcsOption.in(none.with(43, Bytes.ofHex("0109")))).isEmpty();
        assertThat(AcsOption.in(none)).isEmpty();
    }
}
