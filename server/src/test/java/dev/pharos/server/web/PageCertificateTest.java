// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Duration;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManagerFactory;
import org.apache.catalina.LifecycleException;
import org.apache.catalina.connector.Connector;
import org.apache.catalina.startup.Tomcat;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// The page's certificate is renewed while the page is served.
class PageCertificateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Tomcat tomcat = new Tomcat();
    private final Connector connector = new Connector(FairProtocol.class.getName());

    @TempDir
    @SuppressWarnings("NullAway.Init") // JUnit sets it
    Path folder;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestAuthority authority;

    @SuppressWarnings("NullAway.Init") // set before each test
    private TestAuthority.Files first;

    @BeforeEach
    void start() throws IOException, LifecycleException {
        authority = new TestAuthority(folder);
        first = authority.issue(SubjectName.host("localhost"));
        put(first);
        PageCertificate.secure(connector, tls());
        connector.setProperty("address", "127.0.0.1");
        connector.setPort(0);
        tomcat.setBaseDir(folder.toString());
        tomcat.setConnector(connector);
        // makes the one who answers, with 404 to everybody
        assertThat(tomcat.getHost()).isNotNull();
        tomcat.start();
    }

    @AfterEach
    void stop() throws LifecycleException {
        tomcat.stop();
        tomcat.destroy();
    }

    private WebSettings.Tls tls() {
        return new WebSettings.Tls(0, folder.resolve("page.pem"), folder.resolve("page.key"));
    }

    /// As somebody does who renews a certificate: written beside, then renamed.
    private void put(TestAuthority.Files files) throws IOException {
        replace(files.key(), tls().key());
        replace(files.chain(), tls().certificate());
    }

    private void replace(Path from, Path to) throws IOException {
        Path beside = folder.resolve("beside");
        Files.copy(from, beside, StandardCopyOption.REPLACE_EXISTING);
        Files.move(beside, to, StandardCopyOption.REPLACE_EXISTING);
    }

    private SSLSocket connect() throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance("PKCS12");
        trusted.load(null, null);
        try (var pem = Files.newInputStream(authority.trusted())) {
            trusted.setCertificateEntry(
                    "authority", CertificateFactory.getInstance("X.509").generateCertificate(pem));
        }
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(trusted);
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, trust.getTrustManagers(), null);
        SSLSocket socket = (SSLSocket) context.getSocketFactory().createSocket("localhost", connector.getLocalPort());
        socket.startHandshake();
        return socket;
    }

    private static X509Certificate shown(SSLSocket socket) throws IOException {
        Certificate shown = socket.getSession().getPeerCertificates()[0];
        return (X509Certificate) shown;
    }

    private X509Certificate shownNow() throws IOException, GeneralSecurityException {
        try (SSLSocket socket = connect()) {
            return shown(socket);
        }
    }

    private static void isServed(SSLSocket socket) throws IOException {
        socket.getOutputStream().write("HEAD / HTTP/1.1\r\nHost: h\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        assertThat(new String(socket.getInputStream().readNBytes(8), StandardCharsets.US_ASCII))
                .isEqualTo("HTTP/1.1");
    }

    @Test
    void a_renewed_certificate_is_shown_from_the_next_connection_on_and_others_go_on() throws Exception {
        try (SSLSocket before = connect()) {
            assertThat(shown(before)).isEqualTo(first.certificate());
            TestAuthority.Files renewed = authority.issue(SubjectName.host("localhost"));
            put(renewed);
            await().atMost(PATIENCE).until(() -> shownNow().equals(renewed.certificate()));
            isServed(before);
        }
    }

    @Test
    void with_the_key_of_another_the_old_certificate_stays_until_there_is_one_that_fits() throws Exception {
        TestAuthority.Files renewed = authority.issue(SubjectName.host("localhost"));
        replace(renewed.chain(), tls().certificate());
        // two looks at the files at least
        Thread.sleep(Duration.ofMillis(2_500));
        assertThat(shownNow()).isEqualTo(first.certificate());
        replace(renewed.key(), tls().key());
        await().atMost(PATIENCE).until(() -> shownNow().equals(renewed.certificate()));
    }

    @Test
    void a_certificate_that_is_not_of_the_key_is_refused_at_the_start_by_its_name() throws IOException {
        replace(authority.issue(SubjectName.host("localhost")).key(), tls().key());
        assertThatThrownBy(() -> PageCertificate.secure(new Connector(FairProtocol.class.getName()), tls()))
                .hasMessageContaining("page.pem")
                .hasMessageEndingWith("it is another's key");
    }
}
