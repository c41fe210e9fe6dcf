// SPDX-License-Identifier: Apache-2.0
package dev.pharos.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.pharos.cli.cpe.AcsAddress;
import dev.pharos.cli.cpe.CpeFleet;
import dev.pharos.cli.cpe.CpeProgram;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Many devices of TR-069 come to the server at the same moment.
class CpeFleetTest {
    private static final int DEVICES = 12;
    private static final Duration PATIENCE = Duration.ofSeconds(90);

    @Test
    void all_of_them_are_online_and_no_session_is_lost(@TempDir Path folder) throws Exception {
        try (RunningServer server = RunningServer.withFreePorts(folder.resolve("server"));
                CpeFleet fleet = new CpeFleet(new CpeFleet.Plan(
                        DEVICES,
                        AcsAddress.parse(server.address("cwmp"), "", "", false),
                        CpeProgram.Trust.ofTheRuntime(),
                        1_000,
                        "CPE",
                        Duration.ZERO,
                        2,
                        folder.resolve("devices")))) {
            fleet.run();
            await().atMost(PATIENCE)
                    .untilAsserted(() -> assertThat(server.rest()
                                    .get("/devices?q=online:true&limit=100")
                                    .path("items"))
                            .as(fleet.counts().toString())
                            .hasSize(DEVICES));
            await().atMost(PATIENCE).until(() -> fleet.counts().inContact() == DEVICES);
            CpeFleet.Counts counts = fleet.counts();
            assertThat(counts.lost()).as(counts.lastLoss()).isZero();
            assertThat(counts.started()).isEqualTo(DEVICES);
            assertThat(counts.sessions()).isGreaterThanOrEqualTo(DEVICES);
        }
    }
}
