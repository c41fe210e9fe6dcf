// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.eclipse.californium.core.coap.Request;
import org.eclipse.californium.core.config.CoapConfig;
import org.eclipse.californium.core.network.CoapEndpoint;
import org.eclipse.californium.core.server.MessageDeliverer;
import org.eclipse.californium.elements.Connector;
import org.eclipse.californium.elements.UDPConnector;
import org.eclipse.californium.elements.config.CertificateAuthenticationMode;
import org.eclipse.californium.elements.config.Configuration;
import org.eclipse.californium.elements.config.UdpConfig;
import org.eclipse.californium.scandium.DTLSConnector;
import org.eclipse.californium.scandium.config.DtlsConfig;
import org.eclipse.californium.scandium.config.DtlsConnectorConfig;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// One UDP socket with the library's CoAP on it, plain or in DTLS, and the one thread on which everything happens.
/// Repetition and duplicates are the library's; blocks are ours.
final class CoapSocket implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(CoapSocket.class);

    private final ScheduledExecutorService loop;
    private final CoapEndpoint endpoint;
    private final Optional<DTLSConnector> dtls;

    private CoapSocket(ScheduledExecutorService loop, CoapEndpoint endpoint, Optional<DTLSConnector> dtls) {
        this.loop = loop;
        this.endpoint = endpoint;
        this.dtls = dtls;
    }

    /// What secures it.
    record Security(DtlsIdentity identity, DtlsTrust trust, DtlsArrivals arrivals) {}

    /// What is at the ends of it: the gate for all that comes, and who reads what passes.
    record Ends(DatagramGate gate, MessageDeliverer reader) {}

    /// Opens a socket that reads at once.
    ///
    /// @throws IOException where the address cannot be had
    static CoapSocket open(InetSocketAddress address, Transmission transmission, Optional<Security> security, Ends ends)
            throws IOException {
        Configuration settings = settings(transmission);
        Optional<DTLSConnector> dtls =
                security.isPresent() ? Optional.of(dtls(address, settings, security.get())) : Optional.empty();
        Connector socket = dtls.isPresent() ? dtls.get() : new UDPConnector(address, settings);
        ScheduledExecutorService loop = loop();
        CoapEndpoint endpoint = CoapEndpoint.builder()
                .setConfiguration(settings)
                .setConnector(new GatedConnector(socket, ends.gate()))
                .build();
        endpoint.setExecutors(loop, loop);
        endpoint.setMessageDeliverer(ends.reader());
        try {
            endpoint.start();
        } catch (IOException | RuntimeException failed) {
            endpoint.destroy();
            loop.shutdownNow();
            throw failed;
        }
        return new CoapSocket(loop, endpoint, dtls);
    }

    /// Leaves at once when it is to stop, whatever is planned.
    private static ScheduledExecutorService loop() {
        ScheduledThreadPoolExecutor loop = new ScheduledThreadPoolExecutor(
                1, Thread.ofPlatform().daemon().name("pharos-coap").factory());
        loop.setRemoveOnCancelPolicy(true);
        loop.setExecuteExistingDelayedTasksAfterShutdownPolicy(false);
        return loop;
    }

    private static DTLSConnector dtls(InetSocketAddress address, Configuration settings, Security secured)
            throws IOException {
        try {
            return new DTLSConnector(new DtlsConnectorConfig.Builder(settings)
                    .setAddress(address)
                    .setCertificateIdentityProvider(secured.identity())
                    .setAdvancedCertificateVerifier(secured.trust())
                    .setSessionListener(secured.arrivals())
                    .build());
        } catch (IllegalStateException | IllegalArgumentException unfit) {
            throw new IOException("our certificate cannot be used for DTLS: " + unfit.getMessage(), unfit);
        }
    }

    private static Configuration settings(Transmission transmission) {
        CoapConfig.register();
        UdpConfig.register();
        DtlsConfig.register();
        Configuration settings = Configuration.createStandardWithoutFile();
        settings.set(CoapConfig.MAX_RESOURCE_BODY_SIZE, 0);
        settings.set(CoapConfig.ACK_TIMEOUT, transmission.acknowledgedWithin().toMillis(), TimeUnit.MILLISECONDS);
        settings.set(CoapConfig.MAX_RETRANSMIT, transmission.repetitions());
        settings.set(CoapConfig.EXCHANGE_LIFETIME, Limits.REPETITION.toMillis(), TimeUnit.MILLISECONDS);
        settings.set(CoapConfig.DEDUPLICATOR, CoapConfig.DEDUPLICATOR_PEERS_MARK_AND_SWEEP);
        settings.set(CoapConfig.PEERS_MARK_AND_SWEEP_MESSAGES, Limits.REPEATABLE_OF_ONE_PEER);
        settings.set(CoapConfig.MAX_ACTIVE_PEERS, 2 * Limits.PEERS);
        settings.set(UdpConfig.UDP_CONNECTOR_OUT_CAPACITY, Limits.OUTGOING_DATAGRAMS);
        settings.set(UdpConfig.UDP_RECEIVER_THREAD_COUNT, 1);
        settings.set(UdpConfig.UDP_SENDER_THREAD_COUNT, 1);
        settings.set(DtlsConfig.DTLS_CLIENT_AUTHENTICATION_MODE, CertificateAuthenticationMode.NEEDED);
        settings.set(
                DtlsConfig.DTLS_RETRANSMISSION_TIMEOUT,
                transmission.acknowledgedWithin().toMillis(),
                TimeUnit.MILLISECONDS);
        settings.set(DtlsConfig.DTLS_MAX_RETRANSMISSIONS, Math.max(1, transmission.repetitions()));
        settings.set(DtlsConfig.DTLS_MAX_CONNECTIONS, Limits.DTLS_SESSIONS);
        settings.set(DtlsConfig.DTLS_MAX_PENDING_INBOUND_JOBS, Limits.DTLS_JOBS);
        settings.set(DtlsConfig.DTLS_MAX_PENDING_HANDSHAKE_RESULT_JOBS, Limits.DTLS_JOBS);
        settings.set(DtlsConfig.DTLS_MAX_PENDING_OUTBOUND_JOBS, Limits.OUTGOING_DATAGRAMS);
        settings.set(DtlsConfig.DTLS_MAX_FRAGMENTED_HANDSHAKE_MESSAGE_LENGTH, Limits.CERTIFICATE_BYTES);
        settings.set(DtlsConfig.DTLS_RECEIVER_THREAD_COUNT, 1);
        settings.set(DtlsConfig.DTLS_CONNECTOR_THREAD_COUNT, 1);
        // Each session begins with certificates, so that none outlives a change of what is trusted by being resumed.
        settings.set(DtlsConfig.DTLS_SERVER_USE_SESSION_ID, false);
        return settings;
    }

    InetSocketAddress address() {
        return endpoint.getAddress();
    }

    /// Runs something on the socket's thread; not at all once it is closed.
    void execute(Runnable task) {
        try {
            loop.execute(() -> run(task));
        } catch (RejectedExecutionException closed) {
            LOG.debug("{} is closed", endpoint.getAddress());
        }
    }

    private static void run(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException ours) {
            LOG.error("a task of CoAP failed", ours);
        }
    }

    /// @return empty where it is closed
    Optional<ScheduledFuture<?>> schedule(Runnable task, Duration after) {
        try {
            return Optional.of(loop.schedule(() -> run(task), after.toMillis(), TimeUnit.MILLISECONDS));
        } catch (RejectedExecutionException closed) {
            return Optional.empty();
        }
    }

    void every(Duration pause, Runnable task) {
        var _ = loop.scheduleWithFixedDelay(() -> run(task), pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }

    void send(Request request) {
        endpoint.sendRequest(request);
    }

    /// Ends the DTLS session with a peer, where there is one.
    void endSession(InetSocketAddress peer) {
        dtls.ifPresent(connector -> connector.close(peer));
    }

    /// Waits for tasks that were given before, for a short time.
    @Override
    public void close() {
        endpoint.destroy();
        loop.shutdown();
        try {
            if (!loop.awaitTermination(Limits.CLOSE_TIME.toMillis(), TimeUnit.MILLISECONDS)) {
                List<Runnable> left = loop.shutdownNow();
                LOG.debug("{} tasks of CoAP were left", left.size());
            }
        } catch (InterruptedException hurry) {
            loop.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }
}
