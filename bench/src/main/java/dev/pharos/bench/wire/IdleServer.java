// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.wire;

import dev.pharos.mtp.tls.TlsSettings;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import javax.net.ssl.SSLException;

/// A process that holds idle connections, `ours` or `bare`, and says its resident memory when asked: plain, or by TLS
/// where the files of a certificate chain, its key and whom to trust follow.
public final class IdleServer {
    private IdleServer() {}

    public static void main(String[] arguments) throws Exception {
        boolean ours = arguments[0].equals("ours");
        Optional<TlsFiles> tls = arguments.length == 1
                ? Optional.empty()
                : Optional.of(new TlsFiles(Path.of(arguments[1]), Path.of(arguments[2]), Path.of(arguments[3])));
        try (AutoCloseable server = ours
                ? new OurEchoServer(tls.map(TlsFiles::ours))
                : new BareEchoServer(tls.isPresent() ? Optional.of(tls.get().bare()) : Optional.empty())) {
            System.out.println(server instanceof OurEchoServer our ? our.port() : ((BareEchoServer) server).port());
            BufferedReader asked = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
            while (asked.readLine() != null) {
                for (int i = 0; i < 3; i++) {
                    System.gc();
                    Thread.sleep(200);
                }
                System.out.println(residentKib());
            }
        }
    }

    /// What both sides serve TLS with.
    private record TlsFiles(Path chain, Path key, Path trusted) {
        TlsSettings ours() {
            return TlsSettings.server(chain, key).withTrusted(trusted);
        }

        SslContext bare() throws SSLException {
            return SslContextBuilder.forServer(chain.toFile(), key.toFile())
                    .trustManager(trusted.toFile())
                    .clientAuth(ClientAuth.OPTIONAL)
                    .protocols("TLSv1.3", "TLSv1.2")
                    .build();
        }
    }

    private static long residentKib() throws IOException {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
            if (line.startsWith("VmRSS:")) {
                return Long.parseLong(line.replaceAll("\\D", ""));
            }
        }
        throw new IOException("/proc/self/status has no VmRSS");
    }
}
