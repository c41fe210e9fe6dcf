// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent.config;

import dev.pharos.usp.EndpointId;
import dev.pharos.usp.Frozen;
import java.time.Duration;
import java.util.List;

/// A controller that an agent knows from its start: a row of `Device.LocalAgent.Controller.`. What a
/// management protocol changed in that row later wins over these values.
///
/// @param enabled whether it may talk to us and is notified
/// @param periodicInterval between Periodic! events, at least one second
/// @param onboarding whether it gets an OnBoardRequest at each start until it sets `OnBoardingComplete`
///     (R-NOT.5)
/// @param mtps how it is reached, in order of preference
public record ControllerConfig(
        EndpointId endpointId,
        ControllerRole role,
        boolean enabled,
        Duration periodicInterval,
        boolean onboarding,
        List<ControllerMtp> mtps) {
    private static final Duration DAY = Duration.ofDays(1);

    public ControllerConfig {
        mtps = Frozen.list(mtps);
        if (periodicInterval.toSeconds() < 1) {
            throw new IllegalArgumentException("the periodic interval must be at least 1 s: " + periodicInterval);
        }
    }

    /// An enabled controller with a daily Periodic! and no OnBoardRequest.
    public static ControllerConfig of(EndpointId endpointId, ControllerRole role) {
        return new ControllerConfig(endpointId, role, true, DAY, false, List.of());
    }

    public ControllerConfig withMtps(List<ControllerMtp> reachedBy) {
        return new ControllerConfig(endpointId, role, enabled, periodicInterval, onboarding, reachedBy);
    }

    public ControllerConfig withPeriodicInterval(Duration interval) {
        return new ControllerConfig(endpointId, role, enabled, interval, onboarding, mtps);
    }

    public ControllerConfig withOnboarding(boolean wanted) {
        return new ControllerConfig(endpointId, role, enabled, periodicInterval, wanted, mtps);
    }

    public ControllerConfig withEnabled(boolean enable) {
        return new ControllerConfig(endpointId, role, enable, periodicInterval, onboarding, mtps);
    }
}
