// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// A fleet holds thousands of gateways in one process.
class SimulatedFootprintTest {
    private static final int GATEWAYS = 100;

    /// A gateway with four clients at home, without its agent.
    private static final long BYTES_PER_GATEWAY = 24 * 1024;

    @Test
    void what_gateways_have_in_common_is_there_once() throws InterruptedException {
        try (WorldClock world = new WorldClock()) {
            List<InstantiatedDataModel> models = new ArrayList<>();
            models.add(gateway(0, world));
            long before = usedBytes();
            for (int i = 1; i <= GATEWAYS; i++) {
                models.add(gateway(i, world));
            }
            long perGateway = (usedBytes() - before) / GATEWAYS;
            assertThat(models.getLast().snapshot().value("Device.DeviceInfo.SerialNumber"))
                    .contains("SIM-" + GATEWAYS);
            assertThat(perGateway).as("bytes for each gateway").isLessThan(BYTES_PER_GATEWAY);
        }
    }

    private static InstantiatedDataModel gateway(int number, WorldClock world) {
        SimulatedGatewayConfig config = SimulatedGatewayConfig.of("SIM-" + number, number);
        return Home.mount(new SimulatedGateway(config, world), ChangeJournal.none());
    }

    private static long usedBytes() throws InterruptedException {
        long least = Long.MAX_VALUE;
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(50);
            Runtime runtime = Runtime.getRuntime();
            least = Math.min(least, runtime.totalMemory() - runtime.freeMemory());
        }
        return least;
    }
}
