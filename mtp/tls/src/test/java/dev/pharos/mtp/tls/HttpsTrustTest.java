// SPDX-License-Identifier: Apache-2.0
package dev.pharos.mtp.tls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsServer;
import dev.pharos.pki.SubjectName;
import dev.pharos.testkit.TestAuthority;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// A web server is known by its name, to somebody who reads the same files as the transports.
class HttpsTrustTest {
    @TempDir
    Path folder;

    private static HttpsServer serve(TestAuthority.Files files) throws Exception {
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(KeyPairFiles.read(files.chain(), files.key()).keyManagers().getKeyManagers(), null, null);
        HttpsServer server = HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setHttpsConfigurator(new HttpsConfigurator(context));
        server.createContext("/", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
        return server;
    }

    private static int get(HttpsServer server, TlsSettings settings) throws IOException, InterruptedException {
        try (HttpClient client =
                HttpClient.newBuilder().sslContext(HttpsTrust.read(settings)).build()) {
            URI where = URI.create("https://localhost:" + server.getAddress().getPort() + "/");
            return client.send(HttpRequest.newBuilder(where).build(), HttpResponse.BodyHandlers.discarding())
                    .statusCode();
        }
    }

    @Test
    void the_name_the_authority_and_its_revocation_list_count() throws Exception {
        TestAuthority authority = new TestAuthority(folder);
        TestAuthority.Files good = authority.issue(SubjectName.host("localhost"));
        TestAuthority.Files otherName = authority.issue(SubjectName.host("other.local"));
        TlsSettings trusting = TlsSettings.trusting(authority.trusted());
        HttpsServer right = serve(good);
        HttpsServer wrong = serve(otherName);
        try {
            assertThat(get(right, trusting)).isEqualTo(200);
            assertThatThrownBy(() -> get(wrong, trusting)).isInstanceOf(IOException.class);
            assertThatThrownBy(() -> get(right, TlsSettings.trustingTheRuntime()))
                    .isInstanceOf(IOException.class);
            assertThat(get(right, trusting.withRevoked(authority.revoke(otherName))))
                    .isEqualTo(200);
            assertThatThrownBy(() -> get(right, trusting.withRevoked(authority.revoke(good))))
                    .isInstanceOf(IOException.class);
        } finally {
            right.stop(0);
            wrong.stop(0);
        }
    }
}
