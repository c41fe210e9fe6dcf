// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.settings;

import dev.pharos.agent.config.ControllerMtp;
import dev.pharos.agent.localagent.ControllerElement;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// The controllers of the data model as the file would say them.
///
/// @param first the controller of the section `config usp`
/// @param password what the program was given for it, which is not in the data model
record AgentControllers(EndpointId own, EndpointId first, Optional<String> password) {

    Map<EndpointId, ControllerEntry> in(Snapshot snapshot) {
        Map<EndpointId, ControllerEntry> all = new LinkedHashMap<>();
        for (ObjectInstance row : ControllerElement.rows(snapshot)) {
            endpoint(row).ifPresent(id -> all.put(id, entry(snapshot, row, id)));
        }
        return all;
    }

    /// Empty where somebody adds the row just now, and says later who it is.
    private static Optional<EndpointId> endpoint(ObjectInstance row) {
        try {
            return Optional.of(EndpointId.parse(row.value("EndpointID").orElse("")));
        } catch (MalformedInputException unnamed) {
            return Optional.empty();
        }
    }

    private ControllerEntry entry(Snapshot snapshot, ObjectInstance row, EndpointId id) {
        List<DescribedWay> ways = DescribedWay.of(snapshot, row);
        ControllerUrls urls = new ControllerUrls(own, id);
        ControllerEntry entry = ControllerEntry.NOTHING
                .with(
                        ControllerField.URL,
                        ways.stream()
                                .filter(DescribedWay::isOpen)
                                .flatMap(way -> way.way().flatMap(urls::text).stream())
                                .toList())
                .with(ControllerField.ENABLE, List.of(ControllerElement.enabled(row) ? "1" : "0"))
                .with(
                        ControllerField.ROLE,
                        RoleWords.of(snapshot, row.value("AssignedRole").orElse("")))
                .with(ControllerField.PERIODIC_INTERVAL, said(row, "PeriodicNotifInterval"))
                .with(ControllerField.PROVISIONING_CODE, said(row, "ProvisioningCode"))
                .with(
                        ControllerField.BOOT_PARAMETER,
                        row.rows("BootParameter").stream()
                                .filter(ControllerElement::enabled)
                                .flatMap(parameter -> said(parameter, "ParameterName").stream())
                                .toList());
        return ways.stream()
                .filter(way -> way.isOpen() && way.hasBroker())
                .findFirst()
                .map(way -> withBroker(entry, way, id))
                .orElse(entry);
    }

    private ControllerEntry withBroker(ControllerEntry entry, DescribedWay way, EndpointId id) {
        ObjectInstance broker = way.transport().orElseThrow();
        List<String> password = said(broker, "Password");
        return entry.with(ControllerField.RESPONSE_TOPIC, listensAt(way))
                .with(ControllerField.USERNAME, said(broker, "Username"))
                .with(
                        ControllerField.PASSWORD,
                        password.isEmpty() && id.equals(first)
                                ? this.password.stream().toList()
                                : password);
    }

    private List<String> listensAt(DescribedWay way) {
        if (way.way().orElseThrow() instanceof ControllerMtp.Mqtt(var _, String _, String own)) {
            return own.isEmpty() || own.equals(MqttTopics.forAgent(own())) ? List.of() : List.of(own);
        }
        return way.agentMtp()
                .flatMap(mtp -> mtp.child("STOMP"))
                .map(stomp -> said(stomp, "Destination"))
                .orElse(List.of());
    }

    private static List<String> said(ObjectInstance row, String parameter) {
        return row.value(parameter).filter(text -> !text.isEmpty()).stream().toList();
    }
}
