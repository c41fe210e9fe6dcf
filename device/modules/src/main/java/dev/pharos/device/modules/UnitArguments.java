// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.modules;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.device.modules.DeploymentUnit.Source;
import dev.pharos.device.modules.DeploymentUnit.Wishes;
import dev.pharos.device.modules.process.RestartPolicy;
import dev.pharos.device.modules.process.RunAs;
import dev.pharos.device.modules.unit.ManifestReader;
import java.util.LinkedHashMap;
import java.util.Map;

/// The arguments of InstallDU() and Update().
final class UnitArguments {
    private UnitArguments() {}

    /// @throws dev.pharos.usp.UspException with the fault code of what cannot be had here
    static void mustBePossible(CommandCall call) {
        if (!call.input("RequiredRoles", "").isEmpty()) {
            throw ModuleFault.UNAVAILABLE_ROLE.because("RequiredRoles: units get no role here");
        }
        if (!call.input("RequiredUserRoles", "").isEmpty()) {
            throw ModuleFault.UNAVAILABLE_USER_ROLE.because("RequiredUserRoles: units get no role here");
        }
    }

    /// @param user who units run as
    static void mustBeUnprivileged(CommandCall call, EnvironmentKind kind, RunAs user) {
        if (!call.input("Privileged", "false").equals("true")) {
            return;
        }
        if (kind == EnvironmentKind.CONTAINERS) {
            throw ModuleFault.REQUEST_DENIED.because("Privileged: containers have no rights on the host here");
        }
        if (!user.isRoot()) {
            throw ModuleFault.REQUEST_DENIED.because(
                    "Privileged: units run as user " + user.uid() + " here, who is not privileged");
        }
    }

    static Source source(CommandCall call) {
        return new Source(call.input("URL", ""), call.input("Username", ""), call.input("Password", ""));
    }

    /// @param before what counts where the call says nothing
    static Wishes wishes(CommandCall call, Wishes before) {
        return new Wishes(
                number(call, "Resources.AllocatedMemory", before.memory()),
                (int) number(call, "Resources.AllocatedCPUPercent", before.cpu()),
                number(call, "Resources.AllocatedDiskSpace", before.disk()),
                environment(call, before.environment()));
    }

    private static Map<String, String> environment(CommandCall call, Map<String, String> before) {
        Map<String, String> environment = new LinkedHashMap<>();
        for (int i = 1; call.inputs().containsKey("EnvVariable." + i + ".Key"); i++) {
            String key = call.input("EnvVariable." + i + ".Key", "");
            if (!ManifestReader.isVariable(key) || i > Limits.VARIABLES) {
                throw ModuleFault.INVALID_ARGUMENTS.because(
                        "EnvVariable." + i + ": not the name of a variable, or more than " + Limits.VARIABLES);
            }
            String value = call.input("EnvVariable." + i + ".Value", "");
            if (value.indexOf(0) >= 0) {
                throw ModuleFault.INVALID_ARGUMENTS.because("EnvVariable." + i + ".Value: with a NUL");
            }
            environment.put(key, value);
        }
        return environment.isEmpty() ? before : environment;
    }

    /// For units that are new.
    static UnitSettings settings(CommandCall call) {
        RestartPolicy policy = RestartPolicy.USUAL;
        for (Map.Entry<String, String> input : call.inputs().entrySet()) {
            if (input.getKey().startsWith("AutoRestart.")) {
                policy = UnitSettings.with(policy, input.getKey(), input.getValue());
            }
        }
        return new UnitSettings(false, 0, Math.min(number(call, "ShutdownDelay", 10), Limits.SHUTDOWN_DELAY), policy);
    }

    private static long number(CommandCall call, String name, long otherwise) {
        return call.inputs().containsKey(name) ? Long.parseLong(call.input(name, "0")) : otherwise;
    }
}
