// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.testkit.TestAuthority.Files;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.SSLSocket;

/// Peers that are not who they say, against one TLS listener of any transport: with a certificate that is over, too
/// early, revoked, nobody's, of an authority that nobody knows, for another purpose or of another endpoint, with none,
/// or with TLS that nobody speaks any more, or none. Each must be turned away, the operator be told why, and others be
/// served.
public final class HostileIdentities {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration DAY = Duration.ofDays(1);
    private static final int ANSWER_BYTES = 4096;

    /// Whose place the hostile ones want.
    public static final EndpointId VICTIM = EndpointId.of("os::00256D-VICTIM");

    private static final EndpointId THIEF = EndpointId.of("os::00256D-THIEF");

    /// What is attacked: it trusts [#trusted()], looks into [#revoked()] and shows [#ofServer()].
    public interface Target {
        /// Of its TLS listener on this host.
        int port();

        /// What opens a session under this Endpoint ID.
        byte[] opening(EndpointId id);

        /// Whether an answer, or the beginning of one, lets the peer in.
        boolean welcomes(String answer);

        /// What the operator was told so far of peers that were refused.
        Collection<String> refusals();

        /// How whoever shows no certificate is refused, and who shows that of another endpoint.
        ///
        /// @param stolen part of the sentence
        record Words(String naked, String stolen) {}

        Words words();

        /// The victim, which has come with its own certificate before and has been there ever since, is served.
        ///
        /// @throws Exception where that is not so
        void serveVictim() throws Exception;
    }

    private enum Attack {
        EXPIRED("has expired"),
        TOO_EARLY("is valid from"),
        REVOKED("has been revoked"),
        SELF_SIGNED("self-signed"),
        OF_A_STRANGER("which is not trusted here"),
        FOR_SERVERS_ONLY("its certificate is not accepted"),
        STOLEN_ID(""),
        NAKED(""),
        TLS_1_1("it speaks neither TLS 1.2 nor 1.3"),
        PLAIN("it speaks no TLS");

        private final String reason;

        Attack(String reason) {
            this.reason = reason;
        }

        String reason(Target.Words words) {
            return switch (this) {
                case STOLEN_ID -> words.stolen();
                case NAKED -> words.naked();
                case EXPIRED, TOO_EARLY, REVOKED, SELF_SIGNED, OF_A_STRANGER, FOR_SERVERS_ONLY, TLS_1_1, PLAIN ->
                    reason;
            };
        }
    }

    private final Path folder;
    private final TestAuthority authority;
    private final Files revokedOne;
    private final Path revoked;

    /// @param folder where certificates go
    public HostileIdentities(Path folder) throws IOException {
        this.folder = folder;
        this.authority = new TestAuthority(folder);
        this.revokedOne = authority.issue(SubjectName.of(VICTIM));
        this.revoked = authority.revoke(revokedOne);
    }

    /// The authority of the good ones, for the listener to trust.
    public Path trusted() throws IOException {
        return authority.trusted();
    }

    /// The revocation list, for the listener to look into.
    public Path revoked() {
        return revoked;
    }

    /// A certificate for the listener.
    public Files ofServer() throws IOException {
        return authority.issue(SubjectName.host("localhost"));
    }

    /// A certificate for [#VICTIM].
    public Files ofVictim() throws IOException {
        return authority.issue(SubjectName.of(VICTIM));
    }

    /// Runs every attack.
    ///
    /// @throws AssertionError where somebody is let in or not told of
    public void attack(Target target) throws Exception {
        target.serveVictim();
        for (Attack attack : Attack.values()) {
            int before = target.refusals().size();
            String answer = answer(attack, target);
            if (target.welcomes(answer)) {
                throw new AssertionError(attack + " is let in: " + answer);
            }
            awaitReason(attack, target, before);
            target.serveVictim();
        }
    }

    private String answer(Attack attack, Target target) throws IOException, GeneralSecurityException {
        byte[] opening = target.opening(VICTIM);
        return switch (attack) {
            case TLS_1_1 -> plain(target.port(), OldHello.TLS_1_1.toByteArray());
            case PLAIN -> plain(target.port(), opening);
            case NAKED -> encrypted(target.port(), Optional.empty(), opening);
            case EXPIRED, TOO_EARLY, REVOKED, SELF_SIGNED, OF_A_STRANGER, FOR_SERVERS_ONLY, STOLEN_ID ->
                encrypted(target.port(), Optional.of(certificate(attack)), opening);
        };
    }

    private Files certificate(Attack attack) throws IOException {
        SubjectName name = SubjectName.of(VICTIM);
        Instant now = Instant.now();
        return switch (attack) {
            case EXPIRED -> authority.issueExpired(name);
            case TOO_EARLY ->
                authority.issue(new Validity(now.plus(DAY), now.plus(DAY).plus(DAY)), Set.of(Use.CLIENT), name);
            case REVOKED -> revokedOne;
            case SELF_SIGNED -> authority.issueSelfSigned();
            case OF_A_STRANGER -> new TestAuthority(folder, "A Stranger").issue(name);
            case FOR_SERVERS_ONLY ->
                authority.issue(new Validity(now.minus(DAY), now.plus(DAY)), Set.of(Use.SERVER), name);
            case STOLEN_ID -> authority.issue(SubjectName.of(THIEF));
            case NAKED, TLS_1_1, PLAIN -> throw new IllegalArgumentException(attack + " shows no certificate");
        };
    }

    private static String plain(int port, byte[] opening) throws IOException {
        try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
            return answer(socket, opening);
        }
    }

    private static String encrypted(int port, Optional<Files> shown, byte[] opening)
            throws IOException, GeneralSecurityException {
        try (SSLSocket socket = (SSLSocket)
                RecklessTls.context(shown).getSocketFactory().createSocket(InetAddress.getLoopbackAddress(), port)) {
            return answer(socket, opening);
        }
    }

    /// All that comes until the end, as far as anybody reads it; empty where the other side ends it without a word.
    private static String answer(Socket socket, byte[] opening) throws IOException {
        socket.setSoTimeout((int) PATIENCE.toMillis());
        StringBuilder answer = new StringBuilder();
        try {
            socket.getOutputStream().write(opening);
            InputStream in = socket.getInputStream();
            for (int next = in.read(); next >= 0 && answer.length() < ANSWER_BYTES; next = in.read()) {
                answer.append((char) next);
            }
            return answer.toString();
        } catch (SocketTimeoutException undecided) {
            throw new AssertionError("neither let in nor turned away, answered with '" + answer + "'", undecided);
        } catch (IOException ended) {
            return answer.toString();
        }
    }

    private static void awaitReason(Attack attack, Target target, int before) throws InterruptedException {
        String wanted = attack.reason(target.words());
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() < end) {
            if (target.refusals().stream().skip(before).anyMatch(reason -> reason.contains(wanted))) {
                return;
            }
            Thread.sleep(20);
        }
        List<String> told = target.refusals().stream().skip(before).toList();
        throw new AssertionError("of " + attack + " the operator was to be told '" + wanted + "', but was " + told);
    }
}
