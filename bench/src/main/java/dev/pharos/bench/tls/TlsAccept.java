// SPDX-License-Identifier: Apache-2.0
package dev.pharos.bench.tls;

import dev.pharos.bench.measure.Benchmark;
import dev.pharos.bench.measure.Outcome;
import dev.pharos.bench.measure.Rounds;
import dev.pharos.mtp.tls.ServerTls;
import dev.pharos.mtp.tls.TlsSettings;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import java.util.Optional;

/// What our judge of certificates adds to a TLS handshake: accepts for each second of the server's processor
/// time, against bare Netty with the same provider, keys and trust.
public final class TlsAccept implements Benchmark {
    private static final int EACH = 60;
    private static final double TARGET = 0.9;

    @Override
    public String name() {
        return "tls-accept";
    }

    @Override
    public String definition() {
        return "TLS 1.3 handshakes, ECDSA P-256, half of them mutual, none resumed, per second of server CPU"
                + " / bare Netty with the same provider";
    }

    @Override
    public Outcome run() throws Exception {
        try (Certificates certificates = Certificates.make();
                ServerTls tls = ServerTls.open(TlsSettings.server(certificates.chain(), certificates.key())
                        .withTrusted(certificates.trusted()));
                AcceptServer ours = new AcceptServer(tls::handler);
                AcceptServer bare = new AcceptServer(bare(certificates)::newHandler);
                AcceptLoad anonymous = new AcceptLoad(certificates, Optional.empty());
                AcceptLoad device = new AcceptLoad(certificates, Optional.of(certificates.device()))) {
            return new Rounds(6, 15)
                    .compare(
                            () -> accepts(ours, anonymous, device),
                            () -> accepts(bare, anonymous, device),
                            TARGET,
                            false,
                            "accepts/CPU s");
        }
    }

    private static SslContext bare(Certificates certificates) throws Exception {
        return SslContextBuilder.forServer(
                        certificates.chain().toFile(), certificates.key().toFile())
                .trustManager(certificates.trusted().toFile())
                .clientAuth(ClientAuth.OPTIONAL)
                .protocols("TLSv1.3", "TLSv1.2")
                .build();
    }

    private static double accepts(AcceptServer server, AcceptLoad anonymous, AcceptLoad device) throws Exception {
        int unknownBefore = server.anonymous();
        int provenBefore = server.proven();
        long before = server.cpuNanos();
        anonymous.connect(server.port(), EACH);
        device.connect(server.port(), EACH);
        long used = server.cpuNanos() - before;
        if (server.anonymous() - unknownBefore != EACH || server.proven() - provenBefore != EACH) {
            throw new IllegalStateException("accepted " + (server.anonymous() - unknownBefore) + " without and "
                    + (server.proven() - provenBefore) + " with a certificate, of " + EACH + " each");
        }
        return 2.0 * EACH / (used / 1e9);
    }
}
