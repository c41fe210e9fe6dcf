// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.device.prplos.mapping.MappedElement;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusConfig;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusObject;
import dev.pharos.device.prplos.uci.UciFolders;
import dev.pharos.device.prplos.uci.UciStore;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// A gateway of which the configuration is in UCI and the daemons are on ubus.
public final class PrplosDevice implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(PrplosDevice.class);

    private final UbusClient ubus;
    private final List<ServiceElement> elements;

    private PrplosDevice(UbusClient ubus, List<ServiceElement> elements) {
        this.ubus = ubus;
        this.elements = elements;
    }

    /// Begins to connect to ubus, which may come later.
    ///
    /// @throws IllegalArgumentException where the mapping has what the gateway model has not
    public static PrplosDevice open(UciFolders folders, UbusConfig ubus, Mapping mapping) {
        UbusClient client = UbusClient.open(ubus);
        return new PrplosDevice(
                client, List.of(new MappedElement(mapping, new UciStore(folders), new UbusDaemons(client))));
    }

    /// Elements ready to be mounted in one data model, which closes them.
    public List<ServiceElement> elements() {
        return elements;
    }

    /// Offers an object on ubus, for as long as the device is open.
    public void offer(UbusObject object) {
        try {
            ubus.serve(object);
        } catch (UbusException refused) {
            LOG.warn("ubus does not take the object {}: {}", object.path(), refused.getMessage());
        } catch (InterruptedException stop) {
            Thread.currentThread().interrupt();
        }
    }

    /// Ends the connection to ubus, once the data model is closed.
    @Override
    public void close() {
        ubus.close();
    }
}
