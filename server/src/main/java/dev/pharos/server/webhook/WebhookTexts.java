// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.webhook;

import dev.pharos.controller.store.StoredEvent;
import dev.pharos.server.rest.json.Event;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import tools.jackson.databind.json.JsonMapper;

/// What receivers are sent: the kind of the event, when it was, and the event as the REST interface shows it.
public final class WebhookTexts {
    private static final JsonMapper JSON = JsonMapper.builder().build();

    private WebhookTexts() {}

    public static String of(StoredEvent event) {
        return text(event.event().kind().text(), event.event().time(), Event.of(event));
    }

    /// Sent by hand, of no event.
    static String test(String webhook, Instant now) {
        return text("test", now, Map.of("text", "A test of the webhook " + webhook + "."));
    }

    private static String text(String type, Instant at, Object data) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("type", type);
        body.put("timestamp", at.toString());
        body.put("data", data);
        return JSON.writeValueAsString(body);
    }
}
