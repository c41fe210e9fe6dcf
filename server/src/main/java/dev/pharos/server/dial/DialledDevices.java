// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.dial;

import dev.pharos.controller.UspController;
import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.mtp.websocket.WebSocketClientConfig;
import dev.pharos.mtp.websocket.WebSocketClientMtp;
import dev.pharos.server.store.DialledDeviceStore;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps devices reached that listen for their controllers over WebSocket (R-WS.6), each at its own address, and dials
/// anew with back-off after every loss. Thread-safe.
public final class DialledDevices {
    private static final Logger LOG = LoggerFactory.getLogger(DialledDevices.class);

    /// Each has a connection that is looked after: more devices should dial us.
    public static final int MOST = 1_000;

    private final UspController controller;
    private final DialledDeviceStore store;
    private final Terms terms;
    private final Map<EndpointId, WebSocketClientMtp> dialled = new HashMap<>();

    /// How devices are dialled.
    ///
    /// @param tls who we are to them, and who may vouch for them
    /// @param insecure whether other hosts are dialled without encryption too
    public record Terms(TlsSettings tls, RetryBackoff backoff, boolean insecure) {}

    public DialledDevices(UspController controller, DialledDeviceStore store, Terms terms) {
        this.controller = controller;
        this.store = store;
        this.terms = terms;
    }

    /// Dials all that are known; the Controller ends the connections when it ends.
    public synchronized DialledDevices start() {
        store.all().forEach((device, url) -> {
            try {
                dial(device, url);
            } catch (IOException | IllegalArgumentException unusable) {
                LOG.error("{} is not dialled at {}: {}", device, url, unusable.getMessage());
            }
        });
        return this;
    }

    public Optional<URI> find(EndpointId device) {
        return store.find(device);
    }

    /// Whether there is room for one more.
    public synchronized boolean hasRoomFor(EndpointId device) {
        return dialled.containsKey(device) || dialled.size() < MOST;
    }

    /// Whether a device may be dialled at this address.
    ///
    /// @throws IllegalArgumentException where it may not, saying why
    public void check(EndpointId device, URI url) {
        config(device, url);
    }

    /// Dials a device at this address from now on, after every start too.
    ///
    /// @throws IllegalArgumentException as [#check]
    /// @throws IOException where our certificates cannot be used
    public synchronized void put(EndpointId device, URI url) throws IOException {
        check(device, url);
        store.put(device, url);
        hangUp(device);
        dial(device, url);
    }

    /// @return whether it was dialled
    public synchronized boolean remove(EndpointId device) {
        hangUp(device);
        return store.remove(device);
    }

    private void hangUp(EndpointId device) {
        WebSocketClientMtp before = dialled.remove(device);
        if (before != null) {
            controller.detach(before);
        }
    }

    private void dial(EndpointId device, URI url) throws IOException {
        WebSocketClientMtp mtp = new WebSocketClientMtp(config(device, url));
        controller.attach(mtp);
        dialled.put(device, mtp);
    }

    private WebSocketClientConfig config(EndpointId device, URI url) {
        WebSocketClientConfig config = WebSocketClientConfig.to(url, controller.id())
                .withTls(terms.tls().withPeer(device))
                .withBackoff(terms.backoff());
        boolean encrypted = "wss".equalsIgnoreCase(url.getScheme());
        if (!encrypted && !terms.insecure() && !isThisHost(url.getHost())) {
            throw new IllegalArgumentException("without encryption only this host is dialled: use wss://");
        }
        return config;
    }

    private static boolean isThisHost(String host) {
        try {
            return InetAddress.getByName(host).isLoopbackAddress();
        } catch (UnknownHostException unknown) {
            return false;
        }
    }
}
