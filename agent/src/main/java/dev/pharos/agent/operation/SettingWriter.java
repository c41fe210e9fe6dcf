// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.operation;

import dev.pharos.agent.access.Permissions;
import dev.pharos.agent.access.Right;
import dev.pharos.agent.config.Limits;
import dev.pharos.datamodel.instance.Snapshot;
import dev.pharos.datamodel.instance.Transaction;
import dev.pharos.usp.Fault;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import dev.pharos.usp.message.ParameterError;
import dev.pharos.usp.message.ParameterSetting;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/// Writes the parameters of one object as Add and Set do: in whatever order works (R-MSG.5), telling required
/// from optional failures (R-ADD.3, R-ADD.4, R-SET.2).
final class SettingWriter {
    private final Permissions permissions;
    private final Map<ParameterSetting, Fault> leftOut;

    /// @param leftOut optional settings that are known to fail
    SettingWriter(Permissions permissions, Map<ParameterSetting, Fault> leftOut) {
        this.permissions = permissions;
        this.leftOut = leftOut;
    }

    /// What became of an object's parameters.
    record Written(
            String objectPath, List<String> applied, List<ParameterError> optionalErrors, List<ParameterError> errors) {
        boolean failed() {
            return !errors.isEmpty();
        }
    }

    Written write(
            Transaction transaction,
            String objectPath,
            List<ParameterSetting> settings,
            Predicate<ParameterSetting> required) {
        Map<ParameterSetting, Fault> faults = new HashMap<>();
        List<ParameterSetting> pending = new ArrayList<>();
        for (ParameterSetting setting : settings) {
            Fault known = leftOut.get(setting);
            if (known == null) {
                pending.add(setting);
            } else {
                faults.put(setting, known);
            }
        }
        // What fails is tried again as long as something else succeeded: it may have needed that.
        List<ParameterSetting> failed = pass(transaction, objectPath, pending, faults);
        while (!failed.isEmpty() && failed.size() < pending.size()) {
            pending = failed;
            failed = pass(transaction, objectPath, pending, faults);
        }
        List<String> applied = new ArrayList<>();
        List<ParameterError> optionalErrors = new ArrayList<>();
        List<ParameterError> errors = new ArrayList<>();
        for (ParameterSetting setting : settings) {
            Fault fault = faults.get(setting);
            if (fault == null) {
                applied.add(setting.param());
            } else {
                (required.test(setting) ? errors : optionalErrors).add(new ParameterError(setting.param(), fault));
            }
        }
        return new Written(objectPath, applied, optionalErrors, errors);
    }

    private List<ParameterSetting> pass(
            Transaction transaction,
            String objectPath,
            List<ParameterSetting> settings,
            Map<ParameterSetting, Fault> faults) {
        List<ParameterSetting> failed = new ArrayList<>();
        for (ParameterSetting setting : settings) {
            try {
                String path = objectPath + setting.param();
                if (!permissions.allows(Right.WRITE_PARAMETER, path)) {
                    boolean hidden = !permissions.allows(Right.READ_PARAMETER, path);
                    throw new UspException(
                            hidden ? StandardErrorCode.UNSUPPORTED_PARAMETER : StandardErrorCode.PERMISSION_DENIED,
                            // In the words of the data model, which cannot be told from these.
                            hidden ? path + ": not supported" : path);
                }
                transaction.set(path, setting.value());
                faults.remove(setting);
            } catch (UspException refused) {
                faults.put(setting, refused.fault());
                failed.add(setting);
            }
        }
        return failed;
    }

    /// The values that were written as they are now, without those that the controller may not read
    /// (R-SET.3).
    Map<String, String> values(Snapshot snapshot, Written written) {
        Map<String, String> values = new LinkedHashMap<>();
        for (String name : written.applied()) {
            String path = written.objectPath() + name;
            if (permissions.allows(Right.READ_PARAMETER, path)) {
                int leaf = path.lastIndexOf('.') + 1;
                snapshot.object(path.substring(0, leaf))
                        .ifPresent(object -> object.value(path.substring(leaf))
                                .ifPresent(value ->
                                        values.put(name, permissions.shown(object, path.substring(leaf), value))));
            }
        }
        return values;
    }

    /// Runs an attempt; where the device refuses the whole of it, finds out whether leaving an optional
    /// setting out helps, so that an optional parameter never sinks its object.
    static <T> T withoutRefused(List<ParameterSetting> optional, Function<Map<ParameterSetting, Fault>, T> attempt) {
        UspException first;
        try {
            return attempt.apply(Map.of());
        } catch (UspException refused) {
            first = refused;
        }
        Map<ParameterSetting, Fault> all = new HashMap<>();
        for (ParameterSetting setting : optional) {
            all.put(setting, first.fault());
        }
        if (optional.size() > 1) {
            for (ParameterSetting setting : optional.subList(0, Math.min(optional.size(), Limits.OPTIONAL_RETRIES))) {
                Map<ParameterSetting, Fault> one = new HashMap<>();
                one.put(setting, first.fault());
                try {
                    return attempt.apply(one);
                } catch (UspException stillRefused) {
                    // It was not this one, or not this one alone.
                }
            }
        }
        if (optional.isEmpty()) {
            throw first;
        }
        try {
            return attempt.apply(all);
        } catch (UspException stillRefused) {
            throw first;
        }
    }
}
