// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.pki.Authority;
import dev.pharos.pki.KeyKind;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.message.GetRequest;
import dev.pharos.usp.message.MessageId;
import dev.pharos.usp.message.OperateRequest;
import java.security.cert.X509Certificate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// What the certificates of controllers lead to where an authority vouches for them, or takes its word back.
final class VouchedControllerTest extends FirstUseStage {
    @Test
    @Requirement({"R-SEC.24", "R-SEC.24a"})
    void certificates_of_others_that_somebody_merely_shows_beside_its_own_give_it_no_role() {
        Authority authority = Authority.create("of operators", KeyKind.EC, today);
        stage(Stage.STRANGER);
        trust(authority, FULL);
        X509Certificate someoneElses = signed(authority, Stage.CONTROLLER);

        LockstepController stranger = calls(0, selfSigned(Stage.STRANGER), someoneElses, authority.certificate());
        assertThat(isLetIn(stranger)).isTrue();
        assertThat(running().get(NEW_ROW))
                .containsEntry("AssignedRole", UNTRUSTED)
                .containsEntry("InheritedRole", "");
        assertThat(reads(stranger)).isFalse();
    }

    @Test
    @Requirement("R-SEC.24")
    void whom_an_authority_vouches_for_that_may_becomes_known_with_its_role_though_first_use_is_not_allowed() {
        introductions = authorities();
        Authority authority = Authority.create("of operators", KeyKind.EC, today);
        stage(Stage.STRANGER);
        X509Certificate own = signed(authority, Stage.STRANGER);
        assertThat(isRefused(calls(0, own, authority.certificate()))).isTrue();

        trust(authority, READ_ONLY);
        LockstepController stranger = calls(0, own, authority.certificate());
        assertThat(reads(stranger)).isTrue();
        assertThat(running().value(NEW_ROW + "InheritedRole")).isEqualTo(READ_ONLY);
    }

    @Test
    @Requirement("R-SEC.24a")
    void a_new_certificate_is_stored_where_an_authority_vouches_for_it_and_it_names_the_controller() {
        Authority authority = Authority.create("of operators", KeyKind.EC, today);
        stage();
        trust(authority, READ_ONLY);
        X509Certificate first = signed(authority, Stage.OTHER);
        others(first, authority.certificate());
        Eventually.holds(() -> running().value(OTHERS_ROW + "Credential").equals(AGENT + "Certificate.2"));

        others(signed(authority, Stage.STRANGER), authority.certificate());
        Eventually.holds(running().controller(1)::isConnected);
        running().controller(1).send(new MessageId("unheard"), new GetRequest(List.of("Device.Home.Name"), 0));
        assertThat(running().controller(1).noAnswer()).isTrue();
        assertThat(running().value(OTHERS_ROW + "Credential")).isEqualTo(AGENT + "Certificate.2");

        X509Certificate renewed = signed(authority, Stage.OTHER);
        others(renewed, authority.certificate());
        Eventually.holds(() -> running().value(OTHERS_ROW + "Credential").equals(AGENT + "Certificate.3"));
        assertThat(running().value(AGENT + "CertificateNumberOfEntries"))
                .as("the old one is gone")
                .isEqualTo("2");
        assertThat(reads(running().controller(1))).isTrue();
    }

    @Test
    @Requirement("R-SEC.24a")
    void what_was_decided_on_a_certificate_holds_for_as_long_as_the_connection() {
        Authority authority = Authority.create("of operators", KeyKind.EC, today);
        stage();
        trust(authority, READ_ONLY);
        X509Certificate own = signed(authority, Stage.OTHER);
        others(own, authority.certificate());
        Eventually.holds(() -> running().value(OTHERS_ROW + "InheritedRole").equals(READ_ONLY));
        assertThat(reads(running().controller(1))).isTrue();

        set(TRUST + "Credential.1.", "Enable", "false");
        assertThat(reads(running().controller(1))).isTrue();

        others(own, authority.certificate());
        Eventually.holds(() -> running().value(OTHERS_ROW + "InheritedRole").isEmpty());
        assertThat(reads(running().controller(1))).isFalse();
    }

    @Test
    @Requirement("R-SEC.24a")
    void a_controller_whose_own_certificate_is_revoked_is_banned() {
        stage(Stage.STRANGER);
        X509Certificate own = selfSigned(Stage.STRANGER);
        LockstepController stranger = calls(0, own);
        assertThat(isLetIn(stranger)).isTrue();
        set(NEW_ROW, "AssignedRole", READ_ONLY);

        introductions.revoked(selfSigned(Stage.STRANGER));
        introductions.revoked(own);

        Eventually.holds(() -> running().value(NEW_ROW + "AssignedRole").equals(BANNED));
        assertThat(running().value(NEW_ROW + "InheritedRole")).isEmpty();
        assertThat(introductions.knowsServer(Optional.of(Stage.STRANGER), List.of(selfSigned(Stage.STRANGER))))
                .isFalse();
        stranger.send(new MessageId("unheard"), new GetRequest(List.of("Device.Home.Name"), 0));
        assertThat(stranger.noAnswer()).isTrue();
    }

    @Test
    void the_last_who_could_lift_a_ban_is_refused_but_not_banned() {
        stage();
        X509Certificate own = selfSigned(Stage.CONTROLLER);
        running()
                .controller()
                .ask(new OperateRequest(
                        AGENT + "Controller.1.AddMyCertificate()", "", true, Map.of("Certificate", pem(own))));
        introductions.revoked(own);

        assertThat(running().controller().noAnswer()).isTrue();
        assertThat(running().value(AGENT + "Controller.1.AssignedRole")).isEqualTo(FULL);
    }
}
