// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.profile;

import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.controller.store.SupportedModelStore;
import dev.pharos.datamodel.definition.SupportedDataModel;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// What the data models of devices say about what profiles name: a fleet has few of them. Thread-safe.
public final class DeviceLenses {
    private final SupportedModelStore models;
    private final SecretMark marks;
    private final Map<String, Model> atHand = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Model> eldest) {
            return size() > Limits.MODELS;
        }
    };

    private record Model(SecretParameters secrets, Set<String> paths) {}

    public DeviceLenses(SupportedModelStore models, SecretMark marks) {
        this.models = models;
        this.marks = marks;
    }

    public Findings.Lens of(ProfiledDevice device) {
        Optional<Model> model = model(device.modelHash());
        return new Findings.Lens(
                device.id(),
                model.map(Model::secrets).orElse(SecretParameters.BY_NAME),
                marks,
                path -> model.map(known -> known.paths().contains(SupportedDataModel.supportedPath(path)))
                        .orElse(true));
    }

    private Optional<Model> model(String hash) {
        if (hash.isEmpty()) {
            return Optional.empty();
        }
        synchronized (atHand) {
            Model known = atHand.get(hash);
            if (known != null) {
                return Optional.of(known);
            }
        }
        Optional<Model> asked = models.find(hash).map(DeviceLenses::of);
        asked.ifPresent(model -> {
            synchronized (atHand) {
                atHand.put(hash, model);
            }
        });
        return asked;
    }

    private static Model of(SupportedModel model) {
        Set<String> paths = new HashSet<>();
        model.supportedObjects().forEach(object -> {
            paths.add(object.supportedObjPath());
            object.supportedParams().forEach(param -> paths.add(object.supportedObjPath() + param.paramName()));
        });
        return new Model(SecretParameters.of(model), paths);
    }
}
