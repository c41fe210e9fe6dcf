// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.AddObject;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.pki.Authority;
import dev.pharos.pki.KeyKind;
import dev.pharos.pki.Validity;
import dev.pharos.usp.EndpointId;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A device of TR-069 is told which authority vouches for the controller that it gets to know, and told to forget it.
class MeetCertificateTest {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final EndpointId US = EndpointId.of("self::pharos");
    private static final String ADD = "Device.USPAgent.AddCertificate";
    private static final String CERTIFICATES = "Device.USPAgent.Certificate.";
    private static final String CREDENTIALS = "Device.USPAgent.ControllerTrust.Credential.";
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");
    private static final DoorAuthority AUTHORITY = DoorAuthority.of(
            Authority.create("Acme, \"Inc\"", KeyKind.EC, new Validity(NOW, NOW.plus(Duration.ofDays(10_000))))
                    .certificate());
    private static final UspDoor DOOR =
            new UspDoor(US, "acs.example", 8183, true, new UspDoor.Way.WebSocket("/usp"), Optional.of(AUTHORITY));

    private final AgentOnPaper paper = new AgentOnPaper();

    @BeforeEach
    void it_takes_certificates() {
        paper.device.values.put(ADD, "");
        paper.device.values.put("Device.USPAgent.CertificateNumberOfEntries", "0");
        paper.device.fresh.put(
                CREDENTIALS,
                Map.of("Credential", "cpe-Credential-#", "AllowedUses", "", "Enable", "false", "Role", ""));
        // colons, small digits and a zero before them, as others write them
        paper.device.certificate.putAll(Map.of(
                "SerialNumber",
                "00:" + AUTHORITY.serialNumber().toLowerCase(Locale.ROOT),
                "Issuer",
                AUTHORITY.issuer().replace("CN=", "cn = "),
                "Enable",
                "true"));
        assertThat(paper.session(StandardEvent.BOOT)).isTrue();
    }

    @AfterEach
    void it_stops() {
        paper.close();
    }

    private ErrandEnd ask(Errand errand) throws InterruptedException {
        Asked asked = paper.office().askNow(AgentOnPaper.ID, errand, PATIENCE);
        return asked instanceof Asked.Ended(ErrandEnd end) ? end : new ErrandEnd.GivenUp();
    }

    /// Without the numbers of rows.
    private List<String> beneath(String table) {
        return paper.beneath(table).entrySet().stream()
                .map(each -> each.getKey().replaceAll("^[0-9]+\\.", "") + "=" + each.getValue())
                .sorted()
                .toList();
    }

    private void isTrustedOnce() {
        assertThat(beneath(CERTIFICATES)).hasSize(3).contains("Enable=true");
        String row = paper.beneath(CERTIFICATES).keySet().iterator().next().replaceAll("\\..*", "");
        assertThat(beneath(CREDENTIALS))
                .containsExactly("AllowedUses=MTP-and-USP", "Credential=" + CERTIFICATES + row, "Enable=true", "Role=");
    }

    @Test
    void the_certificate_is_told_alone_and_trusted_before_the_controller_is_enabled() throws Exception {
        paper.device.asked.clear();
        assertThat(ask(new Errand.MeetController(DOOR)))
                .isInstanceOfSatisfying(
                        ErrandEnd.Met.class, met -> assertThat(met.remark()).isEmpty());
        isTrustedOnce();
        List<SetParameterValues> writes = paper.device.asked.stream()
                .filter(SetParameterValues.class::isInstance)
                .map(SetParameterValues.class::cast)
                .toList();
        assertThat(writes.getFirst().parameterList()).singleElement().satisfies(only -> {
            assertThat(only.name()).isEqualTo(ADD);
            assertThat(only.value()).isEqualTo(AUTHORITY.pem()).startsWith("-----BEGIN CERTIFICATE-----\n");
        });
        assertThat(writes.getLast().parameterList())
                .as("the last of all")
                .allMatch(each -> each.name().matches(".*Controller\\.[0-9]+\\.Enable"));
        assertThat(paper.stores.twins().find(AgentOnPaper.ID, "Device.LocalAgent.AddCertificate"))
                .hasValueSatisfying(value -> assertThat(value.value()).isEmpty());

        paper.device.asked.clear();
        assertThat(ask(new Errand.MeetController(DOOR))).isInstanceOf(ErrandEnd.Met.class);
        assertThat(paper.device.asked)
                .as("nothing is left to do")
                .noneMatch(each -> each instanceof AddObject || each instanceof SetParameterValues);
    }

    @Test
    void the_way_back_takes_the_trust_away_and_the_next_way_gives_it_again() throws Exception {
        ask(new Errand.MeetController(DOOR));
        assertThat(ask(new Errand.LeaveController(DOOR)))
                .isInstanceOfSatisfying(
                        ErrandEnd.Left.class, left -> assertThat(left.rows()).hasSize(2));
        assertThat(paper.beneath(CREDENTIALS)).isEmpty();
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS)).isEmpty();
        assertThat(beneath(CERTIFICATES)).as("TR-069 has no removal").hasSize(3);
        paper.device.values.replaceAll(
                (name, value) -> name.startsWith(CERTIFICATES) && name.endsWith("Enable") ? "false" : value);
        paper.device.asked.clear();
        assertThat(ask(new Errand.MeetController(DOOR))).isInstanceOf(ErrandEnd.Met.class);
        isTrustedOnce();
    }

    @Test
    void whom_somebody_else_has_trusted_stays_trusted() throws Exception {
        ask(new Errand.MeetController(DOOR));
        ask(new Errand.LeaveController(DOOR));
        String certificate = CERTIFICATES
                + paper.beneath(CERTIFICATES).keySet().iterator().next().replaceAll("\\..*", "");
        paper.device.values.putAll(Map.of(
                CREDENTIALS + "90.Credential", certificate,
                CREDENTIALS + "90.AllowedUses", "MTP-and-USP",
                CREDENTIALS + "90.Role", "Device.USPAgent.ControllerTrust.Role.4",
                CREDENTIALS + "90.Enable", "true"));
        List<String> before = beneath(CREDENTIALS);
        assertThat(ask(new Errand.MeetController(DOOR))).isInstanceOf(ErrandEnd.Met.class);
        assertThat(beneath(CREDENTIALS)).isEqualTo(before);
        assertThat(ask(new Errand.LeaveController(DOOR))).isInstanceOf(ErrandEnd.Left.class);
        assertThat(beneath(CREDENTIALS)).isEqualTo(before);
    }

    @Test
    void a_device_that_has_no_word_for_it_gets_the_way_all_the_same_which_is_said() throws Exception {
        paper.device.values.remove(ADD);
        assertThat(ask(new Errand.MeetController(DOOR)))
                .isInstanceOfSatisfying(
                        ErrandEnd.Met.class,
                        met -> assertThat(met.remark()).contains("takes no certificates over TR-069"));
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS)).containsValue("self::pharos");
        assertThat(paper.beneath(CREDENTIALS)).isEmpty();
        assertThat(ask(new Errand.LeaveController(DOOR))).isInstanceOf(ErrandEnd.Left.class);
    }

    @Test
    void one_that_refuses_it_or_does_not_show_it_is_not_told_the_way() throws Exception {
        paper.device.unwritable = "AddCertificate";
        assertThat(ask(new Errand.MeetController(DOOR))).isInstanceOf(ErrandEnd.Refused.class);
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS)).isEmpty();
        paper.device.unwritable = "AllowedUses";
        assertThat(ask(new Errand.MeetController(DOOR))).isInstanceOf(ErrandEnd.Refused.class);
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS)).isEmpty();
        assertThat(paper.beneath(CREDENTIALS)).isEmpty();
        paper.device.unwritable = "Locked";
        paper.device.values.keySet().removeIf(name -> name.startsWith(CERTIFICATES));
        paper.device.certificate.put("SerialNumber", "1");
        assertThat(ask(new Errand.MeetController(DOOR)))
                .isInstanceOfSatisfying(
                        ErrandEnd.Refused.class,
                        refused -> assertThat(refused.fault().toString()).contains("does not show it"));
        assertThat(paper.beneath(AgentOnPaper.CONTROLLERS)).isEmpty();
    }

    @Test
    void a_session_that_ends_at_any_moment_leaves_one_certificate_and_one_trust_after_the_next() throws Exception {
        for (int exchanges = 2; exchanges < 20; exchanges++) {
            ask(new Errand.LeaveController(DOOR));
            paper.device.values.keySet().removeIf(name -> name.startsWith(CERTIFICATES));
            assertThat(paper.errands.add(AgentOnPaper.ID, new Errand.MeetController(DOOR), paper.clock.instant(), 1))
                    .isPresent();
            paper.exchanges = exchanges;
            assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
            paper.exchanges = Integer.MAX_VALUE;
            assertThat(paper.session(StandardEvent.PERIODIC)).isTrue();
            isTrustedOnce();
            assertThat(paper.errands.of(AgentOnPaper.ID)).isEmpty();
        }
    }
}
