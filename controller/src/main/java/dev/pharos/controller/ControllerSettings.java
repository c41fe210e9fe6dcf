// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller;

import dev.pharos.controller.policy.Admission;
import dev.pharos.controller.policy.OnboardingPlan;
import dev.pharos.controller.policy.PeerPolicy;
import dev.pharos.controller.store.Stores;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.session.SessionPolicy;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Supplier;

/// What makes up a Controller.
///
/// @param own its Endpoint ID
/// @param peers how devices are dealt with
public record ControllerSettings(
        EndpointId own, Stores stores, Admission admission, OnboardingPlan plan, PeerPolicy peers, Clock clock) {

    /// The Endpoint ID that a Controller has unless it is given another.
    public static final EndpointId DEFAULT_ID = EndpointId.of("self::pharos");

    public static ControllerSettings of(Stores stores) {
        return new ControllerSettings(
                DEFAULT_ID,
                stores,
                Admission.standard(),
                OnboardingPlan.DEFAULT,
                PeerPolicy.DEFAULT,
                Clock.systemUTC());
    }

    public ControllerSettings withOwn(EndpointId id) {
        return new ControllerSettings(id, stores, admission, plan, peers, clock);
    }

    public ControllerSettings withPlan(OnboardingPlan newPlan) {
        return new ControllerSettings(own, stores, admission, newPlan, peers, clock);
    }

    public ControllerSettings withAdmission(Admission newAdmission) {
        return new ControllerSettings(own, stores, newAdmission, plan, peers, clock);
    }

    public ControllerSettings withSilentAfter(Duration silence) {
        return new ControllerSettings(own, stores, admission, plan, peers.withSilentAfter(silence), clock);
    }

    /// How end-to-end sessions are kept.
    public ControllerSettings withSessions(SessionPolicy sessions) {
        return new ControllerSettings(own, stores, admission, plan, peers.withSessions(sessions), clock);
    }

    /// Who we are end to end, so that Records can be signed and sessions be in TLS.
    public ControllerSettings withIdentity(Supplier<Optional<SecureIdentity>> identity) {
        return new ControllerSettings(own, stores, admission, plan, peers.withIdentity(identity), clock);
    }

    public ControllerSettings withClock(Clock newClock) {
        return new ControllerSettings(own, stores, admission, plan, peers, newClock);
    }
}
