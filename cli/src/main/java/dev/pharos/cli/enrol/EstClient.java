// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.enrol;

import dev.pharos.mtp.tls.CertificateIdentity;
import dev.pharos.pki.CertificateRequest;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import javax.net.ssl.HttpsURLConnection;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/// Asks a server for a certificate (RFC 7030). The server has to show a certificate that is for its name and leads to
/// somebody whom the device trusts.
final class EstClient {
    private static final int OK = 200;
    private static final int ACCEPTED = 202;
    private static final int TOO_MANY_REQUESTS = 429;
    private static final int UNAVAILABLE = 503;

    private final URI server;
    private final Secured secured;
    private final Optional<String> authorization;

    /// What secures a connection, read anew for each, since files change.
    @FunctionalInterface
    interface Secured {
        SSLContext context() throws IOException;
    }

    /// @param server `https://HOST[:PORT]`
    EstClient(URI server, Secured secured, Optional<Login> login) {
        this.server = server;
        this.secured = secured;
        this.authorization = login.map(Login::header);
    }

    /// A user name, without a colon, and its password.
    record Login(String name, String password) {
        private String header() {
            return "Basic "
                    + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
        }

        @Override
        public String toString() {
            return name;
        }
    }

    /// What the server said.
    sealed interface Answer {
        /// @param chain the device's own certificate first
        record Certified(List<X509Certificate> chain) implements Answer {}

        record Later(Duration after, String reason) implements Answer {}

        record Refused(String reason) implements Answer {}
    }

    /// With what the device was shipped with.
    Answer enrol(CertificateRequest request) throws IOException {
        return ask("simpleenroll", request);
    }

    /// With the certificate that it has.
    Answer renew(CertificateRequest request) throws IOException {
        return ask("simplereenroll", request);
    }

    private Answer ask(String operation, CertificateRequest request) throws IOException {
        byte[] body = Base64.getMimeEncoder().encode(request.encoded().toByteArray());
        if (!(server.resolve("/.well-known/est/" + operation).toURL().openConnection()
                instanceof HttpsURLConnection connection)) {
            throw new IOException(server + " is no https address");
        }
        connection.setSSLSocketFactory(secured.context().getSocketFactory());
        connection.setConnectTimeout((int) Limits.CONNECT_TIME.toMillis());
        connection.setReadTimeout((int) Limits.ANSWER_TIME.toMillis());
        connection.setInstanceFollowRedirects(false);
        connection.setRequestMethod("POST");
        connection.setDoOutput(true);
        connection.setFixedLengthStreamingMode(body.length);
        connection.setRequestProperty("Content-Type", "application/pkcs10");
        connection.setRequestProperty("Content-Transfer-Encoding", "base64");
        connection.setRequestProperty("Connection", "close");
        authorization.ifPresent(header -> connection.setRequestProperty("Authorization", header));
        try {
            try (OutputStream out = connection.getOutputStream()) {
                out.write(body);
            }
            return answer(connection, request);
        } finally {
            connection.disconnect();
        }
    }

    private Answer answer(HttpsURLConnection connection, CertificateRequest request) throws IOException {
        int status = connection.getResponseCode();
        return switch (status) {
            case OK -> new Answer.Certified(certificates(content(connection.getInputStream()), request));
            case ACCEPTED -> new Answer.Later(after(connection), reason(connection.getInputStream()));
            case TOO_MANY_REQUESTS, UNAVAILABLE ->
                new Answer.Later(after(connection), reason(connection.getErrorStream()));
            default ->
                status < 400
                        ? new Answer.Refused("it answers HTTP " + status + ", which is no answer of EST")
                        : new Answer.Refused(reason(connection.getErrorStream()));
        };
    }

    private static Duration after(HttpsURLConnection connection) {
        return Duration.ofSeconds(Math.max(0, connection.getHeaderFieldInt("Retry-After", 0)));
    }

    private static byte[] content(@Nullable InputStream in) throws IOException {
        if (in == null) {
            return new byte[0];
        }
        try (in) {
            byte[] read = in.readNBytes(Limits.ANSWER_BYTES + 1);
            if (read.length > Limits.ANSWER_BYTES) {
                throw new IOException("its answer is too large");
            }
            return read;
        }
    }

    /// For people: one line, without what a terminal would obey.
    private static String reason(@Nullable InputStream in) throws IOException {
        String text = new String(content(in), StandardCharsets.UTF_8)
                .replaceAll("\\p{Cntrl}+", " ")
                .strip();
        return text.length() > Limits.REASON_CHARACTERS ? text.substring(0, Limits.REASON_CHARACTERS) + "…" : text;
    }

    /// The one for our key first, whatever order the others are in.
    private static List<X509Certificate> certificates(byte[] body, CertificateRequest request) throws IOException {
        List<X509Certificate> chain = new ArrayList<>();
        try {
            byte[] bundle = Base64.getMimeDecoder().decode(body);
            CertificateFactory.getInstance("X.509")
                    .generateCertificates(new ByteArrayInputStream(bundle))
                    .forEach(each -> chain.add((X509Certificate) each));
        } catch (CertificateException | IllegalArgumentException unreadable) {
            throw new IOException("its answer is no bundle of certificates", unreadable);
        }
        X509Certificate ours = chain.stream()
                .filter(each -> each.getPublicKey().equals(request.key()))
                .filter(each -> CertificateIdentity.of(each).proves(request.endpoint()))
                .findFirst()
                .orElseThrow(() -> new IOException("its answer holds no certificate for our key and Endpoint ID"));
        chain.remove(ours);
        chain.addFirst(ours);
        return List.copyOf(chain);
    }
}
