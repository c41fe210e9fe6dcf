// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.command;

import dev.pharos.datamodel.engine.InstantiatedDataModel;
import dev.pharos.datamodel.instance.Change;
import dev.pharos.datamodel.instance.Snapshot;
import java.util.function.Consumer;

/// What people call a device, where its data model has such a parameter.
final class FriendlyName {
    private static final String PATH = "Device.DeviceInfo.FriendlyName";

    private FriendlyName() {}

    /// Tells what it is, and what it becomes.
    static void follow(InstantiatedDataModel model, Consumer<String> told) {
        model.onChange(changes -> {
            if (changes.changes().stream().map(Change::path).anyMatch(PATH::equals)) {
                told.accept(in(changes.after()));
            }
        });
        told.accept(in(model.snapshot()));
    }

    private static String in(Snapshot snapshot) {
        return snapshot.value(PATH).orElse("");
    }
}
