// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.enrol;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsExchange;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import dev.pharos.mtp.tls.HttpsTrust;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateBundle;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.CertificateRequest;
import dev.pharos.pki.Issued;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.PemWriter;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.security.PublicKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.LinkedBlockingDeque;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLPeerUnverifiedException;

/// A server of EST that answers as a test wants.
final class EstStub implements AutoCloseable {
    private final Authority authority =
            Authority.create("stub", KeyKind.EC, new Validity(Instant.now().minus(Duration.ofDays(400)), far()));
    private final HttpsServer server;
    private final Path folder;
    final LinkedBlockingDeque<Asked> asked = new LinkedBlockingDeque<>();
    private volatile Rule rule = request -> signed(request.key(), request.endpoint(), now());

    /// What was asked.
    ///
    /// @param shown whom the client's certificate says it is, empty where it showed none
    record Asked(String operation, String authorization, Optional<String> shown) {}

    /// What is answered.
    record Reply(int status, String retryAfter, Bytes body) {
        static Reply of(int status, String text) {
            return new Reply(status, "7", Bytes.ofUtf8(text));
        }
    }

    /// How it is answered.
    interface Rule {
        Reply answer(CertificateRequest request) throws IOException;
    }

    EstStub(Path folder) throws IOException {
        this.folder = folder;
        Issued own = authority.issue(
                new CertificateOrder("stub", List.of(SubjectName.host("localhost")), Set.of(Use.SERVER), now()),
                KeyKind.EC);
        PemWriter.certificates(file("stub.pem"), own.certificate());
        PemWriter.key(file("stub.key"), own.key());
        PemWriter.certificates(file("authority.pem"), authority.certificate());
        server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        var context = HttpsTrust.withCertificate(trusting().withCertificate(file("stub.pem"), file("stub.key")));
        server.setHttpsConfigurator(new HttpsConfigurator(context) {
            @Override
            public void configure(HttpsParameters parameters) {
                SSLParameters wanted = context.getDefaultSSLParameters();
                wanted.setWantClientAuth(true);
                parameters.setSSLParameters(wanted);
            }
        });
        server.setExecutor(Thread::startVirtualThread);
        server.createContext("/.well-known/est/", this::handle);
        server.start();
    }

    private Path file(String name) {
        return folder.resolve(name);
    }

    private static Instant far() {
        return Instant.now().plus(Duration.ofDays(400));
    }

    /// A day around now.
    static Validity now() {
        return new Validity(
                Instant.now().minus(Duration.ofHours(12)), Instant.now().plus(Duration.ofHours(12)));
    }

    /// A client that trusts it.
    TlsSettings trusting() {
        return TlsSettings.trusting(file("authority.pem"));
    }

    URI url() {
        return URI.create("https://localhost:" + server.getAddress().getPort());
    }

    void answer(Rule next) {
        rule = next;
    }

    Reply signed(PublicKey key, EndpointId endpoint, Validity validity) {
        X509Certificate made = authority.certify(
                key,
                new CertificateOrder(
                        "device", List.of(SubjectName.of(endpoint)), Set.of(Use.CLIENT, Use.SERVER), validity));
        // in an order that nobody promised
        byte[] bundle = CertificateBundle.of(List.of(authority.certificate(), made));
        return new Reply(200, "", Bytes.adopt(Base64.getMimeEncoder().encode(bundle)));
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] body = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String authorization = exchange.getRequestHeaders().getFirst("Authorization");
            asked.add(new Asked(
                    path.substring(path.lastIndexOf('/') + 1),
                    authorization == null ? "" : authorization,
                    shown((HttpsExchange) exchange)));
            Reply reply =
                    rule.answer(CertificateRequest.parse(Base64.getMimeDecoder().decode(body)));
            exchange.getResponseHeaders().add("Retry-After", reply.retryAfter());
            byte[] answer = reply.body().toByteArray();
            exchange.sendResponseHeaders(reply.status(), answer.length == 0 ? -1 : answer.length);
            if (answer.length > 0) {
                exchange.getResponseBody().write(answer);
            }
        } catch (MalformedInputException malformed) {
            throw new IOException(malformed.detail(), malformed);
        }
    }

    private static Optional<String> shown(HttpsExchange exchange) {
        try {
            return Optional.of(exchange.getSSLSession().getPeerPrincipal().getName());
        } catch (SSLPeerUnverifiedException nothing) {
            return Optional.empty();
        }
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
