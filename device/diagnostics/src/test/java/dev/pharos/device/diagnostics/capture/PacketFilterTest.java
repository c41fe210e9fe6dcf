// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics.capture;

import static dev.pharos.device.diagnostics.capture.PacketBytes.ethernet;
import static dev.pharos.device.diagnostics.capture.PacketBytes.ipv4;
import static dev.pharos.device.diagnostics.capture.PacketBytes.ipv6;
import static dev.pharos.device.diagnostics.capture.PacketBytes.packet;
import static dev.pharos.device.diagnostics.capture.PacketBytes.ports;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.pharos.usp.Bytes;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/// Expressions, against packets whose bytes are written down.
final class PacketFilterTest {
    private static final Map<String, Packet> PACKETS = Map.of(
            "dns", ethernet("0800" + ipv4(17, ports(40_000, 53))),
            "web", ethernet("0800" + ipv4(6, ports(443, 50_000))),
            "ping", ethernet("0800" + ipv4(1, "0800")),
            "ping6", ethernet("86dd" + ipv6(58, "8000")),
            "dns6", ethernet("86dd" + ipv6(0, "1100000000000000" + ports(40_000, 53))),
            "arp", ethernet("0806" + "0001080006040001" + "020000000002c0000201" + "000000000000c6336407"),
            "tagged", ethernet("8100000a" + "0800" + ipv4(17, ports(53, 40_000))),
            "fragment", ethernet("0800" + ipv4(17, ports(40_000, 53)).replace("00000000" + "40", "00000010" + "40")));

    private static boolean wants(String expression, Packet packet) {
        return PacketFilter.of(expression).wants(LinkKind.ETHERNET, packet);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "ip;                                    dns web ping tagged fragment",
                "ip6;                                   ping6 dns6",
                "arp;                                   arp",
                "icmp or icmp6;                         ping ping6",
                "udp;                                   dns dns6 tagged fragment",
                "tcp;                                   web",
                "port 53;                               dns dns6 tagged",
                "udp dst port 53;                       dns dns6",
                "src port 53;                           tagged",
                "tcp portrange 400-500;                 web",
                "host 192.0.2.1;                        dns web ping arp tagged fragment",
                "src 198.51.100.7;                      ''",
                "dst 198.51.100.7 and not udp;          web ping arp",
                "net 2001:db8::/32;                     ping6 dns6",
                "ip net 192.0.0.0/12;                   dns web ping tagged fragment",
                "src net 192.0.2.128/25;                ''",
                "vlan;                                  tagged",
                "vlan 10 && port 53;                    tagged",
                "vlan 11;                               ''",
                "ether src 02:00:00:00:00:02 and arp;   arp",
                "ether host 02-00-00-00-00-09;          ''",
                "less 45 and not (arp or icmp6);        dns web ping fragment",
                "greater 60;                            dns6",
                "!ip && !ip6;                           arp",
                "port 53 or tcp and icmp;               dns dns6 tagged",
                "(port 53 or tcp) and icmp;             ''",
            })
    void an_expression_lets_through_what_it_names_and_nothing_else(String expression, String names) {
        assertThat(PACKETS.entrySet().stream()
                        .filter(entry -> wants(expression, entry.getValue()))
                        .map(Map.Entry::getKey)
                        .toList())
                .as(expression)
                .containsExactlyInAnyOrder(names.isEmpty() ? new String[0] : names.split(" "));
    }

    @Test
    void without_an_expression_everything_is_wanted() {
        assertThat(PACKETS.values()).allMatch(packet -> wants(" ", packet));
    }

    @Test
    void packets_without_a_header_of_a_link_and_with_that_of_linux_are_understood_too() {
        PacketFilter filter = PacketFilter.of("udp and dst port 53");
        String cooked = "0000" + "0001" + "0006" + "0200000000020000";

        assertThat(filter.wants(LinkKind.RAW, packet(ipv4(17, ports(40_000, 53)))))
                .isTrue();
        assertThat(filter.wants(LinkKind.RAW, packet(ipv6(17, ports(40_000, 53)))))
                .isTrue();
        assertThat(filter.wants(LinkKind.COOKED, packet(cooked + "0800" + ipv4(17, ports(40_000, 53)))))
                .isTrue();
        assertThat(PacketFilter.of("ether src 02:00:00:00:00:02")
                        .wants(LinkKind.COOKED, packet(cooked + "0800" + ipv4(17, ports(1, 2)))))
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "port",
                "port 70000",
                "port x",
                "host",
                "host www.example.com",
                "net 192.0.2.0/33",
                "ip and",
                "(ip",
                "ip)",
                "ip ip6",
                "not",
                "ether host 02:00",
                "portrange 1-2-3",
                "ip[0] = 4",
                "; rm -rf /",
            })
    void what_is_not_understood_is_refused_in_words(String expression) {
        assertThatExceptionOfType(UspException.class)
                .isThrownBy(() -> PacketFilter.of(expression))
                .satisfies(refused -> {
                    assertThat(refused.code()).isEqualTo(StandardErrorCode.INVALID_COMMAND_ARGUMENTS);
                    assertThat(refused).hasMessageContaining("FilterExpression: ");
                });
    }

    @Test
    void deep_parentheses_are_read_as_far_as_an_expression_may_be_long() {
        assertThat(wants("(".repeat(124) + "ip" + ")".repeat(124), ethernet("0800" + ipv4(1, ""))))
                .isTrue();
    }

    @Test
    void torn_and_random_packets_never_break_it() {
        PacketFilter filter = PacketFilter.of("port 53 or vlan 3 or ether host 02:00:00:00:00:01 or net 10.0.0.0/8");
        for (LinkKind kind : LinkKind.values()) {
            for (Packet whole : PACKETS.values()) {
                for (int length = 0; length < whole.bytes().size(); length++) {
                    boolean _ = filter.wants(
                            kind,
                            new Packet(
                                    whole.time(), whole.length(), whole.bytes().slice(0, length)));
                }
            }
            Random random = new Random(7);
            for (int i = 0; i < 20_000; i++) {
                byte[] bytes = new byte[random.nextInt(90)];
                random.nextBytes(bytes);
                if (bytes.length > 15) {
                    // else hardly one is IP
                    bytes[12] = (byte) (i % 3 == 0 ? 0x86 : i % 3 == 1 ? 0x08 : 0x81);
                    bytes[13] = (byte) (i % 3 == 0 ? 0xDD : 0);
                }
                boolean _ = filter.wants(kind, new Packet(PacketBytes.TIME, bytes.length, Bytes.adopt(bytes)));
            }
        }
    }
}
