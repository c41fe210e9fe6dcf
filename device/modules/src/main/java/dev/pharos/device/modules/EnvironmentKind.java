// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import java.util.Arrays;
import java.util.Optional;

/// The kinds of execution environments, of each of which a host has one or none.
enum EnvironmentKind {
    /// Processes of the host, of archives with a manifest.
    PROCESSES(1, "Linux", "environment."),
    /// Containers, of OCI images.
    CONTAINERS(2, "OCI", "containers.");

    private final int number;
    private final String label;
    private final String key;

    EnvironmentKind(int number, String label, String key) {
        this.number = number;
        this.label = label;
        this.key = key;
    }

    /// Of its row.
    int number() {
        return number;
    }

    /// Its name, by which management says which is meant.
    String label() {
        return label;
    }

    /// What keys begin with where it is kept.
    String key() {
        return key;
    }

    /// Its row, with the dot at its end.
    String path() {
        return ModelPaths.ENVIRONMENTS + number + ".";
    }

    /// Its row as references write it, without the dot at the end.
    String reference() {
        return ModelPaths.withoutDot(path());
    }

    static Optional<EnvironmentKind> numbered(long number) {
        return Arrays.stream(values()).filter(kind -> kind.number == number).findFirst();
    }
}
