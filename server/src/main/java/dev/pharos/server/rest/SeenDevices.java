// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.store.DeviceStore;
import dev.pharos.server.auth.Tenants;
import dev.pharos.server.store.Sight;
import dev.pharos.server.store.Tenant;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/// Which devices a reader of a stream may hear of, for threads that are not its own. Whether a device is in its sight
/// is asked of the store, and remembered for seconds.
final class SeenDevices {
    private final Optional<Sight> sight;
    private final Tenant tenant;
    private final Tenants tenants;
    private final DeviceStore devices;
    private final Clock clock;
    private final LinkedHashMap<EndpointId, Judged> judged = new LinkedHashMap<>(16, 0.75f, true);

    /// Of whoever asks on this thread.
    SeenDevices(DeviceStore devices, Tenants tenants, Clock clock) {
        this.sight = Sight.current();
        this.tenant = Tenant.current().orElse(Tenant.MAIN);
        this.tenants = tenants;
        this.devices = devices;
        this.clock = clock;
    }

    private record Judged(boolean seen, Instant when) {}

    /// @param device empty for what is of no device, which only those hear who see all
    boolean sees(Optional<EndpointId> device) {
        return seesAll() || (isLetIn() && device.filter(this::isSeen).isPresent());
    }

    /// Whoever's tenant was suspended meanwhile hears nothing any more.
    private boolean isLetIn() {
        return tenants.letsIn(tenant);
    }

    private boolean seesAll() {
        return sight.isEmpty() && !tenants.areSeveral();
    }

    /// @param ask whether an event of no device is shown to who asks for the reader
    boolean sees(Optional<EndpointId> device, BooleanSupplier ask) {
        if (device.isEmpty() && sight.isEmpty() && tenants.areSeveral()) {
            return isLetIn() && tenant.within(ask::getAsBoolean);
        }
        return sees(device);
    }

    /// Whether what was heard of a device last was in sight, for one that is not there any more.
    synchronized boolean saw(EndpointId gone) {
        Judged last = judged.remove(gone);
        return seesAll() || (isLetIn() && last != null && last.seen());
    }

    private synchronized boolean isSeen(EndpointId device) {
        Instant now = clock.instant();
        @Nullable Judged last = judged.get(device);
        if (last != null && last.when().plus(Limits.SEEN_REMEMBERED).isAfter(now)) {
            return last.seen();
        }
        boolean seen = tenant.within(() -> sight.isPresent()
                ? sight.get().within(() -> devices.find(device).isPresent())
                : devices.find(device).isPresent());
        judged.put(device, new Judged(seen, now));
        if (judged.size() > Limits.SEEN_DEVICES) {
            judged.remove(judged.firstEntry().getKey());
        }
        return seen;
    }
}
