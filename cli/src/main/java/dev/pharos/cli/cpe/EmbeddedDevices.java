// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.CwmpTime;
import dev.pharos.datamodel.definition.SupportedDataModel;
import dev.pharos.datamodel.device.DeviceContext;
import dev.pharos.datamodel.device.ServiceElement;
import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// `Device.ManagementServer.EmbeddedDevice.`: of each thing behind the device for which it speaks
/// (`Device.ProxiedDevice.`) a row that tells an ACS so, and where it stands. Thread-safe.
final class EmbeddedDevices implements ServiceElement {
    private static final SupportedDataModel MODEL = ShippedModel.read("embedded-device.dm");
    private static final String TABLE = ManagementServerElement.OBJECT + "EmbeddedDevice.";
    private static final String THINGS = "Device.ProxiedDevice.";

    private volatile Optional<DeviceContext> context = Optional.empty();

    @Override
    public SupportedDataModel supported() {
        return MODEL;
    }

    @Override
    public void start(DeviceContext started) {
        context = Optional.of(started);
    }

    /// The device has started: from now on there is a row for each thing.
    void follow(InstantiatedDataModel model) {
        show(model.snapshot());
        model.onChange(changes -> {
            if (changes.changes().stream().anyMatch(EmbeddedDevices::isOfThing)) {
                show(model.snapshot());
            }
        });
    }

    private static boolean isOfThing(Change change) {
        return change.path().startsWith(THINGS) && !(change instanceof Change.ValueChanged);
    }

    private void show(Snapshot now) {
        context.ifPresent(started -> started.update(transaction -> {
            Set<String> shown = new HashSet<>();
            rows(now, "Device.", "ProxiedDevice").forEach(thing -> shown.add(show(transaction, thing)));
            for (ObjectInstance row : rows(transaction.snapshot(), ManagementServerElement.OBJECT, "EmbeddedDevice")) {
                if (!shown.contains(row.path())) {
                    transaction.delete(row.path());
                }
            }
            return shown;
        }));
    }

    private static String show(Transaction transaction, ObjectInstance thing) {
        String row = transaction.add(
                TABLE,
                Map.of(
                        "ControllerID",
                        "",
                        "ProxiedDeviceID",
                        thing.value("Alias").orElse("")));
        transaction.set(
                row + "Reference", thing.path().substring(0, thing.path().length() - 1));
        transaction.set(row + "ProxyProtocol", thing.value("ProxyProtocol").orElse(""));
        return row;
    }

    private static List<ObjectInstance> rows(Snapshot snapshot, String holder, String table) {
        return snapshot.object(holder)
                .filter(found -> found.definition().path().equals(holder))
                .map(found -> found.rows(table))
                .orElse(List.of());
    }

    @Override
    public boolean isLive(String path) {
        return path.endsWith(".LastSyncTime");
    }

    /// When the thing was spoken to last.
    @Override
    public String read(ObjectInstance object, String parameter) {
        String thing = object.value("Reference").orElse("");
        return context.flatMap(started -> started.snapshot().value(thing + ".LastTimeContacted"))
                .orElse(CwmpTime.UNKNOWN.text());
    }
}
