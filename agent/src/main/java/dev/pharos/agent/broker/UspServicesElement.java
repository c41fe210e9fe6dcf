// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.broker;

import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.definition.ValueSyntax;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.format.ModelFormat;
import dev.pharos.datamodel.format.ModelFormatException;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/// `Device.USPServices.`: the Services that are connected, and what each of them may register.
public final class UspServicesElement implements ServiceElement {
    private static final String TABLE = "Device.USPServices.USPService.";
    private static final SupportedDataModel MODEL = read();

    private @Nullable DeviceContext context;

    private static SupportedDataModel read() {
        try (InputStream text = UspServicesElement.class.getResourceAsStream("usp-services.dm")) {
            Reader reader = new InputStreamReader(
                    Objects.requireNonNull(text, "not in the jar: usp-services.dm"), StandardCharsets.UTF_8);
            return ModelFormat.read(reader, "usp-services.dm");
        } catch (IOException | ModelFormatException broken) {
            throw new IllegalStateException("the shipped model cannot be read", broken);
        }
    }

    @Override
    public SupportedDataModel supported() {
        return MODEL;
    }

    @Override
    public void start(DeviceContext mounted) {
        context = mounted;
    }

    /// Shows a connected Service with what it has registered.
    void show(EndpointId service, List<String> paths) {
        mounted().update(transaction -> {
            String row = transaction.add(TABLE, Map.of("EndpointID", service.toString()));
            transaction.set(row + "Protocol", "UDS");
            transaction.set(row + "DataModelPaths", String.join(",", paths));
            return row;
        });
    }

    void remove(EndpointId service) {
        mounted().update(transaction -> {
            transaction
                    .snapshot()
                    .object("Device.USPServices.")
                    .flatMap(services -> row(services, "USPService", service))
                    .ifPresent(row -> transaction.delete(row.path()));
            return service;
        });
    }

    /// What this Service may register: what its row in the trust table names, or, without a row, anything if
    /// it runs as our own user.
    Predicate<String> trust(EndpointId service, boolean ours) {
        Optional<ObjectInstance> row =
                mounted().snapshot().object("Device.USPServices.").flatMap(services -> row(services, "Trust", service));
        if (row.isEmpty()) {
            return path -> ours;
        }
        List<String> targets = ValueSyntax.items(row.get().value("TargetPaths").orElse("")).stream()
                .map(target -> target.endsWith(".") ? target : target + ".")
                .toList();
        return path -> targets.stream().anyMatch(path::startsWith);
    }

    private static Optional<ObjectInstance> row(ObjectInstance services, String table, EndpointId service) {
        return services.rows(table).stream()
                .filter(row -> row.value("EndpointID").orElse("").equals(service.toString()))
                .findFirst();
    }

    private DeviceContext mounted() {
        return Objects.requireNonNull(context, "not started");
    }
}
