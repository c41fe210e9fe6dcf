// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.modules;

import dev.pharos.server.modules.ModuleShelf.Environment;
import dev.pharos.server.store.ModuleStore.Needs;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Compares what a module needs with what a device says that it has. What a device does not say is not there, but for
/// free memory and disk space, of which it finds out itself.
record UnmetNeeds(Needs needs, ModuleShelf shelf) {

    /// The execution environment that would do; empty where none is there.
    Optional<Environment> environment() {
        return shelf.environments().stream()
                .filter(Environment::up)
                .filter(each -> needs.environment().isEmpty()
                        || each.type().equals(needs.environment())
                        || each.name().equals(needs.environment()))
                .findFirst();
    }

    /// As sentences; none where all is there.
    List<String> all() {
        List<String> unmet = new ArrayList<>();
        Optional<Environment> environment = environment();
        if (environment.isEmpty()) {
            unmet.add(
                    shelf.environments().isEmpty()
                            ? "the device has no execution environment for software modules"
                            : needs.environment().isEmpty()
                                    ? "no execution environment of the device is up"
                                    : "the device has no execution environment " + needs.environment()
                                            + " that is up, but "
                                            + shelf.environments().stream()
                                                    .map(each -> each.type().isEmpty() ? each.name() : each.type())
                                                    .collect(Collectors.joining(", ")));
        }
        if (!needs.architectures().isEmpty()
                && shelf.architectures().stream().noneMatch(needs.architectures()::contains)) {
            unmet.add(
                    shelf.architectures().isEmpty()
                            ? "the device does not say which architecture it has, and it is for "
                                    + String.join(", ", needs.architectures())
                            : "the device is " + String.join(", ", shelf.architectures()) + ", and it is for "
                                    + String.join(", ", needs.architectures()));
        }
        environment.ifPresent(there -> {
            room("memory", there.memory(), needs.memory(), unmet);
            room("disk space", there.disk(), needs.disk(), unmet);
        });
        needs.dependencies().stream()
                .flatMap(text -> Dependency.parse(text).stream())
                .filter(dependency -> shelf.units().stream().noneMatch(dependency::isMetBy))
                .forEach(missing -> unmet.add("it depends on " + missing + ", which is not installed"));
        return unmet;
    }

    private static void room(String what, long free, long needed, List<String> unmet) {
        if (free >= 0 && free < needed) {
            unmet.add("it needs " + needed + " KiB of " + what + ", and " + free + " KiB are free");
        }
    }
}
