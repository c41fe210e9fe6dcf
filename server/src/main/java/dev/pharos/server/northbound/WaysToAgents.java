// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.northbound;

import dev.pharos.controller.UspController;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.dial.DialledDevices;
import dev.pharos.server.northbound.json.AgentDetails;
import dev.pharos.server.rest.ApiException;
import dev.pharos.server.rest.Audit;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.security.Principal;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// How Agents are reached. All choose that themselves, by coming; what may be said of it is where one is dialled that
/// listens over WebSocket.
public final class WaysToAgents {
    private static final String WEB_SOCKETS = "WebSockets";
    private static final List<String> MTPS = List.of("CoAP", "STOMP", WEB_SOCKETS, "MQTT");
    private static final int URL_CHARACTERS = 500;

    private final UspController controller;
    private final DialledDevices dialled;
    private final Audit audit;

    public WaysToAgents(UspController controller, DialledDevices dialled, Audit audit) {
        this.controller = controller;
        this.dialled = dialled;
        this.audit = audit;
    }

    AgentDetails details(DeviceRecord agent) {
        Optional<URI> url = dialled.find(agent.id());
        @Nullable String mtp = url.isPresent() ? WEB_SOCKETS : mtp(agent.transport());
        @Nullable String address = url.map(URI::toString).orElse(null);
        if (url.isEmpty()
                && ("MQTT".equals(mtp) || "STOMP".equals(mtp))
                && !agent.address().isEmpty()) {
            address = destination(agent.address());
        }
        return new AgentDetails(mtp, address, elements(agent));
    }

    /// The topic or destination of an Agent behind a broker, of which the inventory knows the broker too.
    static String destination(String address) {
        return address.substring(address.lastIndexOf(' ') + 1);
    }

    /// Null for what the API has no word for, and for an Agent that never came.
    private static @Nullable String mtp(String transport) {
        return switch (transport) {
            case "websocket" -> WEB_SOCKETS;
            case "mqtt" -> "MQTT";
            case "stomp" -> "STOMP";
            case "coap" -> "CoAP";
            default -> null;
        };
    }

    /// The objects of the supported data model, as names of Service Elements: `Device.WiFi.SSID.`,
    /// `Device.WiFi.AccessPoint.*.AssociatedDevice.`
    private @Nullable List<@Nullable String> elements(DeviceRecord agent) {
        return controller
                .supportedModel(agent)
                .<@Nullable List<@Nullable String>>map(model -> List.copyOf(model.supportedObjects().stream()
                        .map(object -> object.supportedObjPath()
                                .replaceFirst("\\{i}\\.$", "")
                                .replace("{i}", "*"))
                        .distinct()
                        .toList()))
                .orElse(null);
    }

    /// What is to be done, once it is known that it can be.
    ///
    /// @param url where to dial from now on; empty for nowhere
    /// @param different whether anything is to be done
    record Change(EndpointId agent, Optional<URI> url, boolean different) {}

    void take(Change change, Principal user) {
        if (!change.different()) {
            return;
        }
        Optional<URI> url = change.url();
        audit.record(
                user.getName(),
                url.isPresent() ? "dial" : "stop dialling",
                change.agent().toString(),
                url.map(URI::toString).orElse(""));
        try {
            if (url.isPresent()) {
                dialled.put(change.agent(), url.get());
            } else {
                dialled.remove(change.agent());
            }
        } catch (IOException unusable) {
            throw new UncheckedIOException(unusable);
        }
    }

    /// @param now how it is; what is left out of `wanted`, or is so already, stays
    /// @throws BadRequestException where it is not for us to say
    Change checked(EndpointId agent, AgentDetails wanted, AgentDetails now) {
        @Nullable String mtp = wanted.mtpToUse();
        if (mtp != null && !MTPS.contains(mtp)) {
            throw new BadRequestException("mtpToUse", "must be one of " + String.join(", ", MTPS));
        }
        @Nullable List<@Nullable String> elements = wanted.supportedServiceElements();
        if (elements != null && !elements.isEmpty() && !elements.equals(now.supportedServiceElements())) {
            throw new BadRequestException(
                    "supportedServiceElements", "is learnt from the Agent when it comes: leave it out");
        }
        @Nullable String address = wanted.communicationsAddress();
        if (address == null || address.equals(now.communicationsAddress())) {
            if (mtp != null && !mtp.equals(now.mtpToUse())) {
                throw new BadRequestException(
                        "mtpToUse",
                        "is chosen by the Agent when it comes: leave it out, or say WebSockets with the"
                                + " communicationsAddress at which it is dialled");
            }
            return new Change(agent, Optional.empty(), false);
        }
        if (address.isEmpty()) {
            return new Change(agent, Optional.empty(), dialled.find(agent).isPresent());
        }
        if (mtp != null && !mtp.equals(WEB_SOCKETS)) {
            throw new BadRequestException(
                    "communicationsAddress",
                    "is said by the Agent when it comes over " + mtp + ": leave it out. Only over WebSockets are Agents"
                            + " dialled");
        }
        return new Change(agent, Optional.of(url(agent, address)), true);
    }

    private URI url(EndpointId agent, String address) {
        if (address.length() > URL_CHARACTERS) {
            throw new BadRequestException(
                    "communicationsAddress", "must have " + URL_CHARACTERS + " characters at most");
        }
        if (!dialled.hasRoomFor(agent)) {
            throw new ApiException(
                    400, "Too many", "There are " + DialledDevices.MOST + " that are dialled; more should dial us.");
        }
        try {
            URI url = URI.create(address);
            dialled.check(agent, url);
            return url;
        } catch (IllegalArgumentException wrong) {
            throw new BadRequestException("communicationsAddress", "cannot be dialled: " + wrong.getMessage());
        }
    }

    /// Dials it no more.
    void forget(EndpointId agent) {
        dialled.remove(agent);
    }
}
