// SPDX-License-Identifier: Apache-2.0
package dev.pharos.datamodel.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.datamodel.definition.ObjectDefinition;
import dev.pharos.datamodel.definition.ParameterDefinition;
import dev.pharos.datamodel.definition.PrimitiveType;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.UniqueKey;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.GatewayModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.Transaction;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/// Thousands of simulated devices live in one process.
class FootprintTest {
    private static final int DEVICES = 1_000;

    /// Rows that each table at the top of the model has.
    private static final int ROWS = 3;

    /// Of a row with its keys and its part of what the device has otherwise: the model grows, and a device that has
    /// more
    /// costs more. A row by itself, its values in maps of its own, would be several times as much.
    private static final long BYTES_PER_ROW = 140;

    /// Backs the whole gateway model and fills it.
    private record Gateway(int number) implements ServiceElement {
        @Override
        public SupportedDataModel supported() {
            return GatewayModel.load();
        }

        @Override
        public void start(DeviceContext context) {
            context.update(tx -> {
                for (ObjectDefinition object : supported().objects()) {
                    for (int row = 0; isTop(object) && row < ROWS; row++) {
                        String path =
                                tx.add(object.path().substring(0, object.path().length() - 4));
                        key(tx, path, object);
                    }
                }
                tx.set("Device.DeviceInfo.SerialNumber", "PH" + number);
                tx.set("Device.DeviceInfo.HostName", "gateway-" + number);
                return 0;
            });
        }

        /// Whether it is a table that does not stand within another.
        static boolean isTop(ObjectDefinition object) {
            return object.isTable()
                    && object.path().indexOf("{i}") == object.path().length() - 4;
        }

        private static void key(Transaction tx, String row, ObjectDefinition object) {
            for (UniqueKey key : object.uniqueKeys()) {
                for (String name : key.parameters()) {
                    ParameterDefinition parameter = object.parameter(name).orElseThrow();
                    String number = Integer.toString(row.charAt(row.length() - 2));
                    if (key.functional() && parameter.reference().isEmpty()) {
                        tx.set(row + name, parameter.type().base() == PrimitiveType.STRING ? "row-" + row : number);
                    }
                }
            }
        }
    }

    @Test
    void a_thousand_gateways_share_what_is_the_same() throws IOException, InterruptedException {
        List<InstantiatedDataModel> devices = new ArrayList<>();
        devices.add(InstantiatedDataModel.start(List.of(new Gateway(0)), ChangeJournal.none()));
        long before = usedBytes();
        for (int i = 1; i <= DEVICES; i++) {
            devices.add(InstantiatedDataModel.start(List.of(new Gateway(i)), ChangeJournal.none()));
        }
        long perDevice = (usedBytes() - before) / DEVICES;
        assertThat(devices.getLast().snapshot().value("Device.DeviceInfo.SerialNumber"))
                .contains("PH" + DEVICES);
        long rows = ROWS
                * GatewayModel.load().objects().stream().filter(Gateway::isTop).count();
        assertThat(perDevice / rows)
                .as("bytes for each of %s rows of a device", rows)
                .isLessThan(BYTES_PER_ROW);
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
