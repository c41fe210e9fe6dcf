// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.simulated;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.ChangeJournal;
import dev.pharos.datamodel.instance.ObjectInstance;
import dev.pharos.datamodel.instance.Origin;
import dev.pharos.testkit.ManualClock;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A simulated gateway with its data model, started.
final class Home implements AutoCloseable {
    final ManualClock clock = ManualClock.standing();
    final WorldClock world = new WorldClock(clock);
    final SimulatedGateway gateway;
    InstantiatedDataModel model;

    Home(SimulatedGatewayConfig config) {
        gateway = new SimulatedGateway(config, world);
        model = mount(gateway, ChangeJournal.none());
    }

    Home() {
        this(SimulatedGatewayConfig.of("SIM-1", 7));
    }

    static InstantiatedDataModel mount(SimulatedGateway gateway, ChangeJournal journal) {
        try {
            return InstantiatedDataModel.start(gateway.elements(), journal);
        } catch (IOException failure) {
            throw new UncheckedIOException(failure);
        }
    }

    String value(String path) {
        return model.snapshot().value(path).orElseThrow(() -> new AssertionError("no " + path));
    }

    long number(String path) {
        return Long.parseLong(value(path));
    }

    void set(String path, String value) {
        model.write(Origin.MANAGEMENT, transaction -> {
            transaction.set(path, value);
            return path;
        });
    }

    String add(String table) {
        return model.write(Origin.MANAGEMENT, transaction -> transaction.add(table));
    }

    void delete(String row) {
        model.write(Origin.MANAGEMENT, transaction -> {
            transaction.delete(row);
            return row;
        });
    }

    Map<String, String> run(String command, Map<String, String> inputs) throws InterruptedException {
        return model.operate(command, inputs);
    }

    /// All objects and rows, from the root down.
    List<ObjectInstance> objects() {
        List<ObjectInstance> found = new ArrayList<>();
        collect(model.snapshot().root(), found);
        return found;
    }

    List<ObjectInstance> stations() {
        return objects().stream()
                .filter(object -> object.definition().path().endsWith(".AssociatedDevice.{i}."))
                .toList();
    }

    private static void collect(ObjectInstance object, List<ObjectInstance> found) {
        found.add(object);
        object.children().forEach(child -> collect(child, found));
    }

    @Override
    public void close() {
        model.close();
        world.close();
    }
}
