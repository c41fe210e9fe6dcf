// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.udp.StunMessage;
import dev.pharos.cwmp.udp.UdpCall;
import dev.pharos.mtp.Turnstile;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Keeps a way open through the NAT before the device, by asking a STUN server again and again from where it listens,
/// and takes the calls that come that way (TR-069 Annex G). Nothing is open as long as nobody wants it. Thread-safe.
final class StunBinding implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StunBinding.class);
    private static final SecureRandom RANDOM = new SecureRandom();

    private final Home home;
    private final Turnstile turnstile = new Turnstile(Limits.CALLS_A_SECOND, Limits.CALLS_AT_ONCE);
    private Optional<Settings> wanted = Optional.empty();
    private @Nullable Worker worker;
    private boolean closed;

    /// Whom to ask, and how often.
    ///
    /// @param keepAlive between two questions: less than the NAT forgets
    /// @param login with which questions are signed where the server wants that; a name or a password that is
    ///     empty is none
    record Settings(String host, int port, Duration keepAlive, CallListener.Login login) {
        private boolean canSign() {
            return !login.username().isEmpty() && !login.password().isEmpty();
        }
    }

    /// The device.
    interface Home {
        /// What somebody who calls has to know; empty as long as nobody may call.
        Optional<CallListener.Login> login();

        /// The ACS has called.
        void called();

        /// @param outside where the device is called; empty as long as that is not known
        /// @param translated whether that is another address than its own
        void seen(Optional<InetSocketAddress> outside, boolean translated);
    }

    StunBinding(Home home) {
        this.home = home;
    }

    /// From now on so.
    ///
    /// @param settings empty for not at all
    synchronized void settle(Optional<Settings> settings) {
        if (closed || settings.equals(wanted)) {
            return;
        }
        stop();
        wanted = settings;
        if (settings.isEmpty()) {
            home.seen(Optional.empty(), false);
            return;
        }
        try {
            worker = new Worker(settings.get());
        } catch (SocketException none) {
            LOG.warn("no calls over UDP: {}", none.getMessage());
        }
    }

    private void stop() {
        if (worker != null) {
            worker.socket.close();
            worker = null;
        }
    }

    @Override
    public synchronized void close() {
        closed = true;
        stop();
    }

    /// One socket, for as long as the settings are the same.
    private final class Worker {
        private final Settings settings;
        private final DatagramSocket socket = new DatagramSocket();
        private Bytes transaction = Bytes.EMPTY;
        private Optional<InetSocketAddress> outside = Optional.empty();
        private int unanswered;
        private boolean signs;
        private long ask = System.nanoTime();
        private long lastTime;

        Worker(Settings settings) throws SocketException {
            this.settings = settings;
            Thread.ofVirtual().name("cpe-stun").start(this::run);
        }

        private void run() {
            byte[] buffer = new byte[Limits.DATAGRAM_BYTES];
            while (!socket.isClosed()) {
                try {
                    if (System.nanoTime() - ask >= 0) {
                        ask();
                    }
                    long left = Math.max(1, (ask - System.nanoTime()) / 1_000_000);
                    socket.setSoTimeout((int) Math.min(left, Integer.MAX_VALUE));
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    socket.receive(packet);
                    take(Bytes.copyOf(Arrays.copyOf(packet.getData(), packet.getLength())));
                } catch (SocketTimeoutException silence) {
                    // it is asked again
                } catch (IOException broken) {
                    if (!socket.isClosed()) {
                        LOG.debug("STUN: {}", broken.toString());
                    }
                }
            }
        }

        private void ask() throws IOException {
            if (unanswered >= Limits.STUN_TRIES && outside.isPresent()) {
                outside = Optional.empty();
                home.seen(outside, false);
            }
            Duration next = unanswered == 0 ? settings.keepAlive() : retry();
            unanswered = Math.min(unanswered + 1, Limits.STUN_TRIES);
            ask = System.nanoTime() + next.toNanos();
            request();
        }

        private void request() throws IOException {
            byte[] drawn = new byte[StunMessage.TRANSACTION_BYTES];
            RANDOM.nextBytes(drawn);
            transaction = Bytes.adopt(drawn);
            StunMessage question = StunMessage.bindingRequest(transaction);
            CallListener.Login login = settings.login();
            byte[] request = (signs ? question.signed(login.username(), login.password()) : question)
                    .encode()
                    .toByteArray();
            // its name may mean another address by now
            InetAddress server = InetAddress.getByName(settings.host());
            socket.send(new DatagramPacket(request, request.length, server, settings.port()));
        }

        private Duration retry() {
            Duration wait = Limits.STUN_RETRY.multipliedBy(1L << unanswered);
            return wait.compareTo(settings.keepAlive()) < 0 ? wait : settings.keepAlive();
        }

        private void take(Bytes datagram) throws IOException {
            Optional<StunMessage> answer = StunMessage.decode(datagram)
                    .filter(each -> each.transaction().equals(transaction));
            if (answer.isPresent()) {
                answered(answer.get());
            } else {
                UdpCall.decode(datagram).filter(this::isGood).ifPresent(call -> {
                    lastTime = call.time();
                    home.called();
                });
            }
        }

        private void answered(StunMessage answer) throws IOException {
            if (answer.type() == StunMessage.BINDING_RESPONSE) {
                // who was asked with a signature shows that it knows the password too
                if (!signs || answer.isSignedWith(settings.login().password())) {
                    answer.mappedAddress().ifPresent(this::seen);
                }
            } else if (answer.errorCode().orElse(0) == StunMessage.UNAUTHORIZED && !signs && settings.canSign()) {
                signs = true;
                request();
            }
        }

        private void seen(InetSocketAddress mapped) {
            unanswered = 0;
            // the first question of a new life is soon answered; the next is for keeping it
            ask = System.nanoTime() + settings.keepAlive().toNanos();
            if (!outside.equals(Optional.of(mapped))) {
                outside = Optional.of(mapped);
                home.seen(outside, isTranslated(mapped));
            }
        }

        private boolean isTranslated(InetSocketAddress mapped) {
            try {
                return mapped.getPort() != socket.getLocalPort()
                        || NetworkInterface.getByInetAddress(mapped.getAddress()) == null;
            } catch (SocketException unknown) {
                return true;
            }
        }

        /// Copies of a call have its time too, and are not taken twice.
        private boolean isGood(UdpCall call) {
            return turnstile.enter("call").isEmpty()
                    && call.time() > lastTime
                    && home.login()
                            .filter(login ->
                                    login.username().equals(call.username()) && call.isSignedWith(login.password()))
                            .isPresent();
        }
    }
}
