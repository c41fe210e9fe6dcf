// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.job;

import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.SupportedModelStore;
import java.util.LinkedHashMap;
import java.util.Map;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secret parameters of devices by their data models: a fleet has few.
final class JobSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(JobSecrets.class);

    private final SupportedModelStore models;
    private final Map<String, SecretParameters> atHand = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, SecretParameters> eldest) {
            return size() > Limits.MODELS;
        }
    };

    JobSecrets(SupportedModelStore models) {
        this.models = models;
    }

    /// @param hash of the data model, empty where it is not known
    SecretParameters of(String hash) {
        if (hash.isEmpty()) {
            return SecretParameters.BY_NAME;
        }
        synchronized (atHand) {
            SecretParameters known = atHand.get(hash);
            if (known != null) {
                return known;
            }
        }
        try {
            SecretParameters asked = models.find(hash).map(SecretParameters::of).orElse(SecretParameters.BY_NAME);
            synchronized (atHand) {
                atHand.put(hash, asked);
            }
            return asked;
        } catch (StoreException unavailable) {
            LOG.warn("a data model cannot be read, so that all values are masked", unavailable);
            return SecretParameters.EVERYTHING;
        }
    }
}
