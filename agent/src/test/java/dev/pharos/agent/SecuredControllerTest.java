// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.EndToEnd;
import dev.pharos.agent.fixture.HomeDevice;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.ManualTimer;
import dev.pharos.agent.fixture.SessionController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.runtime.AgentRuntime;
import dev.pharos.pki.Authority;
import dev.pharos.pki.CertificateOrder;
import dev.pharos.pki.CertificateOrder.Use;
import dev.pharos.pki.Issued;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.SubjectName;
import dev.pharos.pki.Validity;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.InProcessMtp;
import dev.pharos.testkit.ManualClock;
import dev.pharos.testkit.UntrustedBroker;
import dev.pharos.usp.Bytes;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.integrity.SecureIdentity;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.GetResponse;
import dev.pharos.usp.message.OperateRequest;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A controller behind a broker that nobody trusts, which TLS inside its session proves.
final class SecuredControllerTest {
    private static final GetRequest NAME = new GetRequest(List.of("Device.Home.Name"), 0);

    private final ManualClock clock = ManualClock.standing();
    private final ManualTimer timer = new ManualTimer(clock);
    private final Validity today =
            new Validity(Instant.now().minus(Duration.ofHours(1)), Instant.now().plus(Duration.ofHours(1)));
    private final Authority authority = Authority.create("authority", KeyKind.EC, today);
    private final InProcessMtp.Pair managed = InProcessMtp.pair(Stage.AGENT, Stage.CONTROLLER);
    private final InProcessMtp.Pair relayed = InProcessMtp.pair(Stage.AGENT, Stage.OTHER);
    private final UntrustedBroker broker = new UntrustedBroker();
    private final SecureIdentity own = identity(Stage.AGENT);
    private final LockstepController manager = new LockstepController(Stage.CONTROLLER, Stage.AGENT);
    private final SessionController other =
            SessionController.secured(Stage.OTHER, Stage.AGENT, clock, identity(Stage.OTHER));
    private final UspAgent agent = new UspAgent(
                    Stage.config(List.of(
                            ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
                            ControllerConfig.of(Stage.OTHER, ControllerRole.UNTRUSTED))),
                    List.of(new HomeDevice()),
                    List.of(
                            new AgentMtpBinding(managed.first(), Stage.CONTROLLER),
                            new AgentMtpBinding(broker.to(relayed.first()), Stage.OTHER)),
                    new AgentRuntime(clock, timer, RandomGenerator.of("L64X128MixRandom")))
            .secured(new EndToEnd(() -> Optional.of(own), false));

    private SecureIdentity identity(EndpointId id) {
        Issued issued = authority.issue(
                new CertificateOrder("one", List.of(SubjectName.of(id)), Set.of(Use.CLIENT), today), KeyKind.EC);
        return new SecureIdentity(List.of(issued.certificate()), issued.key(), (peer, chain) -> Optional.empty());
    }

    @BeforeEach
    void start() throws IOException {
        clock.set(Instant.now());
        agent.start();
        manager.start(managed.second());
        manager.nextRecord();
        other.start(broker.to(relayed.second()));
        Eventually.holds(other::isConnected);
    }

    @AfterEach
    void close() {
        agent.close();
        managed.close();
        relayed.close();
    }

    /// Trusts the authority of this test with controllers of this Role.
    private void trust(String role) {
        Bytes pem = new SecureIdentity(
                        List.of(authority.certificate()), authority.key(), (peer, chain) -> Optional.empty())
                .senderCertificate();
        manager.ask(new OperateRequest(
                "Device.LocalAgent.AddCertificate()",
                "",
                true,
                Map.of("Certificate", String.valueOf(pem.utf8(0, pem.size())), "Alias", "authority")));
        Stage.add(
                manager,
                "Device.LocalAgent.ControllerTrust.Credential.",
                Map.of(
                        "Enable",
                        "true",
                        "Credential",
                        "Device.LocalAgent.Certificate.1",
                        "Role",
                        role,
                        "AllowedUses",
                        "MTP-and-USP"));
    }

    private GetResponse answerTo(String id) {
        other.send(id, NAME);
        int before = other.messages().size();
        Eventually.holds(() -> {
            timer.advance(Duration.ofMillis(25));
            other.tick();
            return other.messages().size() > before;
        });
        return (GetResponse) other.messages().getLast().body();
    }

    @Test
    @Requirement({"R-E2E.43", "R-SEC.24", "R-SEC.25"})
    void inherits_the_role_of_the_authority_that_signed_its_certificate() {
        trust("Device.LocalAgent.ControllerTrust.Role.1");

        GetResponse answer = answerTo("one");
        assertThat(answer.requestedPathResults().getFirst().fault()).isEmpty();
        assertThat(agent.model().snapshot().value("Device.LocalAgent.Controller.2.InheritedRole"))
                .hasValue("Device.LocalAgent.ControllerTrust.Role.1");
    }

    @Test
    void has_no_more_rights_than_before_where_nobody_vouches_for_it() {
        GetResponse answer = answerTo("one");

        assertThat(answer.requestedPathResults().getFirst().fault()).isPresent();
    }
}
