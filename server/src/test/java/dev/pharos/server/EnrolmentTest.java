// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.mtp.tls.HttpsTrust;
import dev.pharos.mtp.tls.TlsSettings;
import dev.pharos.pki.CertificateRequest;
import dev.pharos.pki.DevelopmentFolder;
import dev.pharos.pki.DevelopmentFolder.Plan;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.PemWriter;
import dev.pharos.pki.SubjectName;
import dev.pharos.server.Rest.Answer;
import dev.pharos.usp.EndpointId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyPair;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;

/// Enrolment over EST and its REST interface, at a server that listens for it.
final class EnrolmentTest {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final String PKCS10 = "application/pkcs10";

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it before the first test
    private static Path folder;

    @SuppressWarnings("NullAway.Init") // set before the first test
    private static TestServer server;

    @SuppressWarnings("NullAway.Init")
    private static Rest rest;

    private static Path pki(String file) {
        return folder.resolve("pki").resolve(file);
    }

    private static Plan plan() {
        return new Plan(
                TestServer.id(),
                List.of(),
                List.of(SubjectName.host("localhost"), SubjectName.host("127.0.0.1")),
                KeyKind.EC,
                30,
                false);
    }

    @BeforeAll
    static void start() throws Exception {
        DevelopmentFolder files = new DevelopmentFolder(folder.resolve("pki"));
        files.fill(plan(), Instant.now());
        files.bootstrap("batch-8", plan(), Instant.now());
        files.bootstrap("unknown", plan(), Instant.now());
        server = TestServer.with(options("server"));
        rest = server.rest();
    }

    private static ServerOptions options(String name) {
        ServerOptions options = TestServer.options(folder.resolve(name));
        options.ws = Port.OFF;
        options.cert = pki("server.pem");
        options.key = pki("server.key");
        options.ca = pki("authority.pem");
        options.est.est = new Port(0);
        options.est.signer = pki("authority.pem");
        options.est.signerKey = pki("authority.key");
        return options;
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    private static TlsSettings trusting() {
        return TlsSettings.trusting(pki("authority.pem"));
    }

    private static HttpResponse<String> send(TlsSettings tls, HttpRequest.Builder request)
            throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newBuilder()
                .sslContext(HttpsTrust.withCertificate(tls))
                .build()) {
            return client.send(request.timeout(PATIENCE).build(), BodyHandlers.ofString());
        }
    }

    private static HttpRequest.Builder est(String operation) {
        String ready = server.readyLine();
        String url = ready.substring(ready.indexOf("est=") + 4).split(" ", 2)[0];
        return HttpRequest.newBuilder(URI.create(url + "/.well-known/est/" + operation));
    }

    private static HttpRequest.Builder posted(String operation, byte[] der) {
        return est(operation)
                .header("Content-Type", PKCS10)
                .POST(BodyPublishers.ofByteArray(Base64.getMimeEncoder().encode(der)));
    }

    private static HttpRequest.Builder asked(String operation, CertificateRequest request) {
        return posted(operation, request.encoded().toByteArray());
    }

    private static String login(String name, String password) {
        return "Basic " + Base64.getEncoder().encodeToString((name + ":" + password).getBytes(StandardCharsets.UTF_8));
    }

    private static List<X509Certificate> certificates(HttpResponse<String> response) throws Exception {
        assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
        assertThat(response.headers().firstValue("Content-Type").orElse(""))
                .isEqualTo("application/pkcs7-mime; smime-type=certs-only");
        byte[] bundle = Base64.getMimeDecoder().decode(response.body());
        return CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(bundle)).stream()
                .map(X509Certificate.class::cast)
                .toList();
    }

    private static String made(String name, String more) {
        Answer answer =
                rest.post("/api/v1/bootstraps", "{\"name\":\"" + name + "\",\"devices\":\"os::00256D-*\"" + more + "}");
        assertThat(answer.status()).as(answer.response().body()).isEqualTo(200);
        JsonNode password = answer.json().path("password");
        return password.isString() ? password.stringValue() : "";
    }

    private static String quoted(Path file) throws IOException {
        return "\"" + Files.readString(file).replace("\n", "\\n") + "\"";
    }

    private static boolean isRefused(String reason) {
        return rest.get("/api/v1/refused").response().body().contains(reason);
    }

    @Test
    void a_device_with_a_login_waits_for_approval_gets_its_certificate_and_renews_it_by_that() throws Exception {
        String password = made("batch-7", ",\"most\":2");
        EndpointId id = EndpointId.of("os::00256D-by%2Flogin");
        String device = "/api/v1/devices/" + Rest.segment(id);
        KeyPair keys = KeyKind.EC.generate();
        CertificateRequest request = CertificateRequest.of(id, keys);
        HttpRequest.Builder enrol = asked("simpleenroll", request).header("Authorization", login("batch-7", password));
        HttpResponse<String> waiting = send(trusting(), enrol);
        assertThat(waiting.statusCode()).isEqualTo(202);
        assertThat(waiting.headers().firstValue("Retry-After")).contains("30");
        assertThat(rest.get(device).json().get("statusReason").stringValue()).contains("batch-7", "approval");
        await().atMost(PATIENCE).until(() -> isRefused("batch-7 and waits for an operator's approval"));
        assertThat(rest.send("PATCH", device, "{\"approved\":true}").status()).isEqualTo(200);
        List<X509Certificate> chain = certificates(send(trusting(), enrol));
        assertThat(chain).hasSize(2);
        assertThat(chain.getFirst().getPublicKey()).isEqualTo(keys.getPublic());
        JsonNode state = rest.get(device + "/enrolment").json();
        assertThat(state.get("bootstrap").stringValue()).isEqualTo("batch-7");
        assertThat(state.get("serial").stringValue())
                .isEqualTo(chain.getFirst().getSerialNumber().toString(16));

        Path own = folder.resolve("own.pem");
        Path key = folder.resolve("own.key");
        PemWriter.certificates(own, chain.getFirst());
        PemWriter.key(key, keys.getPrivate());
        TlsSettings showing = trusting().withCertificate(own, key);
        List<X509Certificate> renewed = certificates(send(showing, asked("simplereenroll", request)));
        assertThat(renewed.getFirst().getSerialNumber())
                .isNotEqualTo(chain.getFirst().getSerialNumber());
        assertThat(send(trusting(), asked("simplereenroll", request)).statusCode())
                .isEqualTo(403);
        assertThat(rest.get("/api/v1/audit").response().body())
                .contains("make bootstrap", "\"bootstrap batch-7\"", "certify");
    }

    @Test
    void a_device_belongs_to_the_tenant_by_whose_bootstrap_it_came_and_no_other_tenant_gets_it_by_theirs()
            throws Exception {
        Rest brand = TenantAdministrator.make(rest, "brand", "bea").token();
        String bootstrap = "{\"name\":\"of-brand\",\"devices\":\"os::00256D-*\",\"approves\":true}";
        Answer made = brand.post("/api/v1/bootstraps", bootstrap);
        assertThat(made.status()).as(made.response().body()).isEqualTo(200);
        String theirs = login("of-brand", made.json().get("password").stringValue());
        EndpointId id = EndpointId.of("os::00256D-of-brand");
        String device = "/api/v1/devices/" + Rest.segment(id);
        CertificateRequest request = CertificateRequest.of(id, KeyKind.EC.generate());
        certificates(send(trusting(), asked("simpleenroll", request).header("Authorization", theirs)));
        assertThat(brand.get(device).status()).isEqualTo(200);
        assertThat(brand.get(device + "/enrolment").json().get("bootstrap").stringValue())
                .isEqualTo("of-brand");
        assertThat(rest.get(device).status()).isEqualTo(404);
        assertThat(rest.get("/api/v1/bootstraps").response().body()).doesNotContain("of-brand");

        String ours = login("of-main", made("of-main", ",\"approves\":true"));
        assertThat(send(trusting(), asked("simpleenroll", request).header("Authorization", ours))
                        .statusCode())
                .isEqualTo(403);
        await().atMost(PATIENCE)
                .until(() -> isRefused("the device belongs to another tenant than the bootstrap of-main"));
        // a name of a bootstrap is one's on the whole server
        assertThat(brand.post("/api/v1/bootstraps", bootstrap.replace("of-brand", "of-main"))
                        .status())
                .isEqualTo(409);
    }

    @Test
    void an_operator_lets_a_device_enrol_once_more() throws Exception {
        String password = made("again", ",\"approves\":true");
        EndpointId id = EndpointId.of("os::00256D-again");
        String login = login("again", password);
        HttpRequest.Builder first = asked("simpleenroll", CertificateRequest.of(id, KeyKind.EC.generate()))
                .header("Authorization", login);
        certificates(send(trusting(), first));
        HttpRequest.Builder other = asked("simpleenroll", CertificateRequest.of(id, KeyKind.EC.generate()))
                .header("Authorization", login);
        HttpResponse<String> refused = send(trusting(), other);
        assertThat(refused.statusCode()).isEqualTo(403);
        assertThat(refused.body()).contains("an operator must let it enrol again");
        String enrolment = "/api/v1/devices/" + Rest.segment(id) + "/enrolment";
        assertThat(rest.post(enrolment, "{}").json().path("openUntil").isString())
                .isTrue();
        certificates(send(trusting(), other));
        assertThat(rest.get(enrolment).json().has("openUntil")).isFalse();
        assertThat(rest.post("/api/v1/devices/proto%3A%3Anobody/enrolment", "{}")
                        .status())
                .isEqualTo(404);
    }

    @Test
    void a_certificate_of_a_batch_enrols_and_one_of_nobodys_ends_in_the_handshake() throws Exception {
        made(
                "batch-8",
                ",\"most\":2,\"approves\":true,\"certificate\":" + quoted(pki("bootstrap/batch-8-authority.pem")));
        TlsSettings shipped = trusting().withCertificate(pki("bootstrap/batch-8.pem"), pki("bootstrap/batch-8.key"));
        CertificateRequest request =
                CertificateRequest.of(EndpointId.of("os::00256D-by-certificate"), KeyKind.EC.generate());
        certificates(send(shipped, asked("simpleenroll", request)));
        assertThat(send(shipped, asked("simplereenroll", request)).statusCode()).isEqualTo(403);
        TlsSettings others = trusting().withCertificate(pki("bootstrap/unknown.pem"), pki("bootstrap/unknown.key"));
        assertThatThrownBy(() -> send(others, asked("simpleenroll", request))).isInstanceOf(IOException.class);
        await().atMost(PATIENCE).until(() -> isRefused("is not trusted here"));
        assertThat(rest.send("DELETE", "/api/v1/bootstraps/batch-8", null).status())
                .isEqualTo(204);
        assertThatThrownBy(() -> send(shipped, asked("simpleenroll", request))).isInstanceOf(IOException.class);
    }

    @Test
    void a_wrong_login_gets_nothing_and_is_seen() throws Exception {
        made("guessed", "");
        CertificateRequest request = CertificateRequest.of(EndpointId.of("os::00256D-guess"), KeyKind.EC.generate());
        for (String wrong : List.of(login("guessed", "secret"), login("nobody", ""), "Basic ???", "Bearer x")) {
            HttpResponse<String> answer =
                    send(trusting(), asked("simpleenroll", request).header("Authorization", wrong));
            assertThat(answer.statusCode()).isEqualTo(401);
        }
        assertThat(send(trusting(), asked("simpleenroll", request))
                        .headers()
                        .firstValue("WWW-Authenticate")
                        .orElse(""))
                .startsWith("Basic ");
        await().atMost(PATIENCE).until(() -> isRefused("with a login that nobody has"));
        assertThat(rest.get("/api/v1/devices/" + Rest.segment("os::00256D-guess"))
                        .status())
                .isEqualTo(404);
    }

    @Test
    void what_is_no_request_is_answered_with_what_is_wrong() throws Exception {
        String login = login("odd", made("odd", ",\"approves\":true"));
        byte[] good = CertificateRequest.of(EndpointId.of("os::00256D-odd"), KeyKind.EC.generate())
                .encoded()
                .toByteArray();
        byte[] forged = good.clone();
        forged[forged.length - 1] ^= 1;
        for (byte[] wrong : List.of(new byte[0], new byte[] {1, 2, 3}, forged)) {
            HttpResponse<String> answer =
                    send(trusting(), posted("simpleenroll", wrong).header("Authorization", login));
            assertThat(answer.statusCode()).isEqualTo(400);
            assertThat(answer.body())
                    .startsWith("the certificate request: it is")
                    .doesNotContain("Exception");
        }
        assertThat(send(
                                trusting(),
                                est("simpleenroll")
                                        .header("Authorization", login)
                                        .POST(BodyPublishers.ofString("%%%")))
                        .statusCode())
                .isEqualTo(400);
        assertThat(send(trusting(), posted("simpleenroll", new byte[64 * 1024])).statusCode())
                .isEqualTo(413);
        assertThat(send(trusting(), est("simpleenroll").GET()).statusCode()).isEqualTo(405);
        assertThat(send(trusting(), est("fullcmc").GET()).statusCode()).isEqualTo(404);
        assertThat(certificates(send(trusting(), est("cacerts").GET())))
                .containsExactly(
                        certificates(send(trusting(), est("cacerts").GET())).getFirst());
    }

    @Test
    void a_bootstrap_is_checked_when_it_is_made() throws Exception {
        made("twice", "");
        assertThat(rest.post("/api/v1/bootstraps", "{\"name\":\"twice\",\"devices\":\"os::00256D-*\"}")
                        .status())
                .isEqualTo(409);
        for (String wrong : List.of(
                "{\"devices\":\"os::00256D-1\"}",
                "{\"name\":\"a:b\",\"devices\":\"os::00256D-1\"}",
                "{\"name\":\"w\",\"devices\":\"*\"}",
                "{\"name\":\"w\",\"devices\":\"os::00256D-1\",\"most\":0}",
                "{\"name\":\"w\",\"devices\":\"os::00256D-1\",\"days\":4000}",
                "{\"name\":\"w\",\"devices\":\"os::00256D-1\",\"certificate\":\"nonsense\"}")) {
            assertThat(rest.post("/api/v1/bootstraps", wrong).status())
                    .as(wrong)
                    .isEqualTo(400);
        }
        Answer trusted = rest.post(
                "/api/v1/bootstraps",
                "{\"name\":\"w\",\"devices\":\"os::00256D-1\",\"certificate\":" + quoted(pki("authority.pem")) + "}");
        assertThat(trusted.status()).isEqualTo(409);
        assertThat(trusted.response().body()).contains("would be a device already");
        JsonNode items = rest.get("/api/v1/bootstraps").json().get("items");
        assertThat(items.toString()).contains("\"name\":\"twice\"").doesNotContain("secret", "password");
        assertThat(rest.send("DELETE", "/api/v1/bootstraps/nobody", null).status())
                .isEqualTo(404);
    }

    @Test
    void a_server_that_would_sign_what_nobody_believes_does_not_start() {
        ServerOptions others = options("others");
        others.est.signer = pki("bootstrap/unknown-authority.pem");
        others.est.signerKey = pki("bootstrap/unknown-authority.key");
        assertThatThrownBy(() -> TestServer.with(others).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("is not in --ca");
        others.est.signer = pki("authority.pem");
        assertThatThrownBy(() -> TestServer.with(others).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("is not that of the certificate");
        others.est.signer = pki("server.pem");
        assertThatThrownBy(() -> TestServer.with(others).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("is no certificate of an authority");
        others.est.signer = null;
        assertThatThrownBy(() -> TestServer.with(others).close())
                .isInstanceOf(StartException.class)
                .hasMessageContaining("--signer");
    }
}
