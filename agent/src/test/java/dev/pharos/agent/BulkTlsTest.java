// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.fixture.BulkProfiles;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.fixture.TestCollector;
import dev.pharos.agent.fixture.TestCollector.Answer;
import dev.pharos.pki.SubjectName;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ManualClock;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Whom a report goes to over TLS: the server that the URL names and somebody vouches for, and nobody else.
@Requirement("R-BULK.6")
class BulkTlsTest {
    private static final Duration INTERVAL = Duration.ofSeconds(60);
    private static final SubjectName LOCALHOST = SubjectName.host("localhost");

    @TempDir
    private Path folder;

    private TestAuthority authority = new TestAuthority(Path.of("."));
    private Stage stage = Stage.open();
    private BulkProfiles profiles = new BulkProfiles(stage.controller());

    @BeforeEach
    void begin() {
        authority = new TestAuthority(folder);
        stage.close();
        stage = Stage.open(
                Stage.config(),
                ManualClock.standing(),
                AgentSurroundings.NONE.trustingCollectors(() -> trusting(authority.trusted())));
        profiles = new BulkProfiles(stage.controller()).enabled();
    }

    @AfterEach
    void end() {
        stage.close();
    }

    private static Certificate certificate(Path pem) throws IOException, GeneralSecurityException {
        try (InputStream in = Files.newInputStream(pem)) {
            return CertificateFactory.getInstance("X.509").generateCertificate(in);
        }
    }

    private static SSLContext trusting(Path pem) throws IOException {
        try {
            KeyStore trusted = KeyStore.getInstance("PKCS12");
            trusted.load(null, null);
            trusted.setCertificateEntry("authority", certificate(pem));
            TrustManagerFactory judges = TrustManagerFactory.getInstance("PKIX");
            judges.init(trusted);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, judges.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException failed) {
            throw new IOException(failed);
        }
    }

    private static SSLContext showing(TestAuthority.Files files) throws Exception {
        String key = Files.readString(files.key())
                .replaceAll("-----[A-Z ]+-----", "")
                .replaceAll("\\s", "");
        KeyStore own = KeyStore.getInstance("PKCS12");
        own.load(null, null);
        own.setKeyEntry(
                "own",
                KeyFactory.getInstance("EC")
                        .generatePrivate(
                                new PKCS8EncodedKeySpec(Base64.getDecoder().decode(key))),
                new char[0],
                new Certificate[] {certificate(files.chain())});
        KeyManagerFactory keys = KeyManagerFactory.getInstance("PKIX");
        keys.init(own, new char[0]);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), null, null);
        return context;
    }

    private TestCollector collector(SubjectName... names) throws Exception {
        return TestCollector.encrypted(showing(authority.issue(names)));
    }

    private String status() {
        stage.timer().advance(INTERVAL);
        return stage.value("Device.BulkData.Status");
    }

    @Test
    void a_collector_that_shows_who_it_is_gets_the_report_by_tls_1_3() throws Exception {
        try (TestCollector collector = collector(LOCALHOST)) {
            String _ = profiles.posting(collector.url("localhost", "/"), Map.of());

            assertThat(status()).isEqualTo("Enabled");

            assertThat(collector.next().tls()).contains("TLSv1.3");
        }
    }

    @Test
    void one_that_speaks_tls_1_2_only_gets_it_too() throws Exception {
        try (TestCollector collector = TestCollector.encrypted(showing(authority.issue(LOCALHOST)), "TLSv1.2")) {
            String _ = profiles.posting(collector.url("localhost", "/"), Map.of());

            assertThat(status()).isEqualTo("Enabled");

            assertThat(collector.next().tls()).contains("TLSv1.2");
        }
    }

    @Test
    void an_address_is_compared_with_addresses() throws Exception {
        try (TestCollector right = collector(SubjectName.host("127.0.0.1"));
                TestCollector wrong = collector(LOCALHOST, SubjectName.host("127.0.0.2"))) {
            String profile = profiles.posting(right.url(), Map.of());
            assertThat(status()).isEqualTo("Enabled");
            profiles.set(profile + "HTTP.", Map.of("URL", wrong.url()));
            assertThat(status()).isEqualTo("Error");
            assertThat(wrong.all()).isEmpty();
        }
    }

    @Test
    void a_collector_of_another_name_or_that_nobody_vouches_for_gets_nothing() throws Exception {
        TestAuthority strangers = new TestAuthority(folder, "Strangers");
        try (TestCollector otherName = collector(SubjectName.host("collector.example"));
                TestCollector expired = TestCollector.encrypted(showing(authority.issueExpired(LOCALHOST)));
                TestCollector stranger = TestCollector.encrypted(showing(strangers.issue(LOCALHOST)))) {
            String profile = profiles.posting("https://localhost:1/", Map.of());
            for (TestCollector each : new TestCollector[] {otherName, expired, stranger}) {
                profiles.set(profile + "HTTP.", Map.of("URL", each.url("localhost", "/")));
                assertThat(status()).isEqualTo("Error");
                assertThat(each.all()).isEmpty();
            }
        }
    }

    @Test
    void the_server_that_a_report_is_sent_on_to_is_looked_at_by_its_own_name() throws Exception {
        try (TestCollector first = collector(LOCALHOST);
                TestCollector right = collector(SubjectName.host("127.0.0.1"));
                TestCollector wrong = collector(LOCALHOST);
                TestCollector clear = TestCollector.plain()) {
            String _ = profiles.posting(first.url("localhost", "/"), Map.of());
            first.answer(delivery -> Answer.of(307, "Location", right.url("127.0.0.1", "/")));
            assertThat(status()).isEqualTo("Enabled");
            assertThat(right.next().body()).contains("home");

            first.answer(delivery -> Answer.of(307, "Location", wrong.url("127.0.0.1", "/")));
            assertThat(status()).isEqualTo("Error");
            assertThat(wrong.all()).isEmpty();

            first.answer(delivery -> Answer.of(307, "Location", clear.url()));
            assertThat(status()).isEqualTo("Error");
            assertThat(clear.all()).isEmpty();
        }
    }

    @Test
    void a_server_that_does_not_encrypt_gets_nothing_of_what_is_for_https() throws Exception {
        try (ServerSocket clear = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            CompletableFuture<String> heard = CompletableFuture.supplyAsync(() -> hear(clear));
            String _ = profiles.posting("https://localhost:" + clear.getLocalPort() + "/", Map.of());

            assertThat(status()).isEqualTo("Error");

            assertThat(heard.get()).isNotEmpty().doesNotContain("POST").doesNotContain("oui=");
        }
    }

    /// Answers the first bytes as a server in clear does.
    private static String hear(ServerSocket server) {
        try (Socket client = server.accept()) {
            byte[] first = new byte[4096];
            int count = client.getInputStream().read(first);
            client.getOutputStream()
                    .write("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n".getBytes(StandardCharsets.ISO_8859_1));
            return new String(first, 0, Math.max(0, count), StandardCharsets.ISO_8859_1);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
