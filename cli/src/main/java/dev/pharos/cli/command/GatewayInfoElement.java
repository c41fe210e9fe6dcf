// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.mtp.discovery.choice.GatewayFinder.Gateway;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/// `Device.GatewayInfo.`: the gateway that DHCP names, for as long as the lease holds (R-DIS.2c), and whether it speaks
/// USP, as multicast DNS tells (R-DIS.2d).
final class GatewayInfoElement implements ServiceElement {
    private static final String OBJECT = "Device.GatewayInfo.";
    private static final SupportedDataModel MODEL = read();

    private final Supplier<Optional<Gateway>> finder;
    private final Duration interval;
    private @Nullable Thread watch;

    /// @param finder tells the gateway of this moment; may take its time
    /// @param interval between two looks
    GatewayInfoElement(Supplier<Optional<Gateway>> finder, Duration interval) {
        this.finder = finder;
        this.interval = interval;
    }

    private static SupportedDataModel read() {
        try (InputStream text = Objects.requireNonNull(
                GatewayInfoElement.class.getResourceAsStream("gateway-info.dm"), "not in the jar: gateway-info.dm")) {
            return ModelFormat.read(new InputStreamReader(text, StandardCharsets.UTF_8), "gateway-info.dm");
        } catch (IOException | ModelFormatException broken) {
            throw new IllegalStateException("the shipped model cannot be read", broken);
        }
    }

    @Override
    public SupportedDataModel supported() {
        return MODEL;
    }

    @Override
    public synchronized void start(DeviceContext context) {
        watch = Thread.ofVirtual().name("gateway watch").start(() -> watch(context));
    }

    private void watch(DeviceContext context) {
        Optional<Gateway> shown = Optional.empty();
        try {
            while (true) {
                Optional<Gateway> now = finder.get();
                if (!now.equals(shown)) {
                    show(context, now);
                    shown = now;
                }
                Thread.sleep(interval);
            }
        } catch (InterruptedException closed) {
            Thread.currentThread().interrupt();
        }
    }

    private static void show(DeviceContext context, Optional<Gateway> gateway) {
        context.update(transaction -> {
            transaction.set(
                    OBJECT + "ManufacturerOUI",
                    gateway.map(one -> one.description().manufacturerOui()).orElse(""));
            transaction.set(
                    OBJECT + "ProductClass",
                    gateway.map(one -> one.description().productClass()).orElse(""));
            transaction.set(
                    OBJECT + "SerialNumber",
                    gateway.map(one -> one.description().serialNumber()).orElse(""));
            transaction.set(
                    OBJECT + "ManagementProtocol",
                    gateway.map(Gateway::managementProtocol).orElse(""));
            transaction.set(
                    OBJECT + "EndpointID",
                    gateway.flatMap(Gateway::endpointId)
                            .map(EndpointId::toString)
                            .orElse(""));
            return transaction;
        });
    }

    @Override
    public synchronized void close() {
        if (watch != null) {
            watch.interrupt();
        }
    }
}
