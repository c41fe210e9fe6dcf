// SPDX-License-Identifier: Apache-2.0
package dev.pharos.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.agent.config.AgentConfig;
import dev.pharos.agent.config.ControllerRole;
import dev.pharos.agent.config.Limits;
import dev.pharos.agent.fixture.LockstepController;
import dev.pharos.agent.fixture.Stage;
import dev.pharos.agent.trust.KnownCertificate;
import dev.pharos.pki.Authority;
import dev.pharos.pki.KeyKind;
import dev.pharos.requirements.Requirement;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.message.DeleteRequest;
import dev.pharos.usp.message.DeleteResponse;
import dev.pharos.usp.message.GetSupportedProtocolRequest;
import dev.pharos.usp.message.MessageId;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/// Controllers for whom nobody vouches.
final class FirstUseTest extends FirstUseStage {
    @Test
    @Requirement({"R-SEC.24a", "R-MTP.4a"})
    void without_a_word_in_the_configuration_nobody_becomes_known() {
        introductions = authorities();
        stage(Stage.STRANGER);
        X509Certificate own = selfSigned(Stage.STRANGER);

        assertThat(introductions.knowsClient(List.of(own))).isFalse();
        assertThat(isRefused(calls(0, own))).isTrue();
        assertThat(controllers()).isEqualTo("2");
        assertThat(running().value(TRUST + "TOFUAllowed")).isEqualTo("false");
        others(selfSigned(Stage.OTHER));
        assertThat(isRefused(running().controller(1))).isTrue();
        assertThat(running().value(OTHERS_ROW + "Credential")).isEmpty();

        set(TRUST, "TOFUAllowed", "true");
        assertThat(introductions.knowsClient(List.of(own))).isTrue();
        assertThat(isLetIn(calls(0, own))).isTrue();
    }

    @Test
    @Requirement({"R-SEC.6", "R-SEC.8", "R-SEC.24a", "R-MTP.4a"})
    void who_signs_itself_gets_a_row_with_its_certificate_and_the_untrusted_role_and_can_do_nothing() {
        stage(Stage.STRANGER);
        X509Certificate own = selfSigned(Stage.STRANGER);

        assertThat(introductions.knowsClient(List.of(own))).isTrue();
        LockstepController stranger = calls(0, own);
        assertThat(isLetIn(stranger)).isTrue();

        assertThat(running().get(NEW_ROW))
                .containsEntry("EndpointID", Stage.STRANGER.toString())
                .containsEntry("Enable", "true")
                .containsEntry("AssignedRole", UNTRUSTED)
                .containsEntry("InheritedRole", "")
                .containsEntry("Credential", AGENT + "Certificate.1");
        assertThat(running().value(AGENT + "Certificate.1.SerialNumber"))
                .isEqualTo(new KnownCertificate(own).serialNumber());
        assertThat(reads(stranger)).isFalse();
        assertThat(stranger.noNotification()).isTrue();

        set(NEW_ROW, "AssignedRole", READ_ONLY);
        assertThat(reads(stranger)).as("raised by another controller").isTrue();
    }

    @Test
    @Requirement("R-SEC.6")
    void a_controller_of_the_configuration_may_become_known_as_long_as_it_has_no_right_at_all() {
        stage(config(ControllerRole.READ_ONLY));
        X509Certificate own = selfSigned(Stage.OTHER);
        assertThat(introductions.knowsServer(Optional.of(Stage.OTHER), List.of(own)))
                .isFalse();
        others(own);
        assertThat(isRefused(running().controller(1))).isTrue();

        set(OTHERS_ROW, "AssignedRole", "");
        assertThat(introductions.knowsServer(Optional.of(Stage.OTHER), List.of(own)))
                .isTrue();
        others(own);
        Eventually.holds(() -> running().value(OTHERS_ROW + "AssignedRole").equals(UNTRUSTED));
        assertThat(isLetIn(running().controller(1))).isTrue();
        assertThat(reads(running().controller(1))).isFalse();
        assertThat(running().value(OTHERS_ROW + "Credential")).isEqualTo(AGENT + "Certificate.1");
    }

    @Test
    @Requirement({"R-SEC.24a", "R-MTP.4a"})
    void another_certificate_of_somebody_who_is_known_is_refused_and_changes_nothing() {
        stage(Stage.STRANGER);
        X509Certificate own = selfSigned(Stage.STRANGER);
        assertThat(isLetIn(calls(0, own))).isTrue();
        set(NEW_ROW, "AssignedRole", FULL);

        X509Certificate forged = selfSigned(Stage.STRANGER);
        assertThat(introductions.knowsClient(List.of(forged))).isFalse();
        assertThat(isRefused(calls(0, forged))).isTrue();
        assertThat(running().value(NEW_ROW + "Credential")).isEqualTo(AGENT + "Certificate.1");
        assertThat(running().value(AGENT + "CertificateNumberOfEntries")).isEqualTo("1");

        assertThat(reads(calls(0, own))).as("the right one still is").isTrue();
    }

    @Test
    @Requirement({"R-SEC.8", "R-SEC.24a", "R-MTP.4a"})
    void who_is_known_stays_so_over_restarts_and_where_nobody_new_is_wanted_any_more() {
        AgentConfig kept = config(ControllerRole.UNTRUSTED).withDataDirectory(directory);
        stage(kept, Stage.STRANGER);
        X509Certificate own = selfSigned(Stage.STRANGER);
        assertThat(isLetIn(calls(0, own))).isTrue();
        set(NEW_ROW, "AssignedRole", READ_ONLY);

        introductions = authorities();
        stage(kept, Stage.STRANGER);
        assertThat(running().value(TRUST + "TOFUAllowed")).isEqualTo("false");
        assertThat(running().get(NEW_ROW))
                .containsEntry("EndpointID", Stage.STRANGER.toString())
                .containsEntry("AssignedRole", READ_ONLY)
                .containsEntry("Credential", AGENT + "Certificate.1");
        assertThat(introductions.knowsClient(List.of(own))).isTrue();
        assertThat(introductions.knowsClient(List.of(selfSigned(Stage.STRANGER))))
                .isFalse();
        assertThat(reads(calls(0, own))).isTrue();
        assertThat(isRefused(calls(0, selfSigned(Stage.STRANGER)))).isTrue();
    }

    @Test
    void what_management_says_stays_until_the_configuration_says_something_else() {
        AgentConfig kept = config(ControllerRole.UNTRUSTED).withDataDirectory(directory);
        stage(kept);
        assertThat(running().value(TRUST + "TOFUAllowed")).isEqualTo("true");
        assertThat(running().value(TRUST + "TOFUInactivityTimer")).isEqualTo("60");
        set(TRUST, "TOFUAllowed", "false");

        stage(kept);
        assertThat(running().value(TRUST + "TOFUAllowed")).isEqualTo("false");

        introductions = authorities().allowingFirstUse(Duration.ofSeconds(5));
        stage(kept);
        assertThat(running().value(TRUST + "TOFUAllowed")).isEqualTo("true");
        assertThat(running().value(TRUST + "TOFUInactivityTimer")).isEqualTo("5");
    }

    @Test
    @Requirement({"R-SEC.6", "R-SEC.24a"})
    void a_second_stranger_gets_a_row_of_its_own_and_nothing_of_the_first() {
        EndpointId second = EndpointId.of("proto::second");
        stage(Stage.STRANGER, second);
        assertThat(isLetIn(calls(0, selfSigned(Stage.STRANGER)))).isTrue();
        set(NEW_ROW, "AssignedRole", FULL);

        LockstepController other = calls(1, selfSigned(second));
        assertThat(isLetIn(other)).isTrue();
        assertThat(running().value(AGENT + "Controller.4.AssignedRole")).isEqualTo(UNTRUSTED);
        assertThat(reads(other)).isFalse();

        X509Certificate both = signed(Authority.create("own", KeyKind.EC, today), Stage.STRANGER, second);
        assertThat(introductions.knowsClient(List.of(both))).isFalse();
        assertThat(isRefused(calls(1, both))).isTrue();
    }

    @Test
    @Requirement("R-SEC.24a")
    void a_certificate_that_does_not_name_who_shows_it_or_names_others_too_makes_nobody_known() {
        EndpointId second = EndpointId.of("proto::second");
        Authority own = Authority.create("own", KeyKind.EC, today);
        stage(Stage.STRANGER);
        for (X509Certificate wrong : List.of(signed(own), signed(own, second), signed(own, Stage.STRANGER, second))) {
            assertThat(isRefused(calls(0, wrong))).isTrue();
        }
        assertThat(controllers()).isEqualTo("2");
        assertThat(running().value(AGENT + "CertificateNumberOfEntries")).isEqualTo("0");
    }

    @Test
    void only_so_many_become_known_and_whoever_may_makes_room() {
        EndpointId[] many = new EndpointId[Limits.FIRST_USES + 1];
        for (int i = 0; i < many.length; i++) {
            many[i] = EndpointId.of("proto::s" + i);
        }
        stage(many);
        for (int i = 0; i < Limits.FIRST_USES; i++) {
            assertThat(isLetIn(calls(i, selfSigned(many[i])))).isTrue();
        }
        X509Certificate last = selfSigned(many[Limits.FIRST_USES]);
        assertThat(introductions.knowsClient(List.of(last))).isFalse();
        assertThat(isRefused(calls(Limits.FIRST_USES, last))).isTrue();

        assertThat(running().controller().answer(new DeleteRequest(false, List.of(NEW_ROW))))
                .isInstanceOf(DeleteResponse.class);
        assertThat(running().value(AGENT + "CertificateNumberOfEntries"))
                .as("its certificate went with it")
                .isEqualTo(Integer.toString(Limits.FIRST_USES - 1));
        assertThat(isLetIn(calls(Limits.FIRST_USES, last))).isTrue();
    }

    @Test
    @Requirement("R-MTP.4a")
    void a_first_connection_ends_where_nothing_is_said_on_it_and_later_ones_do_not() {
        stage(Stage.STRANGER);
        X509Certificate own = selfSigned(Stage.STRANGER);
        LockstepController stranger = calls(0, own);
        assertThat(isLetIn(stranger)).isTrue();

        running().timer().advance(QUIET.minusSeconds(1));
        assertThat(isLetIn(stranger)).isTrue();
        running().timer().advance(QUIET.minusSeconds(1));
        assertThat(stranger.isConnected()).isTrue();
        running().timer().advance(Duration.ofSeconds(1));
        assertThat(isRefused(stranger)).isTrue();

        assertThat(isLetIn(calls(0, own))).isTrue();
        running().timer().advance(QUIET.multipliedBy(10));
        assertThat(isLetIn(stranger)).isTrue();
    }

    @Test
    @Requirement({"R-SEC.4a", "R-SEC.26"})
    void a_broker_that_the_configuration_trusts_says_who_sends_and_gives_no_role() {
        Authority authority = Authority.create("of brokers", KeyKind.EC, today);
        X509Certificate broker = signed(authority, EndpointId.of("proto::broker"));
        introductions = authorities().trustingBrokers(List.of(broker));
        stage(config(ControllerRole.READ_ONLY));
        assertThat(introductions.knowsServer(Optional.empty(), List.of(broker))).isTrue();
        others(broker);
        assertThat(reads(running().controller(1))).isTrue();
        assertThat(running().value(OTHERS_ROW + "InheritedRole")).isEmpty();

        X509Certificate another = signed(authority, EndpointId.of("proto::broker"));
        assertThat(introductions.knowsServer(Optional.empty(), List.of(another)))
                .isFalse();
        others(another);
        assertThat(isRefused(running().controller(1))).isTrue();
    }

    @Test
    void of_two_who_come_at_once_as_the_same_one_becomes_known() {
        stage(Stage.STRANGER, Stage.STRANGER);
        X509Certificate[] theirs = {selfSigned(Stage.STRANGER), selfSigned(Stage.STRANGER)};
        for (int i = 0; i < theirs.length; i++) {
            visitors.get(i).wire().secondPresents(List.of(theirs[i]));
        }
        List<LockstepController> both = List.of(calls(0, theirs[0]), calls(1, theirs[1]));

        Eventually.holds(
                () -> both.stream().filter(LockstepController::isConnected).count() == 1);
        int first = both.getFirst().isConnected() ? 0 : 1;
        assertThat(running().value(AGENT + "Certificate.1.SerialNumber"))
                .isEqualTo(new KnownCertificate(theirs[first]).serialNumber());
        assertThat(running().value(AGENT + "CertificateNumberOfEntries")).isEqualTo("1");
        assertThat(isLetIn(both.get(first))).isTrue();
    }

    @Test
    void what_a_stranger_says_before_it_is_known_waits() {
        stage(Stage.STRANGER);
        LockstepController stranger = calls(0, selfSigned(Stage.STRANGER));
        for (int i = 0; i < Limits.RECORDS_OF_A_STRANGER; i++) {
            stranger.send(new MessageId("m" + i), new GetSupportedProtocolRequest("1.4"));
        }
        for (int i = 0; i < Limits.RECORDS_OF_A_STRANGER; i++) {
            assertThat(stranger.nextAnswer().id()).isEqualTo(new MessageId("m" + i));
        }
    }
}
