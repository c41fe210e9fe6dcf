// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.device.proxied.ThingFailedException;
import dev.pharos.device.proxied.ThingFailedException.Reason;
import java.time.Duration;
import org.eclipse.leshan.core.request.DownlinkRequest;
import org.eclipse.leshan.core.request.exception.ClientSleepingException;
import org.eclipse.leshan.core.response.LwM2mResponse;
import org.eclipse.leshan.server.LeshanServer;
import org.eclipse.leshan.server.queue.PresenceServiceImpl;
import org.eclipse.leshan.server.registration.Registration;

/// Asks registered things.
final class Line {
    private final LeshanServer server;

    Line(LeshanServer server) {
        this.server = server;
    }

    /// The thing's present registration.
    ///
    /// @throws ThingFailedException where it has none
    Registration of(String thing) throws ThingFailedException {
        Registration registration = server.getRegistrationStore().getRegistrationByEndpoint(thing);
        if (registration == null) {
            throw new ThingFailedException(Reason.UNREACHABLE, "it is away");
        }
        return registration;
    }

    /// The thing has said something, and so listens for a while if it is one that sleeps; what the library does not
    /// conclude from what it observes.
    void awake(Registration thing) {
        if (thing.usesQueueMode() && server.getPresenceService() instanceof PresenceServiceImpl presence) {
            presence.setAwake(thing);
        }
    }

    boolean isCurrent(Registration registration) {
        Registration present = server.getRegistrationStore().getRegistrationByEndpoint(registration.getEndpoint());
        return present != null && present.getId().equals(registration.getId());
    }

    /// What the thing answers.
    ///
    /// @throws ThingFailedException where it does not, in time and in a form that can be read
    <T extends LwM2mResponse> T ask(Registration thing, DownlinkRequest<T> request, Duration patience)
            throws ThingFailedException {
        try {
            T answer = server.send(thing, request, patience.toMillis());
            if (answer == null) {
                throw new ThingFailedException(
                        Reason.UNREACHABLE, "it did not answer within " + patience.toSeconds() + " s");
            }
            return answer;
        } catch (ClientSleepingException asleep) {
            throw new ThingFailedException(Reason.UNREACHABLE, "it sleeps");
        } catch (InterruptedException end) {
            Thread.currentThread().interrupt();
            throw new ThingFailedException(Reason.UNREACHABLE, "it was no longer waited for");
        } catch (RuntimeException failed) {
            // all that the library has to say of a thing that fails is unchecked
            throw new ThingFailedException(Reason.UNREACHABLE, "it could not be asked: " + failed.getMessage());
        }
    }
}
