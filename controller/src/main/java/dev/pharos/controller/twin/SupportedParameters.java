// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.twin;

import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedObject;
import dev.pharos.usp.message.GetSupportedDmResponse.SupportedParameter;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;

/// The parameters of the supported data models that are in use: to list those of one takes longer than to take a report
/// of a device that has it. Thread-safe.
final class SupportedParameters {
    /// By the hash of the model, the one that was asked for last at the end.
    private final Map<String, Map<String, Set<String>>> byModel = new LinkedHashMap<>(16, 0.75f, true);

    /// The names of the parameters of each object, by its supported path.
    Map<String, Set<String>> of(SupportedModel model) {
        synchronized (byModel) {
            Map<String, Set<String>> known = byModel.get(model.hash());
            if (known != null) {
                return known;
            }
        }
        Map<String, Set<String>> listed = listed(model);
        synchronized (byModel) {
            byModel.put(model.hash(), listed);
            if (byModel.size() > Limits.MODELS_LISTED) {
                byModel.remove(byModel.keySet().iterator().next());
            }
        }
        return listed;
    }

    private static Map<String, Set<String>> listed(SupportedModel model) {
        Map<String, Set<String>> objects = new HashMap<>();
        for (SupportedObject object : model.supportedObjects()) {
            Set<String> names = objects.computeIfAbsent(object.supportedObjPath(), any -> new HashSet<>());
            for (SupportedParameter parameter : object.supportedParams()) {
                names.add(parameter.paramName());
            }
        }
        return objects;
    }
}
