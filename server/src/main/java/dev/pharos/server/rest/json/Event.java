// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.media.Schema;
import java.time.Instant;
import java.util.Map;

/// Something that happened with a device.
///
/// @param seq grows with every event
/// @param device empty where a refused peer did not say who it is
/// @param text one sentence for people
public record Event(
        long seq,
        Instant time,
        String device,

        @Schema(
                allowableValues = {
                    "ValueChange",
                    "ObjectCreation",
                    "ObjectDeletion",
                    "OperationComplete",
                    "Event",
                    "OnBoardRequest",
                    "online",
                    "offline",
                    "refused",
                    "onboarded",
                    "job",
                    "campaign",
                    "migration",
                    "profile",
                    "alarm",
                    "warning"
                })
        String kind,

        String path,
        String name,
        String value,
        Map<String, String> args,
        String subscriptionId,
        String text) {

    public static Event of(StoredEvent stored) {
        DeviceEvent event = stored.event();
        return new Event(
                stored.seq(),
                event.time(),
                event.device().map(EndpointId::toString).orElse(""),
                event.kind().text(),
                event.path(),
                event.name(),
                event.value(),
                event.args(),
                event.subscriptionId(),
                event.text());
    }
}
