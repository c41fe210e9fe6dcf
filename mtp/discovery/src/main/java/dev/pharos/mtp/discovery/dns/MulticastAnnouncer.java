// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.discovery.dns;

import dev.pharos.mtp.discovery.Limits;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import javax.jmdns.JmDNS;
import javax.jmdns.ServiceInfo;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Announces services by multicast DNS and answers questions about them, until it is closed; then it says
/// goodbye (RFC 6762 sections 6, 8 and 10.1).
public final class MulticastAnnouncer implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(MulticastAnnouncer.class);

    private static final int LABEL_BYTES = 63;

    private final EndpointId endpointId;
    private final List<JmDNS> responders = new ArrayList<>();
    private volatile boolean closed;

    private MulticastAnnouncer(EndpointId endpointId) {
        this.endpointId = endpointId;
    }

    /// Answers on the interfaces that have these addresses.
    ///
    /// @throws IOException naming the address on which that cannot be; then nothing is announced
    public static MulticastAnnouncer at(EndpointId endpointId, List<InetAddress> addresses) throws IOException {
        MulticastAnnouncer announcer = new MulticastAnnouncer(endpointId);
        for (InetAddress address : addresses) {
            try {
                announcer.responders.add(JmDNS.create(address, hostName(endpointId)));
            } catch (IOException failed) {
                announcer.close();
                throw new IOException(
                        "mDNS cannot answer on " + address.getHostAddress() + ": " + failed.getMessage(), failed);
            }
        }
        return announcer;
    }

    /// The Endpoint ID as a host name, which has fewer characters.
    static String hostName(EndpointId endpointId) {
        String name = endpointId.toString().replaceAll("[^A-Za-z0-9]+", "-").replaceAll("^-|-$", "");
        return name.length() > 50 ? name.substring(0, 50) : name;
    }

    /// Announces one service.
    ///
    /// @throws IOException where it cannot be announced
    public void announce(Advertisement advertisement) throws IOException {
        int length = advertisement.endpointId().toString().length();
        if (length > LABEL_BYTES) {
            throw new IOException("an Endpoint ID of more than " + LABEL_BYTES
                    + " characters cannot be announced, as no DNS name can hold it: " + advertisement.endpointId());
        }
        for (JmDNS responder : responders) {
            ServiceInfo info = ServiceInfo.create(
                    advertisement.service().label() + ".local.",
                    advertisement.endpointId().toString(),
                    "",
                    advertisement.port(),
                    0,
                    0,
                    false,
                    advertisement.text());
            responder.registerService(info);
            Thread.ofVirtual().start(() -> checkName(responder, info));
        }
        LOG.info(
                "announced by mDNS: {} on port {}",
                advertisement.service().instance(advertisement.endpointId(), "local"),
                advertisement.port());
    }

    /// A namesake makes the responder take another name. An endpoint has but one (R-DIS.8), so it is silent
    /// then.
    private void checkName(JmDNS responder, ServiceInfo info) {
        try {
            Thread.sleep(Limits.ANNOUNCEMENT_CHECK);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            return;
        }
        if (!closed && !info.getName().equals(endpointId.toString())) {
            responder.unregisterService(info);
            LOG.error(
                    "another endpoint on this network announces {}; ours is not announced, give one of them another"
                            + " Endpoint ID",
                    endpointId);
        }
    }

    /// Says goodbye and stops. Idempotent.
    @Override
    public void close() {
        closed = true;
        for (JmDNS responder : responders) {
            try {
                responder.close();
            } catch (IOException failed) {
                LOG.warn("mDNS did not stop in order: {}", failed.getMessage());
            }
        }
        responders.clear();
    }
}
