// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.device.modules.container.OciRuntime;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/// Which execution environments this host has, and whether they can run anything. Thread-safe.
record Environments(Store store, OciRuntime runtime) {
    /// Containers are one of them where the host is to have any, and where units of theirs are installed.
    List<EnvironmentKind> there() {
        return Arrays.stream(EnvironmentKind.values())
                .filter(kind -> kind == EnvironmentKind.PROCESSES
                        || runtime.isThere()
                        || store.now().units().stream().anyMatch(unit -> unit.kind() == kind))
                .toList();
    }

    boolean isEnabled(EnvironmentKind kind) {
        return store.now().environment(kind).enabled();
    }

    /// Why it cannot run anything though it is enabled; empty where it can.
    String problem(EnvironmentKind kind) {
        return kind == EnvironmentKind.CONTAINERS ? runtime.problem() : "";
    }

    /// @param reference as a command says it; empty where it says none
    /// @throws UspException 7223 where there is none such
    Optional<EnvironmentKind> named(String reference) {
        if (reference.isEmpty()) {
            return Optional.empty();
        }
        String plain = ModelPaths.withoutDot(reference);
        return Optional.of(there().stream()
                .filter(kind -> kind.reference().equals(plain))
                .findFirst()
                .orElseThrow(() -> ModuleFault.UNKNOWN_ENVIRONMENT.because("there is no " + plain)));
    }

    /// @throws UspException 7012 where it is disabled, 7230 where it can run nothing
    void mustRun(EnvironmentKind kind) {
        mustBeEnabled(kind);
        String problem = problem(kind);
        if (!problem.isEmpty()) {
            throw ModuleFault.INVALID_ENVIRONMENT_STATE.because(problem);
        }
    }

    /// @throws UspException 7012 where it is disabled
    void mustBeEnabled(EnvironmentKind kind) {
        if (!isEnabled(kind)) {
            throw ModuleFault.DISABLED_ENVIRONMENT.because("the execution environment is disabled");
        }
    }

    /// @throws UspException where none of them can run anything
    void oneMustRun() {
        boolean none = there().stream()
                .noneMatch(kind -> isEnabled(kind) && problem(kind).isEmpty());
        if (none) {
            mustRun(EnvironmentKind.PROCESSES);
        }
    }
}
