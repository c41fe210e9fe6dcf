// SPDX-License-Identifier: Apache-2.0
package dev.pharos.usp.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.requirements.Requirement;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.integrity.RecordMac;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.integrity.TestCertificates;
import dev.pharos.usp.record.UspRecord;
import dev.pharos.usp.record.UspRecord.PayloadSecurity;
import dev.pharos.usp.record.UspRecord.RecordProtection;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import org.bouncycastle.tls.ProtocolVersion;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/// The TLS session inside a Session Context, against other implementations and other wishes.
class PayloadTlsTest {
    private static final TestCertificates AUTHORITY = new TestCertificates("authority");
    private static final SecureIdentity AGENT =
            AUTHORITY.issue(TwoSessions.AGENT).trusting(AUTHORITY);
    private static final SecureIdentity CONTROLLER =
            AUTHORITY.issue(TwoSessions.CONTROLLER).trusting(AUTHORITY);

    private static UspRecord record() {
        return new UspRecord(
                "1.4",
                TwoSessions.CONTROLLER,
                TwoSessions.AGENT,
                new RecordProtection(PayloadSecurity.TLS12, Bytes.EMPTY, Bytes.EMPTY),
                SessionStage.context(7, 3, 3, 0, "sealed"));
    }

    private static PayloadTls.Good good(PayloadTls.Heard heard) {
        assertThat(heard).isInstanceOf(PayloadTls.Good.class);
        return (PayloadTls.Good) heard;
    }

    private static RecordMac keys(PayloadTls tls) {
        RecordMac mac = tls.mac();
        assertThat(mac).isNotNull();
        return mac == null ? new RecordMac(new byte[RecordMac.EXPORTED], true) : mac;
    }

    /// The JDK's exporter with an empty context, which in TLS 1.2 is another thing than none, against that of
    /// Bouncy Castle.
    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    @Requirement({"R-E2E.35", "R-E2E.36", "R-E2E.37", "R-E2E.38", "R-E2E.39"})
    void our_keys_are_those_that_another_implementation_exports(boolean newer) throws IOException {
        PayloadTls ours = new PayloadTls(AGENT, TwoSessions.CONTROLLER, true);
        OtherTls other = new OtherTls(CONTROLLER, newer ? ProtocolVersion.TLSv13 : ProtocolVersion.TLSv12);
        for (List<Bytes> flight = ours.begin(); !flight.isEmpty(); ) {
            Bytes answer = other.receive(flight);
            flight = answer.isEmpty()
                    ? List.of()
                    : good(ours.receive(List.of(answer))).answer();
        }

        assertThat(ours.established()).isTrue();
        UspRecord coded = keys(ours).protect(record());
        assertThat(new RecordMac(other.exported(true), false).holds(coded)).isTrue();
        assertThat(new RecordMac(other.exported(true), true).holds(coded)).isFalse();
        if (!newer) {
            assertThat(new RecordMac(other.exported(false), false).holds(coded)).isFalse();
        }
    }

    /// A peer made of the JDK's engine, whose wishes a test sets.
    private static final class Peer {
        final SSLEngine engine =
                PayloadTlsEngine.create(AGENT, chain -> AGENT.judge().objection(TwoSessions.CONTROLLER, chain), true);

        Peer wishing(Consumer<SSLParameters> wish) {
            SSLParameters parameters = engine.getSSLParameters();
            wish.accept(parameters);
            engine.setSSLParameters(parameters);
            return this;
        }

        /// What it sends after it got this.
        List<Bytes> receive(List<Bytes> records) throws SSLException {
            ByteBuffer in = ByteBuffer.wrap(Reassembly.joined(records).toByteArray());
            List<Bytes> out = new ArrayList<>();
            while (true) {
                for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
                    task.run();
                }
                HandshakeStatus status = engine.getHandshakeStatus();
                if (status == HandshakeStatus.NEED_WRAP) {
                    out.add(wrap(new byte[0]));
                } else if (in.hasRemaining()) {
                    engine.unwrap(in, ByteBuffer.allocate(engine.getSession().getApplicationBufferSize()));
                } else {
                    return out;
                }
            }
        }

        Bytes wrap(byte[] content) throws SSLException {
            ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
            engine.wrap(ByteBuffer.wrap(content), out);
            byte[] wrapped = new byte[out.position()];
            out.flip().get(wrapped);
            return Bytes.adopt(wrapped);
        }

        PayloadTls meets() throws SSLException {
            PayloadTls server = new PayloadTls(CONTROLLER, TwoSessions.AGENT, false);
            engine.beginHandshake();
            for (List<Bytes> flight = List.of(wrap(new byte[0])); !flight.isEmpty(); ) {
                if (!(server.receive(flight) instanceof PayloadTls.Good(List<Bytes> answer, Bytes _))) {
                    return server;
                }
                flight = answer.isEmpty() ? List.of() : receive(answer);
            }
            return server;
        }
    }

    @Test
    @Requirement({"R-E2E.40", "R-E2E.40a", "R-E2E.40b"})
    void both_versions_are_spoken_with_the_one_suite_that_each_has() throws SSLException {
        Peer newer = new Peer();
        Peer older = new Peer().wishing(wish -> wish.setProtocols(new String[] {"TLSv1.2"}));

        assertThat(newer.meets().established()).isTrue();
        assertThat(newer.engine.getSession().getCipherSuite()).isEqualTo("TLS_AES_128_GCM_SHA256");
        assertThat(older.meets().established()).isTrue();
        assertThat(older.engine.getSession().getProtocol()).isEqualTo("TLSv1.2");
        assertThat(older.engine.getSession().getCipherSuite()).isEqualTo("TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256");
    }

    @Test
    @Requirement({"R-E2E.40", "R-E2E.40a", "R-E2E.40b"})
    void a_peer_that_wants_another_suite_group_or_signature_is_refused() throws SSLException {
        assertThat(new Peer()
                        .wishing(wish -> wish.setCipherSuites(new String[] {"TLS_AES_256_GCM_SHA384"}))
                        .meets()
                        .established())
                .isFalse();
        assertThat(new Peer()
                        .wishing(wish -> wish.setNamedGroups(new String[] {"x25519"}))
                        .meets()
                        .established())
                .isFalse();
        assertThat(new Peer()
                        .wishing(wish -> wish.setSignatureSchemes(new String[] {"rsa_pss_rsae_sha256"}))
                        .meets()
                        .established())
                .isFalse();
    }

    @Test
    @Requirement("R-E2E.42")
    void a_wish_to_renegotiate_is_refused() throws SSLException {
        Peer peer = new Peer().wishing(wish -> wish.setProtocols(new String[] {"TLSv1.2"}));
        PayloadTls server = peer.meets();
        assertThat(good(server.receive(List.of(peer.wrap(new byte[] {1, 2})))).message())
                .isEqualTo(Bytes.ofHex("0102"));

        peer.engine.beginHandshake();
        Bytes hello = peer.wrap(new byte[0]);

        assertThat(server.receive(List.of(hello)))
                .isInstanceOfSatisfying(
                        PayloadTls.Failed.class,
                        failed -> assertThat(failed.reason()).contains("renegotiate"));
    }

    @Test
    void a_message_and_only_it_comes_out_of_its_tls_records() throws SSLException {
        Peer peer = new Peer();
        PayloadTls server = peer.meets();

        List<Bytes> records = List.of(peer.wrap(new byte[100]), peer.wrap(new byte[50]));
        assertThat(good(server.receive(records)).message()).isEqualTo(Bytes.adopt(new byte[150]));
    }

    @Test
    void garbage_and_what_is_cut_short_is_a_failure_in_words() throws SSLException {
        for (String hex :
                List.of("00", "16030100", "ffffffffffffffff", "1603010005" + "0100000100", "1503030002022f")) {
            PayloadTls server = new PayloadTls(CONTROLLER, TwoSessions.AGENT, false);
            assertThat(server.receive(List.of(Bytes.ofHex(hex))))
                    .isInstanceOfSatisfying(
                            PayloadTls.Failed.class,
                            failed -> assertThat(failed.reason()).startsWith("it"));
        }
    }
}
