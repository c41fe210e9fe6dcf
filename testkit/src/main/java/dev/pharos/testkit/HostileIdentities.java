// SPDX-License-Identifier: Apache-2.0
package dev.pharos.testkit;

import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.testkit.TestAuthority.Files;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Peers that are not who they say, against one listener in TLS or DTLS, of any transport: with a certificate that
/// is over, too early, revoked, nobody's, of an authority that nobody knows, for another purpose or of another
/// endpoint, with none, or with TLS that nobody speaks any more, or none. Each must be turned away, the operator
/// be told why, and others be served.
public final class HostileIdentities {
    private static final Duration PATIENCE = Duration.ofSeconds(90);
    private static final Duration DAY = Duration.ofDays(1);

    /// Whose place the hostile ones want.
    public static final EndpointId VICTIM = EndpointId.of("os::00256D-VICTIM");

    private static final EndpointId THIEF = EndpointId.of("os::00256D-THIEF");

    /// How somebody comes to a listener, and what is heard there until it ends: all of it, as far as anybody reads
    /// it; empty where the other side says nothing, or ends it without a word.
    public interface Door {
        /// With a certificate, whomever the listener trusts, or with none.
        String encrypted(Optional<Files> shown, byte[] opening) throws Exception;

        /// Without TLS.
        String plain(byte[] opening) throws Exception;

        /// With TLS that nobody speaks any more.
        String outdated() throws Exception;

        /// Whether the operator is told of those who speak no TLS of today. Of who sends datagrams nothing is
        /// known before the handshake, not even the address.
        boolean knowsItsPeers();
    }

    /// What is attacked: it trusts [#trusted()], looks into [#revoked()] and shows [#ofServer()].
    public interface Target {
        Door door();

        /// What opens a session under this Endpoint ID.
        byte[] opening(EndpointId id);

        /// Whether an answer, or the beginning of one, lets the peer in.
        boolean welcomes(String answer);

        /// What the operator was told so far of peers that were refused.
        Collection<String> refusals();

        /// How somebody is refused, a part of the sentence each.
        ///
        /// @param naked who shows no certificate
        /// @param stolen who shows that of another endpoint
        /// @param selfSigned who shows one that nobody but itself has signed
        /// @param forServers who shows one that is for servers only
        record Words(String naked, String stolen, String selfSigned, String forServers) {
            public Words(String naked, String stolen) {
                this(naked, stolen, "self-signed", "its certificate is not accepted");
            }
        }

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
        SELF_SIGNED(""),
        OF_A_STRANGER("which is not trusted here"),
        FOR_SERVERS_ONLY(""),
        STOLEN_ID(""),
        NAKED(""),
        OUTDATED("it speaks neither TLS 1.2 nor 1.3"),
        PLAIN("it speaks no TLS");

        private final String reason;

        Attack(String reason) {
            this.reason = reason;
        }

        /// Whether it comes as far as to certificates.
        boolean shakesHands() {
            return this != OUTDATED && this != PLAIN;
        }

        String reason(Target.Words words) {
            return switch (this) {
                case STOLEN_ID -> words.stolen();
                case NAKED -> words.naked();
                case SELF_SIGNED -> words.selfSigned();
                case FOR_SERVERS_ONLY -> words.forServers();
                case EXPIRED, TOO_EARLY, REVOKED, OF_A_STRANGER, OUTDATED, PLAIN -> reason;
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
            if (target.door().knowsItsPeers() || attack.shakesHands()) {
                awaitReason(attack, target, before);
            }
            target.serveVictim();
        }
    }

    private String answer(Attack attack, Target target) throws Exception {
        byte[] opening = target.opening(VICTIM);
        return switch (attack) {
            case OUTDATED -> target.door().outdated();
            case PLAIN -> target.door().plain(opening);
            case NAKED -> target.door().encrypted(Optional.empty(), opening);
            case EXPIRED, TOO_EARLY, REVOKED, SELF_SIGNED, OF_A_STRANGER, FOR_SERVERS_ONLY, STOLEN_ID ->
                target.door().encrypted(Optional.of(certificate(attack)), opening);
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
            case NAKED, OUTDATED, PLAIN -> throw new IllegalArgumentException(attack + " shows no certificate");
        };
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
