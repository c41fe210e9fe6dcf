// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.device.proxied.ThingFeed;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.Collection;
import org.eclipse.leshan.core.observation.CompositeObservation;
import org.eclipse.leshan.core.observation.Observation;
import org.eclipse.leshan.core.observation.SingleObservation;
import org.eclipse.leshan.core.response.ObserveCompositeResponse;
import org.eclipse.leshan.core.response.ObserveResponse;
import org.eclipse.leshan.server.observation.ObservationListener;
import org.eclipse.leshan.server.registration.Registration;
import org.eclipse.leshan.server.registration.RegistrationListener;
import org.eclipse.leshan.server.registration.RegistrationUpdate;
import org.jspecify.annotations.Nullable;

/// Who comes, stays, goes and tells something. Called by threads of the library, which never wait here.
final class Attendance implements RegistrationListener, ObservationListener {
    private static final Logger LOG = System.getLogger(Attendance.class.getName());

    private final Learner learner;
    private final ThingFeed feed;
    private final Line line;

    Attendance(Learner learner, ThingFeed feed, Line line) {
        this.learner = learner;
        this.feed = feed;
        this.line = line;
    }

    @Override
    public void registered(
            Registration registration, @Nullable Registration before, @Nullable Collection<Observation> ended) {
        learner.learn(registration);
    }

    @Override
    public void updated(RegistrationUpdate update, Registration updated, Registration before) {
        if (update.getObjectLinks() != null) {
            learner.learn(updated);
        } else {
            learner.again(updated);
        }
    }

    @Override
    public void unregistered(
            Registration registration,
            Collection<Observation> ended,
            boolean expired,
            @Nullable Registration followedBy) {
        if (followedBy == null) {
            learner.forget(registration.getEndpoint());
            if (expired) {
                feed.away(registration.getEndpoint());
            } else {
                feed.gone(registration.getEndpoint());
            }
        }
    }

    @Override
    public void newObservation(Observation observation, Registration registration) {}

    @Override
    public void cancelled(Observation observation) {}

    @Override
    public void onResponse(SingleObservation observation, Registration registration, ObserveResponse response) {
        line.awake(registration);
        if (response.isSuccess()) {
            learner.told(registration, observation.getPath(), response.getContent());
        }
    }

    @Override
    public void onResponse(
            CompositeObservation observation, Registration registration, ObserveCompositeResponse response) {}

    @Override
    public void onError(Observation observation, Registration registration, Exception error) {
        LOG.log(Level.DEBUG, "what {0} tells cannot be read: {1}", registration.getEndpoint(), error.getMessage());
    }
}
