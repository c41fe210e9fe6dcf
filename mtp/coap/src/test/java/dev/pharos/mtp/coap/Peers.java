// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.coap;

import dev.pharos.mtp.RetryBackoff;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.testkit.RecordingReceiver;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import dev.pharos.usp.StandardErrorCode;
import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/// What the tests of this transport send: a line that says from whom, and anything after it.
final class Peers {
    static final EndpointId AGENT = EndpointId.of("os::00256D-1");
    static final EndpointId CONTROLLER = EndpointId.of("self::controller");

    /// Nobody is there: said soon, so that a test does not wait for what only time brings.
    static final Transmission IMPATIENT = new Transmission(Duration.ofMillis(50), 1);

    private static final RetryBackoff AT_ONCE = new RetryBackoff(Duration.ofMillis(20), 1000);

    private Peers() {}

    static EndpointId sender(Bytes record) throws MalformedInputException {
        int line = 0;
        while (line < record.size() && record.at(line) != '\n') {
            line++;
        }
        @Nullable String text = line == record.size() ? null : record.utf8(0, line);
        if (text == null) {
            throw new MalformedInputException(StandardErrorCode.RECORD_COULD_NOT_BE_PARSED, "no line");
        }
        return EndpointId.parse(text);
    }

    static Bytes record(EndpointId from, String content) {
        return Bytes.ofUtf8(from + "\n" + content);
    }

    /// One whose bytes differ from place to place, so that blocks in the wrong order are noticed.
    static Bytes large(EndpointId from, int bytes) {
        byte[] head = (from + "\n").getBytes(java.nio.charset.StandardCharsets.UTF_8);
        byte[] all = Arrays.copyOf(head, bytes);
        for (int i = head.length; i < bytes; i++) {
            all[i] = (byte) (i * 31 + i / 1024);
        }
        return Bytes.adopt(all);
    }

    static CoapTerms terms() {
        return CoapTerms.with(Peers::sender);
    }

    static CoapTerms terms(Optional<TlsSettings> tls) {
        return tls.map(terms()::withTls).orElseGet(Peers::terms);
    }

    static CoapServerMtp server(CoapTerms terms) {
        return new CoapServerMtp(CoapServerConfig.at("127.0.0.1", 0, terms));
    }

    static CoapClientMtp client(CoapServerMtp server, CoapTerms terms) {
        return new CoapClientMtp(
                CoapClientConfig.to(server.description(), terms).withBackoff(AT_ONCE));
    }

    static CoapClientMtp client(String uri, CoapTerms terms) {
        return new CoapClientMtp(CoapClientConfig.to(uri, terms).withBackoff(AT_ONCE));
    }

    /// What begins a handshake, as a client sends it.
    static byte[] clientHello(TlsSettings tls) throws IOException {
        try (DatagramSocket nobody = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                CoapClientMtp client = client(
                        "coaps://127.0.0.1:" + nobody.getLocalPort() + "/usp",
                        terms(Optional.of(tls.withPeer(CONTROLLER))))) {
            client.start(new RecordingReceiver());
            nobody.setSoTimeout(60_000);
            DatagramPacket hello = new DatagramPacket(new byte[2_000], 2_000);
            nobody.receive(hello);
            return Arrays.copyOf(hello.getData(), hello.getLength());
        }
    }
}
