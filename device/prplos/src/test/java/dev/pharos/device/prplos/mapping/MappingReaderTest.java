// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/// Files that integrators write.
class MappingReaderTest {

    @Test
    void the_mapping_of_openwrt_is_read_and_is_in_the_gateway_model() {
        Mapping mapping = Mapping.ofOpenWrt();

        assertThat(mapping.tables())
                .extracting(Mapping.Table::path)
                .containsExactly(
                        "Device.WiFi.",
                        "Device.WiFi.Radio.",
                        "Device.WiFi.SSID.",
                        "Device.WiFi.AccessPoint.",
                        "Device.Ethernet.VLANTermination.",
                        "Device.Bridging.Bridge.",
                        "Device.PPP.Interface.",
                        "Device.IP.Interface.",
                        "Device.Routing.Router.1.IPv4Forwarding.",
                        "Device.Routing.Router.1.IPv6Forwarding.",
                        "Device.DHCPv4.Client.",
                        "Device.DHCPv6.Client.",
                        "Device.NAT.PortMapping.",
                        "Device.NAT.InterfaceSetting.",
                        "Device.Firewall.Chain.1.Rule.",
                        "Device.QoS.Classification.",
                        "Device.DHCPv4.Server.Pool.",
                        "Device.DHCPv6.Server.Pool.",
                        "Device.RouterAdvertisement.InterfaceSetting.",
                        "Device.DNS.Relay.",
                        "Device.DeviceInfo.",
                        "Device.LEDs.",
                        "Device.Time.",
                        "Device.Time.",
                        "Device.Time.Client.",
                        "Device.SSH.Server.",
                        "Device.QoS.Shaper.");
        assertThat(mapping.reloads()).containsEntry("wireless", new Mapping.Reload("network", "reload", false));
        assertThat(mapping.reloads()).containsEntry("network", new Mapping.Reload("network", "reload", true));
        assertThat(MappedModel.of(mapping).object("Device.WiFi.AccessPoint.{i}.Security."))
                .isPresent();
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    package wireless                                      | 1: expected: package NAME reload OBJECT METHOD
                    key Name = section                                    | 1: expected: table PATH
                    table Device.X of wireless t                          | 1: expected: a path of a table
                    table Device.X. of wireless t                         | 1: the table has no key
                    table Device.X. of w t~key A = section~key B = section| 3: expected: one key only
                    table Device.X. of w t~key A = section~B = b nonsense | 3: not a kind: nonsense
                    table Device.X. of w t~key A = section~B = b          | 3: expected: OPTION KIND
                    table Device.X. of w t~key A = section~B = b-c text   | 3: expected: an option
                    table Device.X. of w t~key A = section~B = b row D.   | 3: expected: a table above
                    table Device.X. of w t~key A = section~B = b choice x | 3: expected: MODEL=UCI
                    table Device.X. of w t~key A = section~B = b choice x=y absent z | 3: expected: one of the words
                    table Device.X. of w t~key A = section~B = b text~B = c text     | 4: expected: B once only
                    table Device.X. of w t~where a = b                    | 2: expected: where OPTION is
                    table Device.X. of w t~need a b 3 when c is d         | 2: expected: a number in place of b
                    table Device.X. of w t~key A = section~B ~ o m first x=@ else y  | 3: expected: PARAMETER ~
                    table Device.X. of w t~key A = section~B ~ o m first x=.. else y silent z | 3: expected: WORD=PATH
                    table Device.X. of w t~key A = section~B = b text~B ~ o m first x=@ else y silent z | 4: expected: B once only
                    table Device.X. of w t~key A = section~add a=b~add            | 4: expected: one add only
                    table Device.X. of w t~key A = section~add b                  | 3: expected: OPTION=VALUE
                    table Device.X. of w t~key A = section~delete b=c             | 3: expected: delete OPTION=VALUE
                    table Device.X. of w t~where a is b~key A = section~add a=c   | 1: add makes what is no row
                    table Device.X. of w t~key A = section~called a b             | 3: expected: called OBJECT
                    table Device.X. of w t~key A = section~B ~ o m value x when y | 3: expected: PARAMETER ~ OBJECT METHOD [live] value
                    table Device.X. of w t~key A = section~B ~ o m value x~B ~ o m value x | 4: expected: B once only
                    table Device.X. of w t~key A = section~B ~ o m live value ..          | 3: expected: a path in place of ..
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~fixed addresses a b | 4: expected: fixed addresses
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = name~fixed addresses a b when c is d | 3: expected: fixed addresses with
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~C = configured a b | 4: not a kind: b
                    rows B. of Device.X. in o m at x                              | 1: expected: a table above
                    rows B. of Device.X. in o m                                   | 1: expected: rows NAME
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x | 3: the rows have no key
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~C = colour | 4: expected: name, value
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = live name | 4: expected: a key that the list itself has
                    table Device.X. of w t~key A = section~B = b from C D         | 3: expected: from to PARAMETER
                    table Device.X. of w t~key A = section~B = b words x y z      | 3: expected: words SO ELSE ABSENT
                    table Device.X. of w t~key A = section~B = b first from C in p o | 3: expected: first to PARAMETER
                    table Device.X. of w t~key A = section~rows B. of Device.X.~key C = name        | 3: expected: rows in OBJECT METHOD, or fixed items
                    table Device.X. of w t~key A = section~rows B. of Device.X.~key C = name~fixed items o colour | 5: expected: any, ipv4
                    table Device.X. of w t~key A = section~rows Device.B. of Device.X.~key C = name~fixed items o any | 3: expected: fixed items elsewhere
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~C = row X at y | 4: expected: TABLE.PARAMETER
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = name~C = word w | 5: expected: C once only
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~only y four | 4: expected: any, ipv4
                    table Device.X. of w t~key A = section~B = b network in m                 | 3: expected: network with PARAMETER in OPTION
                    table Device.X. of w t~key A = section~B = b naming all                   | 3: expected: naming [all] TABLE.PARAMETER
                    table Device.X. of w t~key A = section~B ~ o m row X.y at z                | 3: expected: TABLE.PARAMETER in place of X.y
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~unless | 4: expected: unless TABLE.PARAMETER
                    table Device.X. of w t~key A = section~B = b in p t n l                    | 3: expected: in PACKAGE TYPE OPTION LIST row PATH
                    table Device.X. of w t~key A = section~B = b prefix C                      | 3: expected: prefix with PARAMETER
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~within a b | 4: expected: within OPTION PACKAGE OPTION
                    table Device.X. of w t~key A = section~called o m x of            | 3: expected: called OBJECT METHOD PATH [of OPTION]
                    table Device.X. of w t~key A = section~B = b equal x y            | 3: expected: equal WORD, or
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = name~each D. x | 5: expected: each NAME. at PATH
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = name~each D. at x~E = value y | 3: the rows of D. have no key
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = name~each D. at x~key E = live value y | 6: expected: what the element itself has
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = name~each D. at x~only y four | 6: expected: any, ipv4
                    table Device.X. of w t~key A = section~rows B. of Device.X.~fixed sections s~key C = value c~each D. at x~key E = name | 3: expected: each beneath what a daemon lists
                    table Device.X. of w t~key A = section~rows B. of Device.X.~fixed sections s with o   | 4: expected: TYPE, or TYPE with OPTION as OPTION
                    table Device.X. of w t~key A = section~rows B. of Device.X.~fixed members m of s~key C = value c | 3: expected: fixed members beneath a row
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = row D.E at x     | 3: expected: a key that is no row
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = name~D = row E.F at x  | 5: expected: TABLE.PARAMETER
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = name~D = marked u t | 5: expected: name, value
                    table Device.X. of w t~key A = section~B = b scaled x -1      | 3: expected: a number in place of x
                    table Device.X. of w t~key A = section~B = b dscp             | 3: expected: fewer or more words
                    table Device.X. of w t~key A = section~B = b width with C     | 3: expected: width with PARAMETER in OPTION
                    survey Device.C() asks o m for Device.X. at x as R            | 1: expected: a table above in place of Device.X.
                    survey Device.C() asks o m for Device.X. at x                 | 1: expected: survey OBJECT.COMMAND() asks
                    table Device.X. of w t~key A = section~survey Device.C() asks o m for Device.X. at x as R~B value c | 4: expected: PARAMETER = ...
                    table Device.X. of w t~key A = section~B ~ o m first x=a& else y silent z | 3: expected: WORD=PATH
                    tell led rc init                                              | 1: expected: tell TYPE OBJECT METHOD
                    package p reload procd~tell led rc init x                     | 2: expected: tell TYPE OBJECT METHOD
                    table Device.X. of w t~key A = section~Reset() calls o        | 3: expected: COMMAND() calls OBJECT
                    write Device.X.A calls o m b=c                                | 1: expected: write ROW.PARAMETER calls
                    table Device.X. of w t~key A = section~rows B. of Device.X. in o m at x~key C = name~D = absent t | 5: expected: name, value
                    stack Device.X. LowerLayers                                               | 1: expected: stack PATH of PARAMETER
                    always Device.X.                                              | 1: expected: always ROW.
                    object Device.X. of w t~key A = section                       | 1: a single object has no key
                    object Device.X. of w                                         | 1: expected: object PATH
                    table Device.X. of w t~key A = section~B = b zone to c        | 3: expected: zone clearing OPTION
                    nonsense                                              | 1: expected: package, tell, table
                    table D.X. of w t~key A = section~table D.X. of w t~key A = section | 3: D.X. is there already
                    """)
    void what_cannot_be_read_is_named_by_its_line(String text, String why) {
        assertThatExceptionOfType(MappingFormatException.class)
                .isThrownBy(() -> MappingReader.read("own.mapping", text.replaceAll("(?<! )~|~(?! )", "\n")))
                .withMessageStartingWith("own.mapping:" + why);
    }

    @Test
    void what_the_gateway_model_lacks_is_told() throws MappingFormatException {
        Mapping mapping = MappingReader.read("own.mapping", """
                table Device.WiFi.SSID. of wireless wifi-iface
                  key Name = section
                  Colour = colour text
                """);

        assertThatIllegalArgumentException()
                .isThrownBy(() -> MappedModel.of(mapping))
                .withMessageContaining("Device.WiFi.SSID.{i}.Colour");
    }
}
