// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import dev.pharos.datamodel.definition.CommandDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ObjectDefinition.ObjectAccess;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition.ParameterAccess;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/// Every parameter, command and event of the gateway model that is not the agent's is backed, and nothing
/// else is.
class BackedModelTest {
    /// Tables that no row can be in before somebody wants one.
    private static final Set<String> EMPTY_AT_FIRST = Set.of(
            "Device.Ethernet.VLANTermination.{i}.",
            "Device.Bridging.Bridge.{i}.VLAN.{i}.",
            "Device.Bridging.Bridge.{i}.VLANPort.{i}.",
            "Device.DHCPv4.Client.{i}.SentOption.{i}.",
            "Device.DHCPv4.Server.Pool.{i}.StaticAddress.{i}.",
            "Device.DHCPv4.Server.Pool.{i}.Option.{i}.",
            "Device.Hosts.AccessControl.{i}.",
            "Device.Hosts.Host.{i}.IPv6Address.{i}.",
            "Device.NAT.PortMapping.{i}.",
            "Device.NAT.PortTrigger.{i}.",
            "Device.Firewall.DMZ.{i}.",
            "Device.Firewall.Pinhole.{i}.");

    @Test
    void the_supported_model_is_the_gateway_model_without_the_agents_part() {
        SupportedDataModel gateway = GatewayModel.load();
        Set<String> expected = new TreeSet<>();
        for (ObjectDefinition object : gateway.objects()) {
            elements(object).stream()
                    .filter(element -> !BackedModel.backedElsewhere(object.path(), element))
                    .forEach(element -> expected.add(object.path() + element));
        }

        Set<String> supported = new TreeSet<>();
        for (ObjectDefinition object : SimulatedGateway.supported().objects()) {
            elements(object).forEach(element -> supported.add(object.path() + element));
        }

        assertThat(supported).isEqualTo(expected).hasSizeGreaterThan(850);
        assertThat(supported).noneMatch(path -> path.startsWith("Device.LocalAgent."));
        assertThat(supported).doesNotContain("Device.Reboot()", "Device.Boot!").contains("Device.RootDataModelVersion");
    }

    @Test
    void every_supported_parameter_of_every_row_reads_a_value_of_its_type_and_facets() {
        try (Home home = new Home()) {
            List<String> wrong = new ArrayList<>();
            Set<String> seen = new HashSet<>();
            for (ObjectInstance object : home.objects()) {
                seen.add(object.definition().path());
                for (ParameterDefinition parameter : object.definition().parameters()) {
                    object.value(parameter.name())
                            .flatMap(value ->
                                    TypeCheck.problem(parameter.type(), value).map(why -> "'" + value + "': " + why))
                            .or(() -> object.value(parameter.name()).isPresent()
                                    ? Optional.empty()
                                    : Optional.of("no value"))
                            .ifPresent(why -> wrong.add(object.path() + parameter.name() + " " + why));
                }
            }
            Set<String> unseen = new TreeSet<>();
            SimulatedGateway.supported().objects().forEach(object -> unseen.add(object.path()));
            unseen.removeAll(seen);
            unseen.removeIf(path -> EMPTY_AT_FIRST.stream().anyMatch(path::startsWith));

            assertThat(wrong).isEmpty();
            assertThat(unseen).as("objects of which there is none").isEmpty();
        }
    }

    @Test
    void every_writable_parameter_accepts_the_value_that_it_has() {
        try (Home home = new Home()) {
            List<String> refused = new ArrayList<>();
            for (ObjectInstance object : home.objects()) {
                for (ParameterDefinition parameter : object.definition().parameters()) {
                    if (parameter.access() == ParameterAccess.READ_WRITE) {
                        String value = object.value(parameter.name()).orElseThrow();
                        try {
                            home.set(object.path() + parameter.name(), value);
                        } catch (UspException failure) {
                            refused.add(object.path() + parameter.name() + "='" + value + "': " + failure.fault());
                        }
                    }
                }
            }
            assertThat(refused).isEmpty();
        }
    }

    @Test
    void every_writable_table_takes_a_new_row_whose_values_are_valid_and_lets_it_go() {
        try (Home home = new Home()) {
            List<String> wrong = new ArrayList<>();
            for (ObjectDefinition definition : SimulatedGateway.supported().objects()) {
                if (definition.access() != ObjectAccess.ADD_DELETE) {
                    continue;
                }
                String table = definition.path().substring(0, definition.path().length() - "{i}.".length());
                String made = home.add(holder(home, Paths.holder(table))
                        + table.substring(Paths.holder(table).length()));
                home.model.snapshot().object(made).orElseThrow().definition().parameters().stream()
                        .flatMap(p -> TypeCheck.problem(p.type(), home.value(made + p.name())).stream()
                                .map(why -> made + p.name() + " '" + home.value(made + p.name()) + "' " + why))
                        .forEach(wrong::add);
                home.delete(made);
                assertThat(home.model.snapshot().object(made)).isEmpty();
            }
            assertThat(wrong).isEmpty();
        }
    }

    /// The object that holds a table: the first row where there is one, else a new one.
    private static String holder(Home home, String supportedPath) {
        String first = supportedPath.replace("{i}", "1");
        return home.model.snapshot().object(first).isPresent()
                ? first
                : home.add(supportedPath
                        .substring(0, supportedPath.length() - "{i}.".length())
                        .replace("{i}", "1"));
    }

    @Test
    void every_command_runs_or_fails_by_the_rules_of_usp() throws InterruptedException {
        try (Home home = new Home()) {
            int ran = 0;
            for (ObjectInstance object : home.objects()) {
                for (CommandDefinition command : object.definition().commands()) {
                    try {
                        Map<String, String> outputs = home.run(
                                object.path() + command.name(), Map.of("URL", "gopher://x", "Host", "a.invalid"));
                        outputs.forEach((name, value) -> assertThat(command.outputs())
                                .as(object.path() + command.name() + " " + name)
                                .anySatisfy(output -> {
                                    assertThat(output.name().replace("{i}", "1"))
                                            .isEqualTo(name.replaceAll("\\.\\d+\\.", ".1."));
                                    assertThat(TypeCheck.problem(output.type(), value))
                                            .isEmpty();
                                }));
                    } catch (UspException failure) {
                        assertThat(failure.code())
                                .as(object.path() + command.name() + failure.fault())
                                .isIn(
                                        StandardErrorCode.INVALID_COMMAND_ARGUMENTS,
                                        StandardErrorCode.INVALID_ARGUMENTS,
                                        StandardErrorCode.COMMAND_FAILURE);
                    }
                    ran++;
                }
            }
            assertThat(ran).isGreaterThan(30);
        }
    }

    @Test
    void the_model_needs_no_agent_to_be_whole() {
        assertThatCode(() -> new Home(SimulatedGatewayConfig.of("SIM-2", 1).withClients(0)).close())
                .doesNotThrowAnyException();
    }

    private static List<String> elements(ObjectDefinition object) {
        List<String> elements = new ArrayList<>();
        object.parameters().forEach(parameter -> elements.add(parameter.name()));
        object.commands().forEach(command -> elements.add(command.name()));
        object.events().forEach(event -> elements.add(event.name()));
        return elements;
    }
}
