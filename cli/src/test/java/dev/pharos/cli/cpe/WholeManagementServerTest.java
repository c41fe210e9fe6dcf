// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.StandardFaultCode;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.SetParameterValuesResponse;
import dev.pharos.datamodel.definition.Facets;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.SupportedDataModel;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// `Device.ManagementServer.` of the device beside that of Device:2.19, and what it does with wrong values.
class WholeManagementServerTest extends ContactStage {
    private static final String SERVER = ManagementServerElement.OBJECT;
    private static final String EMBEDDED = SERVER + "EmbeddedDevice.{i}.";

    /// What is left out on purpose, with its reasons in docs/decisions/0317.
    private static final List<String> LEFT_OUT = List.of(
            SERVER + "VirtualDevice",
            SERVER + "DownloadAvailability.",
            EMBEDDED + "SupportedDataModel",
            EMBEDDED + "Host",
            EMBEDDED + "ProxyProtocolReference",
            EMBEDDED + "DiscoveryProtocol",
            EMBEDDED + "Command");

    private static final List<String> MODELS = List.of(
            "management-server.dm",
            "xmpp.dm",
            "lan-page.dm",
            "standby-policy.dm",
            "embedded-device.dm",
            "manageable-device.dm");

    /// A parameter that the standard has.
    ///
    /// @param range with two dots, or `-`
    /// @param allowed values with `|` between them, or `-`
    private record Standard(String path, String access, String type, String range, String allowed) {
        static Standard of(String line) {
            String[] cells = line.split("\t", -1);
            return new Standard(cells[0], cells[1], cells[2], cells[3], cells[4]);
        }

        boolean isLeftOut() {
            return LEFT_OUT.stream().anyMatch(path::startsWith);
        }

        /// What of it is not as in the standard; empty where all is.
        Optional<String> difference(ParameterDefinition ours) {
            String base = ours.type().base().name().replace("_", "");
            String type = base + (ours.type().list() ? " list" : "");
            if (!type.equalsIgnoreCase(this.type)) {
                return Optional.of(path + " is " + type);
            }
            if (ours.access().isWritable() != access.equals("readWrite")) {
                return Optional.of(path + " is " + ours.access());
            }
            if (!allowed.equals("-")
                    && !Arrays.asList(allowed.split("\\|"))
                            .containsAll(ours.type().facets().enumeration())) {
                return Optional.of(path + " may be "
                        + String.join(", ", ours.type().facets().enumeration()));
            }
            return isWithin(ours.type().facets()) ? Optional.empty() : Optional.of(path + " is not held to " + range);
        }

        private boolean isWithin(Facets ours) {
            String[] ends = range.equals("-") ? new String[] {"", ""} : range.split("\\.\\.", -1);
            boolean low = ends[0].isEmpty() || ends[0].equals("0") || holds(ours, Facets.Range::minimum, ends[0], 1);
            return low && (ends[1].isEmpty() || holds(ours, Facets.Range::maximum, ends[1], -1));
        }

        private static boolean holds(
                Facets ours, Function<Facets.Range, Optional<BigDecimal>> end, String standard, int inwards) {
            return !ours.ranges().isEmpty()
                    && ours.ranges().stream()
                            .allMatch(each -> end.apply(each)
                                    .filter(value -> value.compareTo(new BigDecimal(standard)) * inwards >= 0)
                                    .isPresent());
        }
    }

    private static List<Standard> standard() throws IOException {
        try (InputStream text = Objects.requireNonNull(
                WholeManagementServerTest.class.getResourceAsStream("management-server-2.19.tsv"))) {
            return new String(text.readAllBytes(), StandardCharsets.UTF_8)
                    .lines()
                    .filter(line -> !line.startsWith("#"))
                    .map(Standard::of)
                    .toList();
        }
    }

    private static Map<String, ParameterDefinition> ours() {
        Map<String, ParameterDefinition> all = new LinkedHashMap<>();
        for (String model : MODELS) {
            SupportedDataModel read = ShippedModel.read(model);
            for (ObjectDefinition object : read.objects()) {
                if (object.path().startsWith(SERVER)) {
                    object.parameters().forEach(each -> all.put(object.path() + each.name(), each));
                }
            }
        }
        return all;
    }

    @BeforeEach
    void it_notices_that_it_stands_by_and_has_xmpp() throws IOException {
        stop();
        beside.add(ExtraParameters.ofStandby());
        beside.add(new XmppElement());
        start(ADDRESS);
    }

    @Test
    void all_of_the_standard_is_there_but_what_is_left_out_on_purpose() throws IOException {
        Map<String, ParameterDefinition> ours = ours();
        List<Standard> standard = standard();
        Set<String> missing = new TreeSet<>();
        List<String> differences = new ArrayList<>();
        for (Standard each : standard) {
            ParameterDefinition found = ours.get(each.path());
            if ((found == null) != each.isLeftOut()) {
                missing.add(each.path());
            } else if (found != null) {
                each.difference(found).ifPresent(differences::add);
            }
        }
        assertThat(missing).as("left out or there, and not said").isEmpty();
        assertThat(differences).isEmpty();
        assertThat(ours.keySet())
                .as("nothing of our own")
                .isSubsetOf(standard.stream().map(Standard::path).collect(Collectors.toSet()));
        assertThat(ours).hasSize(81);
    }

    /// What is written, and what is not taken in its place.
    private static Map<String, List<String>> values() {
        Map<String, List<String>> values = new LinkedHashMap<>();
        values.put("PeriodicInformInterval", List.of("60", "0"));
        values.put("CWMPRetryMinimumWaitInterval", List.of("7", "65536"));
        values.put("CWMPRetryIntervalMultiplier", List.of("3000", "999"));
        values.put("InstanceMode", List.of("InstanceAlias", "Both"));
        values.put("HTTPCompression", List.of("Deflate", "Compress"));
        values.put("LightweightNotificationProtocolsUsed", List.of("UDP", "TCP"));
        values.put("UDPLightweightNotificationPort", List.of("7548", "70000"));
        values.put("STUNServerPort", List.of("3479", "65536"));
        values.put("STUNMaximumKeepAlivePeriod", List.of("100", "-2"));
        values.put("HeartbeatPolicy.ReportingInterval", List.of("30", "29"));
        values.put("AutonomousTransferCompletePolicy.ResultTypeFilter", List.of("Failure", "Any"));
        values.put(
                "AutonomousTransferCompletePolicy.FileTypeFilter",
                List.of("4 Vendor Log File,X 00256D Core Dump,2 Web Content", "4 Vendor Log File,5 Ringer File"));
        values.put("DUStateChangeComplPolicy.OperationTypeFilter", List.of("Install", "Install,Start"));
        values.put("DUStateChangeComplPolicy.FaultCodeFilter", List.of("9001,9032", "9001,9000"));
        values.put("StandbyPolicy.CRUnawarenessMaxDuration", List.of("3600", "-2"));
        values.put("StandbyPolicy.MaxMissedPeriodic", List.of("2", "-2"));
        values.put("StandbyPolicy.ScheduledAwarenessRequested", List.of("false", "true"));
        values.put("ConnReqAllowedJabberIDs", List.of(callers(32), callers(33)));
        return values;
    }

    private static String callers(int number) {
        return IntStream.range(0, number)
                .mapToObj(each -> "acs" + each + "@x.test")
                .collect(Collectors.joining(","));
    }

    @Test
    void wrong_values_are_refused_by_name_and_right_ones_last() throws IOException {
        Map<String, List<String>> values = values();
        values.forEach((name, pair) -> {
            set(SERVER + name, pair.getFirst());
            set(SERVER + name, pair.getLast());
        });
        soon();
        int number = 0;
        for (String name : values.keySet()) {
            assertThat(answers.get(number++)).as(name).isInstanceOf(SetParameterValuesResponse.class);
            assertThat(answers.get(number++))
                    .as(name)
                    .isInstanceOfSatisfying(
                            CwmpFault.class,
                            fault -> assertThat(fault.parameterFaults())
                                    .singleElement()
                                    .satisfies(blamed -> {
                                        assertThat(blamed.parameterName()).isEqualTo(SERVER + name);
                                        assertThat(blamed.fault().faultCode())
                                                .isEqualTo(StandardFaultCode.INVALID_PARAMETER_VALUE);
                                    }));
        }
        restart();
        values.forEach((name, pair) ->
                assertThat(model.snapshot().value(SERVER + name)).as(name).contains(pair.getFirst()));
    }
}
