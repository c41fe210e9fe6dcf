// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.List;
import tools.jackson.databind.JsonNode;

/// Jobs of one device, as REST shows them.
record JobsOf(Rest rest) {
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    private JsonNode target(long job) {
        return rest.get("/api/v1/jobs/" + job + "/targets").json().get("items").path(0);
    }

    /// How it stands with the device once that is settled.
    JsonNode ended(long job) {
        await().atMost(PATIENCE)
                .until(() -> List.of("done", "failed", "uncertain", "cancelled")
                        .contains(target(job).path("state").asString("")));
        return target(job);
    }
}
