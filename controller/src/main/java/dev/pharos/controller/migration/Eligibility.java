// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.migration;

import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.UspDoor;
import dev.pharos.controller.job.Crossing;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.Stores;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.OptionalLong;

/// Which devices can be moved from TR-069 to USP, by what they told of themselves.
public record Eligibility(Stores stores, AcsOffice office, Doors doors) {
    private static final String AGENT = "Device.LocalAgent.";

    /// Where devices would find us over USP.
    @FunctionalInterface
    public interface Doors {
        /// @param transport `ws`, `mqtt` or `stomp`
        UspDoor door(EndpointId device, String transport) throws CannotMoveException;
    }

    /// How this device would be moved.
    ///
    /// @param by who wants it
    /// @param campaign that moves it, empty where a person does
    /// @throws CannotMoveException saying why it cannot be
    public MigrationPlan plan(DeviceRecord device, Crossing crossing, String by, OptionalLong campaign)
            throws CannotMoveException {
        check(device, crossing);
        return new MigrationPlan(
                doors.door(device.id(), crossing.transport()), crossing, by, campaign, device.address());
    }

    private void check(DeviceRecord device, Crossing crossing) throws CannotMoveException {
        if (!device.approved()) {
            throw new CannotMoveException("it waits for an operator's approval");
        }
        if (!office.isManaged(device.id())) {
            throw new CannotMoveException("it is not managed over TR-069 now");
        }
        String own = told(device.id(), AGENT + "EndpointID");
        if (own.isEmpty() && !crossing.byNetwork()) {
            throw new CannotMoveException("over TR-069 it shows no USP agent (Device.USPAgent.)");
        }
        if (!own.isEmpty() && !own.equals(device.id().toString())) {
            throw new CannotMoveException("it calls itself " + own
                    + " over USP, which it is not known as here, and would become another device: who knows that both"
                    + " are one says so with ./pharos proof " + device.id() + " --same-as " + own);
        }
        String protocol = switch (crossing.transport()) {
            case "mqtt" -> "MQTT";
            case "stomp" -> "STOMP";
            default -> "WebSocket";
        };
        String supported = told(device.id(), AGENT + "SupportedProtocols");
        if (!supported.isEmpty() && !List.of(supported.split(" *, *", -1)).contains(protocol)) {
            throw new CannotMoveException("its USP agent speaks " + supported + " and not " + protocol);
        }
    }

    private String told(EndpointId device, String path) {
        return stores.twins().find(device, path).map(TwinValue::value).orElse("");
    }
}
