// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.lwm2m;

import dev.pharos.device.proxied.Limits;
import dev.pharos.device.proxied.ThingFeed;
import org.eclipse.leshan.core.peer.LwM2mPeer;
import org.eclipse.leshan.core.peer.X509Identity;
import org.eclipse.leshan.core.request.RegisterRequest;
import org.eclipse.leshan.core.request.UplinkRequest;
import org.eclipse.leshan.server.registration.Registration;
import org.eclipse.leshan.server.security.Authorization;
import org.eclipse.leshan.server.security.Authorizer;
import org.eclipse.leshan.server.security.DefaultAuthorizer;
import org.eclipse.leshan.server.security.SecurityStore;

/// Who may register: a thing that shows the key of its name, or a certificate with it where nobody has a key of that
/// name, or a thing that shows nothing under a name without a key, where CoAP without protection is spoken at all; and
/// each only while there is room.
final class Door implements Authorizer {
    private final SecurityStore store;
    private final Authorizer keys;
    private final ThingFeed feed;

    Door(SecurityStore store, ThingFeed feed) {
        this.store = store;
        this.keys = new DefaultAuthorizer(store);
        this.feed = feed;
    }

    @Override
    public Authorization isAuthorized(UplinkRequest<?> request, Registration registration, LwM2mPeer sender) {
        String name = registration.getEndpoint();
        Authorization proven = sender.getIdentity() instanceof X509Identity certified
                ? certified(certified, name)
                : keys.isAuthorized(request, registration, sender);
        boolean welcome = !(request instanceof RegisterRequest)
                || (!name.isBlank()
                        && name.length() <= Limits.NAME_CHARACTERS
                        && proven.isApproved()
                        && feed.admit(name));
        return welcome ? proven : Authorization.declined();
    }

    private Authorization certified(X509Identity identity, String name) {
        boolean itself = name.equals(identity.getX509CommonName()) && store.getByEndpoint(name) == null;
        return itself ? Authorization.approved() : Authorization.declined();
    }
}
