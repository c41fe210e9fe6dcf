// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.controller.query.Condition;
import dev.pharos.controller.query.ParameterPattern;
import dev.pharos.controller.query.TextAttribute;
import dev.pharos.controller.query.TextComparison;
import dev.pharos.controller.query.ValueTest;
import dev.pharos.controller.store.DeviceQuery;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Agents of the same home: a gateway, and the devices behind it that name it as theirs (`Device.GatewayInfo.`). What
/// the twins know of that counts, and only devices that whoever asks may see.
final class Neighbours {
    private static final String OBJECT = "Device.GatewayInfo.";
    private static final String OUI = "ManufacturerOUI";
    private static final String SERIAL = "SerialNumber";

    private final Stores stores;

    Neighbours(Stores stores) {
        this.stores = stores;
    }

    /// @return in order, without the Agent itself
    SortedSet<EndpointId> of(DeviceRecord agent) {
        SortedSet<EndpointId> neighbours = new TreeSet<>();
        String oui = agent.identity().oui();
        String serial = agent.identity().serialNumber();
        if (!oui.isEmpty() && !serial.isEmpty()) {
            neighbours.addAll(behind(oui, serial));
        }
        Optional<String> gatewayOui = value(agent, OUI);
        Optional<String> gatewaySerial = value(agent, SERIAL);
        if (gatewayOui.isPresent() && gatewaySerial.isPresent()) {
            neighbours.addAll(behind(gatewayOui.get(), gatewaySerial.get()));
            neighbours.addAll(find(new Condition.All(List.of(
                    new Condition.TextIs(TextAttribute.OUI, TextComparison.IS, gatewayOui.get()),
                    new Condition.TextIs(TextAttribute.SERIAL, TextComparison.IS, gatewaySerial.get())))));
        }
        neighbours.remove(agent.id());
        return neighbours;
    }

    private Optional<String> value(DeviceRecord agent, String parameter) {
        return stores.twins()
                .find(agent.id(), OBJECT + parameter)
                .map(TwinValue::value)
                .filter(text -> !text.isEmpty());
    }

    private List<EndpointId> behind(String oui, String serial) {
        return find(new Condition.All(List.of(is(OUI, oui), is(SERIAL, serial))));
    }

    private static Condition is(String parameter, String value) {
        return new Condition.ParameterIs(
                new ParameterPattern(OBJECT, parameter), new ValueTest.Text(TextComparison.IS, value));
    }

    private List<EndpointId> find(Condition condition) {
        return stores
                .devices()
                .list(new DeviceQuery(condition, DeviceQuery.Sort.ID, false, Limits.ASSOCIATED, ""))
                .items()
                .stream()
                .map(DeviceRecord::id)
                .toList();
    }
}
