// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.prplos;

import dev.pharos.device.prplos.mapping.MappedElement;
import dev.pharos.device.prplos.mapping.Mapping;
import dev.pharos.device.prplos.ubus.UbusClient;
import dev.pharos.device.prplos.ubus.UbusException;
import dev.pharos.device.prplos.ubus.UbusStatus;
import dev.pharos.device.prplos.ubus.UbusTable;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.io.IOException;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells daemons over ubus that their configuration has changed: the one that must accept it by its own
/// method, and procd, for whoever else has a trigger for the package, as rpcd does after a commit.
final class UbusReloading implements MappedElement.Reloading {
    private static final Logger LOG = LoggerFactory.getLogger(UbusReloading.class);
    /// netifd answers in milliseconds.
    private static final Duration PATIENCE = Duration.ofSeconds(5);

    private final UbusClient ubus;

    UbusReloading(UbusClient ubus) {
        this.ubus = ubus;
    }

    @Override
    public void reload(String packageName, Mapping.Reload reload) {
        try {
            ubus.invoke(reload.object(), reload.method(), UbusTable.EMPTY, PATIENCE);
            tellProcd(packageName);
        } catch (UbusException | IOException refused) {
            throw new UspException(
                    StandardErrorCode.INTERNAL_ERROR,
                    "the reload of " + packageName + " was refused: " + refused.getMessage());
        } catch (InterruptedException cancelled) {
            Thread.currentThread().interrupt();
            throw new UspException(StandardErrorCode.INTERNAL_ERROR, "interrupted in the reload of " + packageName);
        }
    }

    /// The package is in force already, so that nothing fails where procd does not answer.
    private void tellProcd(String packageName) throws InterruptedException {
        UbusTable event = UbusTable.EMPTY
                .with("type", "config.change")
                .with("data", UbusTable.EMPTY.with("package", packageName));
        try {
            ubus.invoke("service", "event", event, PATIENCE);
        } catch (UbusException refused) {
            if (refused.status() != UbusStatus.NOT_FOUND) {
                LOG.warn("procd was not told of the change of {}: {}", packageName, refused.getMessage());
            }
        } catch (IOException broken) {
            LOG.warn("procd was not told of the change of {}: {}", packageName, broken.getMessage());
        }
    }
}
