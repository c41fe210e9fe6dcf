// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.policy.OnboardingPlan;
import dev.pharos.controller.store.Stores;
import dev.pharos.usp.EndpointId;
import java.time.Clock;
import java.time.Duration;

/// What makes up a Controller.
///
/// @param own its Endpoint ID
/// @param silentAfter how long a device behind a broker may be silent before it is asked for a sign of life
public record ControllerSettings(
        EndpointId own, Stores stores, Admission admission, OnboardingPlan plan, Duration silentAfter, Clock clock) {

    /// The Endpoint ID that a Controller has unless it is given another.
    public static final EndpointId DEFAULT_ID = EndpointId.of("self::pharos");

    public static ControllerSettings of(Stores stores) {
        return new ControllerSettings(
                DEFAULT_ID,
                stores,
                Admission.standard(),
                OnboardingPlan.DEFAULT,
                Duration.ofMinutes(15),
                Clock.systemUTC());
    }

    public ControllerSettings withOwn(EndpointId id) {
        return new ControllerSettings(id, stores, admission, plan, silentAfter, clock);
    }

    public ControllerSettings withPlan(OnboardingPlan newPlan) {
        return new ControllerSettings(own, stores, admission, newPlan, silentAfter, clock);
    }

    public ControllerSettings withAdmission(Admission newAdmission) {
        return new ControllerSettings(own, stores, newAdmission, plan, silentAfter, clock);
    }

    public ControllerSettings withSilentAfter(Duration silence) {
        return new ControllerSettings(own, stores, admission, plan, silence, clock);
    }

    public ControllerSettings withClock(Clock newClock) {
        return new ControllerSettings(own, stores, admission, plan, silentAfter, newClock);
    }
}
