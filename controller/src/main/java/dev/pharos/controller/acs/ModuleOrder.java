// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.rpc.DuOperation;
import dev.pharos.usp.Frozen;
import java.util.List;

/// What a device was told to do with its software modules, kept until it tells how that ended.
///
/// @param key the CommandKey by which the device names it
public record ModuleOrder(String key, List<Item> items) {
    public ModuleOrder {
        items = Frozen.list(items);
    }

    /// @param command its whole path, as it was asked for
    /// @param commandKey of whoever asks
    /// @param uuid of the deployment unit, where it is known
    public record Item(String command, String commandKey, String uuid) {}

    static ModuleOrder of(Errand.ChangeModules errand) {
        return new ModuleOrder(
                errand.key(),
                errand.changes().stream()
                        .map(each -> new Item(each.command(), each.commandKey(), uuid(each.operation())))
                        .toList());
    }

    private static String uuid(DuOperation operation) {
        return switch (operation) {
            case DuOperation.Install install -> install.uuid();
            case DuOperation.Update update -> update.uuid();
            case DuOperation.Uninstall uninstall -> uninstall.uuid();
        };
    }
}
