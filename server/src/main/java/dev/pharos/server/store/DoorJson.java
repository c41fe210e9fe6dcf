// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.store;

import dev.pharos.controller.acs.DoorAuthority;
import dev.pharos.controller.acs.UspDoor;
import dev.pharos.usp.EndpointId;
import java.util.Optional;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/// A [UspDoor] as JSON in the database.
final class DoorJson {
    private DoorJson() {}

    static void write(UspDoor door, ObjectNode json) {
        json.put("controller", door.controller().toString());
        json.put("host", door.host());
        json.put("port", door.port());
        json.put("encrypted", door.encrypted());
        door.authority()
                .ifPresent(authority -> json.putObject("authority")
                        .put("serialNumber", authority.serialNumber())
                        .put("issuer", authority.issuer())
                        .put("pem", authority.pem()));
        switch (door.way()) {
            case UspDoor.Way.WebSocket(String path) -> json.put("path", path);
            case UspDoor.Way.Mqtt(String topic, String own) ->
                json.put("topic", topic).put("own", own);
            case UspDoor.Way.Stomp(String destination, String own) ->
                json.put("destination", destination).put("own", own);
        }
    }

    static UspDoor read(JsonNode json) {
        return new UspDoor(
                EndpointId.of(json.get("controller").stringValue()),
                json.get("host").stringValue(),
                json.get("port").intValue(),
                json.get("encrypted").booleanValue(),
                way(json),
                Optional.ofNullable(json.get("authority"))
                        .map(authority -> new DoorAuthority(
                                authority.get("serialNumber").stringValue(),
                                authority.get("issuer").stringValue(),
                                authority.get("pem").stringValue())));
    }

    private static UspDoor.Way way(JsonNode json) {
        if (json.has("path")) {
            return new UspDoor.Way.WebSocket(json.get("path").stringValue());
        }
        String own = json.get("own").stringValue();
        return json.has("topic")
                ? new UspDoor.Way.Mqtt(json.get("topic").stringValue(), own)
                : new UspDoor.Way.Stomp(json.get("destination").stringValue(), own);
    }
}
