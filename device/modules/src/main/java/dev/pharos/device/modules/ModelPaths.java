// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

/// Paths of the data model.
final class ModelPaths {
    static final String MODULES = "Device.SoftwareModules.";
    static final String ENVIRONMENTS = MODULES + "ExecEnv.";
    static final String ENVIRONMENT = ENVIRONMENTS + "1.";
    static final String UNITS = MODULES + "DeploymentUnit.";
    static final String EXECUTIONS = MODULES + "ExecutionUnit.";

    private ModelPaths() {}

    /// As references write it, without the dot at the end.
    static String environment() {
        return withoutDot(ENVIRONMENT);
    }

    static String unit(long number) {
        return UNITS + number;
    }

    static String execution(long number) {
        return EXECUTIONS + number;
    }

    static String withoutDot(String path) {
        return path.endsWith(".") ? path.substring(0, path.length() - 1) : path;
    }
}
