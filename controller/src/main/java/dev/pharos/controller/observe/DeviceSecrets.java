// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.observe;

import dev.pharos.controller.policy.Limits;
import dev.pharos.controller.policy.SecretParameters;
import dev.pharos.controller.store.StoreException;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// The secret parameters of devices, asked for from the stored data models while someone looks on.
final class DeviceSecrets {
    private static final Logger LOG = LoggerFactory.getLogger(DeviceSecrets.class);

    /// A device may have another data model after an update of its software.
    private static final Duration FRESH = Duration.ofMinutes(1);

    private record Known(SecretParameters secrets, Instant until) {}

    private final Function<EndpointId, Optional<SupportedModel>> models;
    private final Clock clock;
    private final Map<EndpointId, Known> atHand = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<EndpointId, Known> eldest) {
            return size() > Limits.WIRE_DEVICES_AT_HAND;
        }
    };

    DeviceSecrets(Function<EndpointId, Optional<SupportedModel>> models, Clock clock) {
        this.models = models;
        this.clock = clock;
    }

    /// What is a secret of this device; asks the store, which may take its time.
    SecretParameters of(Optional<EndpointId> device) {
        return device.map(this::known).orElse(SecretParameters.BY_NAME);
    }

    private SecretParameters known(EndpointId device) {
        Instant now = clock.instant();
        synchronized (atHand) {
            Known known = atHand.get(device);
            if (known != null && known.until().isAfter(now)) {
                return known.secrets();
            }
        }
        SecretParameters asked;
        try {
            asked = models.apply(device).map(SecretParameters::of).orElse(SecretParameters.BY_NAME);
        } catch (StoreException unavailable) {
            LOG.warn("the data model of {} cannot be read, so that all of its values are masked", device, unavailable);
            asked = SecretParameters.EVERYTHING;
        }
        synchronized (atHand) {
            atHand.put(device, new Known(asked, now.plus(FRESH)));
        }
        return asked;
    }
}
