// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.trust.KnownCertificate;
import dev.pharos.requirements.Requirement;
import dev.pharos.testkit.ManualClock;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.OperateRequest;
import dev.pharos.usp.message.OperateResponse.CommandFailure;
import dev.pharos.usp.message.OperateResponse.OperationOutcome;
import dev.pharos.usp.message.OperateResponse.OutputArgs;
import dev.pharos.usp.message.SetRequest;
import dev.pharos.usp.message.SetRequest.UpdateObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/// Certificates as a controller with full rights adds them, and what they make of one that presents them.
/// `named` has the second controller's Endpoint ID and is signed by `mid`, which is signed by `root`;
/// `nameless` as well, without the ID; `self` has signed itself.
final class CertificateTest {
    private static final String AGENT = "Device.LocalAgent.";
    private static final String TRUST = AGENT + "ControllerTrust.";
    private static final String OTHERS_ROW = AGENT + "Controller.2.";
    private static final String READ_ONLY = TRUST + "Role.3";
    private static final String FULL = TRUST + "Role.1";
    private static final String UNTRUSTED = TRUST + "Role.4";
    private static final Instant IN_TIME = Instant.parse("2030-01-01T00:00:00Z");

    @TempDir
    private Path directory;

    private final ManualClock clock = ManualClock.standing();
    private Stage stage = Stage.open(config(), clock);

    private static AgentConfig config() {
        return Stage.config(List.of(
                ControllerConfig.of(Stage.CONTROLLER, ControllerRole.FULL),
                ControllerConfig.of(Stage.OTHER, ControllerRole.UNTRUSTED)));
    }

    @BeforeEach
    void setClock() {
        clock.set(IN_TIME);
    }

    @AfterEach
    void close() {
        stage.close();
    }

    private static String pem(String name) {
        try (InputStream in = CertificateTest.class.getResourceAsStream("certificates/" + name + ".pem")) {
            assertThat(in).as(name).isNotNull();
            return in == null ? "" : new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    private static OperationOutcome run(LockstepController by, String command, Map<String, String> inputs) {
        return by.ask(new OperateRequest(command, "", true, inputs))
                .operationResults()
                .getFirst()
                .outcome();
    }

    /// Adds a certificate and returns its row, without the last dot.
    private String add(String name) {
        assertThat(run(stage.controller(), AGENT + "AddCertificate()", Map.of("Certificate", pem(name), "Alias", name)))
                .isInstanceOf(OutputArgs.class);
        return AGENT + "Certificate." + stage.value(AGENT + "CertificateNumberOfEntries");
    }

    private String trust(String certificate, String role, String uses) {
        return stage.add(
                TRUST + "Credential.",
                Map.of("Enable", "true", "Credential", certificate, "Role", role, "AllowedUses", uses));
    }

    private void set(String object, String parameter, String value) {
        stage.controller()
                .ask(new SetRequest(
                        false, List.of(new UpdateObject(object, Stage.settings(Map.of(parameter, value))))));
    }

    /// Has the other controller come back with these certificates.
    private void presents(String... names) {
        List<X509Certificate> chain = Stream.of(names)
                .map(name -> KnownCertificate.parse(pem(name)).certificate())
                .toList();
        stage.wire(1).secondPresents(chain);
        stage.wire(1).cut("test");
        stage.wire(1).reconnect();
    }

    private void inherits(String roles) {
        Eventually.holds(() -> stage.value(OTHERS_ROW + "InheritedRole").equals(roles));
    }

    private boolean refused() {
        Eventually.holds(() -> !stage.controller(1).isConnected());
        return true;
    }

    private boolean reads(String path) {
        Eventually.holds(stage.controller(1)::isConnected);
        return stage.controller(1)
                .ask(new GetRequest(List.of(path), 0))
                .requestedPathResults()
                .getFirst()
                .fault()
                .isEmpty();
    }

    @Test
    void a_certificate_is_added_shown_and_deleted() {
        String row = add("root");

        assertThat(stage.get(row + "."))
                .containsEntry("Alias", "root")
                .containsEntry("Enable", "true")
                .containsEntry("Issuer", "CN=Test Root");
        assertThat(run(stage.controller(), row + ".GetFingerprint()", Map.of("FingerprintAlgorithm", "SHA-256")))
                .isEqualTo(new OutputArgs(Map.of(
                        "Fingerprint", KnownCertificate.parse(pem("root")).fingerprint("SHA-256"))));
        CommandFailure twice = (CommandFailure)
                run(stage.controller(), AGENT + "AddCertificate()", Map.of("Certificate", pem("root")));
        assertThat(twice.fault().errCode()).isEqualTo(StandardErrorCode.DUPLICATE_KEY);
        CommandFailure alias = (CommandFailure)
                run(stage.controller(), AGENT + "AddCertificate()", Map.of("Certificate", pem("mid"), "Alias", "root"));
        assertThat(alias.fault().errCode()).isEqualTo(StandardErrorCode.DUPLICATE_KEY);

        String credential = trust(row, READ_ONLY, "MTP-and-USP");
        assertThat(run(stage.controller(), row + ".Delete()", Map.of())).isInstanceOf(OutputArgs.class);
        assertThat(stage.value(AGENT + "CertificateNumberOfEntries")).isEqualTo("0");
        assertThat(stage.value(credential + "Credential")).isEmpty();
    }

    @Test
    void what_is_no_certificate_is_refused() {
        for (String wrong : List.of("nonsense", "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n", "")) {
            assertThat(run(stage.controller(), AGENT + "AddCertificate()", Map.of("Certificate", wrong)))
                    .as(wrong)
                    .isInstanceOf(CommandFailure.class);
        }
        assertThat(run(stage.controller(), AGENT + "AddCertificate()", Map.of("Certificate", pem("root") + pem("mid"))))
                .isInstanceOf(CommandFailure.class);
        assertThat(stage.value(AGENT + "CertificateNumberOfEntries")).isEqualTo("0");
    }

    @Test
    @Requirement({"R-SEC.2", "R-SEC.24"})
    void a_controller_inherits_the_role_of_the_authority_that_signed_its_certificate() {
        trust(add("root"), READ_ONLY, "MTP-and-USP");
        presents("named", "mid");

        inherits(READ_ONLY);
        assertThat(reads("Device.Home.Name")).isTrue();

        presents();
        inherits("");
        assertThat(reads("Device.Home.Name")).isFalse();
    }

    @Test
    @Requirement("R-SEC.25")
    void only_the_first_trusted_authority_along_the_chain_counts() {
        trust(add("root"), FULL, "MTP-and-USP");
        String nearer = trust(add("mid"), READ_ONLY, "MTP-and-USP");
        presents("named", "mid");
        inherits(READ_ONLY);

        set(nearer, "Role", "");
        presents("named", "mid");
        inherits("");

        set(nearer, "Enable", "false");
        presents("named", "mid");
        inherits(FULL);
    }

    @Test
    void an_authority_for_connections_only_gives_no_role() {
        trust(add("root"), READ_ONLY, "MTP-only");
        presents("named", "mid");

        assertThat(reads("Device.Home.Name")).isFalse();
        assertThat(stage.value(OTHERS_ROW + "InheritedRole")).isEmpty();
    }

    @Test
    @Requirement("R-SEC.4")
    void a_role_needs_a_certificate_that_names_the_controller_or_is_known_to_be_its_own() {
        trust(add("root"), READ_ONLY, "MTP-and-USP");
        presents("nameless", "mid");
        Eventually.holds(stage.controller(1)::isConnected);
        stage.controller(1).send(new MessageId("unheard"), new GetRequest(List.of("Device.Home.Name"), 0));
        assertThat(stage.controller(1).noAnswer()).isTrue();
        assertThat(stage.value(OTHERS_ROW + "InheritedRole")).isEmpty();

        set(OTHERS_ROW, "Credential", add("nameless"));
        presents("nameless", "mid");
        inherits(READ_ONLY);
    }

    @Test
    @Requirement("R-SEC.24")
    void another_certificate_than_the_stored_one_needs_a_trusted_authority() {
        set(OTHERS_ROW, "Credential", add("nameless"));
        presents("self");
        assertThat(refused()).isTrue();

        trust(add("root"), READ_ONLY, "MTP-and-USP");
        presents("named", "mid");
        inherits(READ_ONLY);
    }

    @Test
    @Requirement("R-SEC.24")
    void who_has_no_role_at_all_gets_the_untrusted_one_written_down() {
        set(OTHERS_ROW, "AssignedRole", "");
        presents("self");

        Eventually.holds(() -> stage.value(OTHERS_ROW + "AssignedRole").equals(UNTRUSTED));
        assertThat(reads("Device.Home.Name")).isFalse();
    }

    @Test
    @Requirement({"R-SEC.19", "R-SEC.20"})
    void dates_count_once_the_clock_can_be_right() {
        trust(add("root"), READ_ONLY, "MTP-and-USP");
        clock.set(Instant.parse("2026-01-01T00:00:00Z"));
        presents("named", "mid");
        assertThat(refused()).isTrue();

        clock.set(Instant.parse("1970-01-01T00:05:00Z"));
        presents("named", "mid");
        inherits(READ_ONLY);
    }

    @Test
    void a_controller_adds_a_certificate_for_itself_and_for_nobody_else() {
        set(OTHERS_ROW, "AssignedRole", FULL);
        LockstepController other = stage.controller(1);
        CommandFailure denied = (CommandFailure)
                run(other, AGENT + "Controller.1.AddMyCertificate()", Map.of("Certificate", pem("self")));
        assertThat(denied.fault().errCode()).isEqualTo(StandardErrorCode.REQUEST_DENIED);

        run(other, OTHERS_ROW + "AddMyCertificate()", Map.of("Certificate", pem("self")));

        assertThat(stage.value(OTHERS_ROW + "Credential")).isEqualTo(AGENT + "Certificate.1");
        presents("self");
        assertThat(reads("Device.Home.Name")).isTrue();
        assertThat(stage.controller()
                        .answer(new DeleteRequest(false, List.of(AGENT + "Certificate.1.")))
                        .toString())
                .contains("7024");
    }

    @Test
    @Requirement("R-SEC.8")
    void certificates_and_whose_they_are_outlive_the_process() {
        stage.close();
        stage = Stage.open(config().withDataDirectory(directory), clock);
        add("mid");
        String own = add("self");
        set(OTHERS_ROW, "Credential", own);
        trust(AGENT + "Certificate.1", READ_ONLY, "MTP-and-USP");
        stage.close();

        stage = Stage.open(config().withDataDirectory(directory), clock);

        assertThat(stage.value(own + ".Alias")).isEqualTo("self");
        assertThat(stage.value(own + ".Enable")).isEqualTo("true");
        assertThat(stage.value(OTHERS_ROW + "Credential")).isEqualTo(own);
        presents("nameless");
        inherits("");
        presents("named");
        inherits(READ_ONLY);
    }
}
