// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

/// Paths of the data model.
final class ModelPaths {
    static final String MODULES = "Device.SoftwareModules.";
    static final String ENVIRONMENTS = MODULES + "ExecEnv.";
    static final String UNITS = MODULES + "DeploymentUnit.";
    static final String EXECUTIONS = MODULES + "ExecutionUnit.";

    private ModelPaths() {}

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
