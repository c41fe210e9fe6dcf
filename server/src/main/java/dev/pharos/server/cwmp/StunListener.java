// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.cwmp.udp.StunMessage;
import dev.pharos.cwmp.udp.UdpCall;
import dev.pharos.usp.Bytes;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Tells devices behind a NAT their address outside, and calls them there from the very port that they ask (TR-069
/// Annex
/// G). It answers whoever asks, with hardly more than was asked and to nobody else: what a question says of where to
/// answer is not followed.
public final class StunListener implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(StunListener.class);

    private final DatagramSocket socket;
    private final InetSocketAddress own;
    private final Optional<UnaryOperator<String>> passwords;

    private StunListener(DatagramSocket socket, InetSocketAddress own, Optional<UnaryOperator<String>> passwords) {
        this.socket = socket;
        this.own = own;
        this.passwords = passwords;
    }

    /// @param passwords by the name with which a device signs what it asks; empty where nobody has to
    /// @throws IOException where the port cannot be had
    public static StunListener listen(String host, int port, Optional<UnaryOperator<String>> passwords)
            throws IOException {
        InetAddress at = InetAddress.getByName(host);
        try {
            DatagramSocket socket = new DatagramSocket(new InetSocketAddress(at, port));
            StunListener listener =
                    new StunListener(socket, new InetSocketAddress(at, socket.getLocalPort()), passwords);
            Thread.ofPlatform().name("stun").daemon().start(listener::run);
            return listener;
        } catch (SocketException taken) {
            throw new IOException(
                    "cannot listen on " + host + " port " + port + " over UDP: " + taken.getMessage(), taken);
        }
    }

    /// `stun://127.0.0.1:3478`
    public String url() {
        String host = own.getAddress().getHostAddress();
        return "stun://" + (host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + own.getPort();
    }

    private void run() {
        byte[] buffer = new byte[Limits.DATAGRAM_BYTES];
        while (!socket.isClosed()) {
            try {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                InetSocketAddress from = new InetSocketAddress(packet.getAddress(), packet.getPort());
                Optional<StunMessage> answer = StunMessage.decode(
                                Bytes.copyOf(Arrays.copyOf(packet.getData(), packet.getLength())))
                        .filter(asked -> asked.type() == StunMessage.BINDING_REQUEST)
                        .map(asked -> answer(asked, from));
                if (answer.isPresent()) {
                    send(answer.get().encode(), from);
                }
            } catch (IOException broken) {
                if (!socket.isClosed()) {
                    LOG.debug("STUN: {}", broken.toString());
                }
            }
        }
    }

    private StunMessage answer(StunMessage asked, InetSocketAddress from) {
        List<Integer> unknown = asked.unknown();
        if (!unknown.isEmpty()) {
            return asked.refusal(unknown.subList(0, Math.min(unknown.size(), Limits.STUN_UNKNOWN)));
        }
        StunMessage response = asked.bindingResponse(from, own);
        return passwords.map(known -> signed(asked, response, known)).orElse(response);
    }

    /// The answer by who knows the password, to who knows it.
    private static StunMessage signed(StunMessage asked, StunMessage response, UnaryOperator<String> passwords) {
        if (!asked.isSigned()) {
            return asked.refusal(StunMessage.UNAUTHORIZED, "Unauthorized");
        }
        Optional<String> name = asked.username().filter(each -> !each.isEmpty());
        if (name.isEmpty()) {
            return asked.refusal(StunMessage.MISSING_USERNAME, "Missing Username");
        }
        String password = passwords.apply(name.get());
        return asked.isSignedWith(password)
                ? response.signed("", password)
                : asked.refusal(StunMessage.WRONG_INTEGRITY, "Integrity Check Failure");
    }

    private void send(Bytes datagram, InetSocketAddress to) throws IOException {
        byte[] bytes = datagram.toByteArray();
        socket.send(new DatagramPacket(bytes, bytes.length, to));
    }

    /// Sends a call, and copies of it, since nobody says whether it came.
    ///
    /// @return empty where it was sent, else why not
    Optional<String> call(InetSocketAddress device, UdpCall call) {
        String host = device.getAddress().getHostAddress();
        Bytes datagram = call.encode((host.indexOf(':') < 0 ? host : "[" + host + "]") + ":" + device.getPort());
        try {
            for (int i = 0; i < Limits.CALL_COPIES; i++) {
                send(datagram, device);
            }
            return Optional.empty();
        } catch (IOException broken) {
            return Optional.of("the call could not be sent: " + broken.getMessage());
        }
    }

    @Override
    public void close() {
        socket.close();
    }
}
