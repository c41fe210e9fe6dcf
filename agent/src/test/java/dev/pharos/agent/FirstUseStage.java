// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.AgentSurroundings;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.Introductions;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.mtp.Mtp;
import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import java.io.IOException;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/// An agent to which controllers come for whom nobody vouches. The first controller is on this host and manages;
/// strangers dial the agent, and the transports know one authority, [#trusted].
class FirstUseStage {
    static final String AGENT = "Device.LocalAgent.";
    static final String TRUST = AGENT + "ControllerTrust.";
    static final String OTHERS_ROW = AGENT + "Controller.2.";
    static final String NEW_ROW = AGENT + "Controller.3.";
    static final String FULL = TRUST + "Role.1";
    static final String READ_ONLY = TRUST + "Role.3";
    static final String UNTRUSTED = TRUST + "Role.4";
    static final String BANNED = TRUST + "Role.5";
    static final Duration QUIET = Duration.ofSeconds(60);

    @TempDir
    Path directory;

    final Instant now = Instant.now();
    final Validity today = new Validity(now.minus(Duration.ofHours(1)), now.plus(Duration.ofDays(1)));
    final Authority trusted = Authority.create("trusted by the transports", KeyKind.EC, today);
    final List<Visitor> visitors = new ArrayList<>();
    List<Mtp> doors = List.of();
    Introductions introductions = authorities().allowingFirstUse(QUIET);
    Optional<Stage> opened = Optional.empty();

    /// A controller that dials the agent.
    record Visitor(InProcessMtp.Pair wire, LockstepController controller) {}

    Introductions authorities() {
        return Introductions.byAuthority(chain -> {
            try {
                chain.getFirst().verify(trusted.certificate().getPublicKey());
                return true;
            } catch (java.security.GeneralSecurityException notSigned) {
                return false;
            }
        });
    }

    /// An agent at which these may call.
    Stage stage(AgentConfig config, EndpointId... callers) {
        close();
        visitors.clear();
        for (EndpointId caller : callers) {
            visitors.add(
                    new Visitor(InProcessMtp.pair(Stage.AGENT, caller), new LockstepController(caller, Stage.AGENT)));
        }
        doors = visitors.stream().<Mtp>map(visitor -> visitor.wire().first()).toList();
        ManualClock clock = ManualClock.standing();
        clock.set(now);
        Stage stage = Stage.open(
                config, clock, AgentSurroundings.NONE.introducing(introductions).listeningAt(() -> doors));
        opened = Optional.of(stage);
        return stage;
    }

    Stage stage(EndpointId... callers) {
        return stage(config(ControllerRole.UNTRUSTED), callers);
    }

    Stage running() {
        return opened.orElseThrow();
    }

    static AgentConfig config(ControllerRole others) {
        return Stage.config(List.of(
                ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL), ControllerConfig.of(Stage.OTHER, others)));
    }

    @AfterEach
    void close() {
        opened.ifPresent(Stage::close);
        visitors.forEach(visitor -> visitor.wire().close());
        opened = Optional.empty();
    }

    X509Certificate selfSigned(EndpointId id) {
        return Authority.selfSigned(id, KeyKind.EC, today).certificate();
    }

    X509Certificate signed(Authority by, EndpointId... ids) {
        return by.issue(
                        new CertificateOrder(
                                "one",
                                Stream.of(ids).map(SubjectName::of).toList(),
                                Set.of(Use.CLIENT, Use.SERVER),
                                today),
                        KeyKind.EC)
                .certificate();
    }

    /// Has a stranger call with these certificates.
    LockstepController calls(int visitor, X509Certificate... chain) {
        Visitor who = visitors.get(visitor);
        int before = who.controller().connectionsMade();
        who.wire().secondPresents(List.of(chain));
        who.wire().cut("test");
        try {
            who.controller().start(who.wire().second());
        } catch (IOException alreadyStarted) {
            who.wire().reconnect();
        }
        Eventually.holds(() -> who.controller().connectionsMade() > before);
        return who.controller();
    }

    static boolean isLetIn(LockstepController controller) {
        return controller
                .ask(new GetSupportedProtocolRequest("1.4"))
                .agentSupportedProtocolVersions()
                .contains("1.4");
    }

    static boolean isRefused(LockstepController controller) {
        Eventually.holds(() -> !controller.isConnected());
        return true;
    }

    static boolean reads(LockstepController controller) {
        return controller
                .ask(new GetRequest(List.of("Device.Home.Name"), 0))
                .requestedPathResults()
                .getFirst()
                .fault()
                .isEmpty();
    }

    String controllers() {
        return running().value(AGENT + "ControllerNumberOfEntries");
    }

    void set(String object, String parameter, String value) {
        running()
                .controller()
                .ask(new SetRequest(
                        false, List.of(new UpdateObject(object, Stage.settings(Map.of(parameter, value))))));
    }

    static String pem(X509Certificate certificate) {
        try {
            return "-----BEGIN CERTIFICATE-----\n"
                    + Base64.getMimeEncoder().encodeToString(certificate.getEncoded())
                    + "\n-----END CERTIFICATE-----\n";
        } catch (java.security.cert.CertificateEncodingException impossible) {
            throw new AssertionError(impossible);
        }
    }

    /// Lets an authority give this Role.
    void trust(Authority authority, String role) {
        running()
                .controller()
                .ask(new OperateRequest(
                        AGENT + "AddCertificate()",
                        "",
                        true,
                        Map.of("Certificate", pem(authority.certificate()), "Alias", "authority")));
        running()
                .add(
                        TRUST + "Credential.",
                        Map.of(
                                "Enable",
                                "true",
                                "Credential",
                                AGENT + "Certificate." + running().value(AGENT + "CertificateNumberOfEntries"),
                                "Role",
                                role,
                                "AllowedUses",
                                "MTP-and-USP"));
    }

    /// Has the other controller, which the configuration names, come with these certificates.
    void others(X509Certificate... chain) {
        int before = running().controller(1).connectionsMade();
        running().wire(1).secondPresents(List.of(chain));
        running().wire(1).cut("test");
        running().wire(1).reconnect();
        Eventually.holds(() -> running().controller(1).connectionsMade() > before);
    }
}
