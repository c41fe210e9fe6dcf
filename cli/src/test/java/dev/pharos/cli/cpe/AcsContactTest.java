// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.pharos.cwmp.rpc.AutonomousTransferComplete;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.FactoryReset;
import dev.pharos.cwmp.rpc.GetParameterValues;
import dev.pharos.cwmp.rpc.GetParameterValuesResponse;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.Reboot;
import dev.pharos.cwmp.rpc.ScheduleInform;
import dev.pharos.cwmp.rpc.SetParameterValues;
import dev.pharos.datamodel.definition.PrimitiveType;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/// When a device speaks to its ACS and what about, by a clock that stands and an ACS that follows a script.
class AcsContactTest extends ContactStage {
    @Test
    void the_first_session_is_a_bootstrap_and_the_next_start_a_boot() throws IOException {
        soon();
        assertThat(told(0)).containsExactlyInAnyOrder("0 BOOTSTRAP", "1 BOOT");
        assertThat(said).containsExactly("in contact with the ACS at http://127.0.0.1:7547/cwmp");
        restart();
        soon();
        assertThat(told(1)).containsExactly("1 BOOT");
        assertThat(informs).hasSize(2);
    }

    @Test
    void the_acs_hears_of_transfers_that_others_have_ordered_where_it_wants_to() {
        soon();
        device.sent("Device.DeviceInfo.VendorLogFile.1");
        soon();
        assertThat(informs).hasSize(1);
        set(OwnTransfers.POLICY + "Enable", "true");
        assertThat(contact.called()).isTrue();
        soon();
        device.sent("Device.SoftwareModules.DeploymentUnit.1");
        device.sent("Device.DeviceInfo.VendorLogFile.2");
        soon();
        assertThat(told(2)).containsExactly("10 AUTONOMOUS TRANSFER COMPLETE");
        assertThat(answers.getLast()).isInstanceOfSatisfying(AutonomousTransferComplete.class, told -> {
            assertThat(told.fileType()).isEqualTo("4 Vendor Log File 2");
            assertThat(told.transferUrl()).isEqualTo("https://files.example/x");
        });
        set(OwnTransfers.POLICY + "ResultTypeFilter", "Failure");
        assertThat(contact.called()).isTrue();
        soon();
        device.sent("Device.DeviceInfo.VendorLogFile.2");
        soon();
        assertThat(informs).hasSize(4);
    }

    @Test
    void an_acs_that_calls_has_a_session_at_once_and_one_that_fails_is_called_again_by_itself() {
        soon();
        assertThat(contact.callLogin()).isEmpty();
        set("Device.ManagementServer.ConnectionRequestUsername", "acs");
        requests.add(new SetParameterValues(
                List.of(new ParameterValue(
                        "Device.ManagementServer.ConnectionRequestPassword", PrimitiveType.STRING, "word")),
                ""));
        assertThat(contact.called()).isTrue();
        assertThat(contact.called()).isTrue();
        soon();
        assertThat(told(1)).containsExactly("6 CONNECTION REQUEST");
        assertThat(informs).hasSize(2);
        assertThat(contact.callLogin()).contains(new CallListener.Login("acs", "word"));
        assertThat(informs.get(1).parameterList())
                .anyMatch(each -> each.value().equals("http://127.0.0.1:1/x")
                        && each.name().equals("Device.ManagementServer.ConnectionRequestURL"));
        away = true;
        assertThat(contact.called()).isTrue();
        soon();
        away = false;
        timer.advance(Duration.ofHours(1));
        assertThat(informs).hasSize(2);
        requests.add(new SetParameterValues(
                List.of(new ParameterValue("Device.ManagementServer.EnableCWMP", PrimitiveType.BOOLEAN, "0")), ""));
        assertThat(contact.called()).isTrue();
        soon();
        assertThat(contact.called()).isFalse();
    }

    @Test
    void an_acs_that_is_away_is_tried_again_after_longer_and_longer_waits_and_told_all() throws IOException {
        away = true;
        timer.advance(Duration.ofSeconds(4));
        assertThat(said).hasSize(1);
        timer.advance(Duration.ofSeconds(10));
        assertThat(said).hasSize(2);
        timer.advance(Duration.ofSeconds(20));
        assertThat(said).hasSize(3);
        assertThat(said.getFirst()).contains("it cannot be reached");
        restart();
        away = false;
        soon();
        assertThat(told(0)).containsExactlyInAnyOrder("0 BOOTSTRAP", "1 BOOT");
    }

    @Test
    void that_a_diagnosis_is_complete_is_told_at_once_and_after_a_restart_where_nobody_has_heard_it()
            throws IOException {
        soon();
        contact.diagnosed();
        soon();
        assertThat(told(1)).containsExactly("8 DIAGNOSTICS COMPLETE");
        away = true;
        contact.diagnosed();
        soon();
        away = false;
        restart();
        soon();
        assertThat(told(2)).containsExactlyInAnyOrder("1 BOOT", "8 DIAGNOSTICS COMPLETE");
        restart();
        soon();
        assertThat(told(3)).containsExactly("1 BOOT");
    }

    @Test
    void a_count_of_vain_attempts_is_told() {
        away = true;
        soon();
        away = false;
        timer.advance(Duration.ofSeconds(12));
        assertThat(informs.getFirst().retryCount()).isEqualTo(1);
    }

    @Test
    void it_comes_periodically_as_the_acs_has_written() {
        set("Device.ManagementServer.PeriodicInformInterval", "60");
        soon();
        timer.advance(Duration.ofSeconds(59));
        assertThat(told(1)).containsExactly("2 PERIODIC");
        timer.advance(Duration.ofMinutes(3));
        assertThat(informs).hasSize(5);
        set("Device.ManagementServer.PeriodicInformEnable", "0");
        timer.advance(Duration.ofHours(1));
        assertThat(informs).hasSize(6);
    }

    @Test
    void it_comes_in_step_with_the_time_that_the_acs_has_written() {
        set("Device.ManagementServer.PeriodicInformInterval", "3600");
        set("Device.ManagementServer.PeriodicInformTime", "2026-01-01T00:10:00Z");
        soon();
        timer.advance(Duration.ofMinutes(9));
        assertThat(informs).hasSize(1);
        timer.advance(Duration.ofMinutes(1));
        assertThat(told(1)).containsExactly("2 PERIODIC");
    }

    @Test
    void a_change_of_which_the_acs_hears_at_once_is_told_at_once_whatever_has_failed() {
        soon();
        away = true;
        device.set("Device.DeviceInfo.SoftwareVersion", "2.0");
        soon();
        away = false;
        device.set("Device.DeviceInfo.SoftwareVersion", "3.0");
        soon();
        assertThat(told(1)).containsExactly("4 VALUE CHANGE");
        assertThat(informs.get(1).parameterList())
                .contains(new ParameterValue("Device.DeviceInfo.SoftwareVersion", PrimitiveType.STRING, "3.0"));
        timer.advance(Duration.ofMinutes(5));
        assertThat(informs).hasSize(2);
    }

    @Test
    void what_the_acs_writes_itself_is_not_told_back() {
        set("Device.DeviceInfo.ProvisioningCode", "abc");
        requests.add(new GetParameterValues(List.of("Device.ManagementServer.ParameterKey")));
        soon();
        timer.advance(Duration.ofMinutes(5));
        assertThat(informs).hasSize(1);
        assertThat(((GetParameterValuesResponse) answers.get(1))
                        .parameterList()
                        .getFirst()
                        .value())
                .isEqualTo("key");
    }

    @Test
    void an_inform_that_the_acs_has_planned_comes_with_its_key() {
        requests.add(new ScheduleInform(Duration.ofMinutes(1), "later"));
        soon();
        timer.advance(Duration.ofMinutes(1));
        assertThat(told(1)).containsExactlyInAnyOrder("3 SCHEDULED", "M ScheduleInform later");
    }

    @Test
    void a_restart_that_the_acs_wants_happens_after_the_session_and_is_told_afterwards() throws IOException {
        requests.add(new Reboot("why not"));
        soon();
        assertThat(commands).containsExactly("Reboot()");
        restart();
        soon();
        assertThat(told(1)).containsExactlyInAnyOrder("1 BOOT", "M Reboot why not");
        restart();
        soon();
        assertThat(told(2)).containsExactly("1 BOOT");
    }

    @Test
    void after_a_factory_reset_the_acs_is_a_stranger() throws IOException {
        requests.add(new FactoryReset());
        soon();
        assertThat(commands).containsExactly("FactoryReset()");
        restart();
        soon();
        assertThat(told(1)).containsExactlyInAnyOrder("0 BOOTSTRAP", "1 BOOT");
    }

    @Test
    void another_acs_is_a_stranger_too() {
        set("Device.ManagementServer.URL", "https://acs.example/cwmp");
        soon();
        timer.advance(Duration.ofMinutes(1));
        assertThat(told(1)).contains("0 BOOTSTRAP");
        assertThat(said).last().asString().contains("in contact with the ACS");
    }

    @Test
    void an_acs_that_could_be_overheard_is_not_gone_to() {
        set("Device.ManagementServer.URL", "http://acs.example/cwmp");
        soon();
        assertThat(answers.getFirst()).isInstanceOf(CwmpFault.class);
        assertThat(model.snapshot().value("Device.ManagementServer.URL")).contains("http://127.0.0.1:7547/cwmp");
    }

    @Test
    void what_management_has_written_counts_until_the_program_is_told_something_else() throws IOException {
        set("Device.ManagementServer.Username", "another");
        soon();
        restart();
        assertThat(model.snapshot().value("Device.ManagementServer.Username")).contains("another");
        stop();
        start(AcsAddress.parse("http://127.0.0.1:1/cwmp", "third", "", false));
        assertThat(model.snapshot().value("Device.ManagementServer.Username")).contains("third");
        soon();
        assertThat(told(1)).contains("0 BOOTSTRAP");
    }

    @Test
    void tr_069_can_be_switched_off_and_on() {
        set("Device.ManagementServer.EnableCWMP", "false");
        soon();
        device.set("Device.DeviceInfo.SoftwareVersion", "2.0");
        timer.advance(Duration.ofDays(2));
        assertThat(informs).hasSize(1);
        device.set("Device.ManagementServer.EnableCWMP", "true");
        soon();
        assertThat(told(1)).contains("4 VALUE CHANGE");
    }

    @Test
    void addresses_that_are_none_are_refused_in_words() {
        for (String wrong :
                List.of("acs.example", "ftp://acs/", "http://acs.example/cwmp", "http://127.0.0.1.evil/x")) {
            assertThatThrownBy(() -> AcsAddress.parse(wrong, "", "", false))
                    .isInstanceOf(IllegalArgumentException.class);
        }
        assertThat(AcsAddress.parse("http://acs.example/cwmp", "", "", true).url())
                .isEqualTo(URI.create("http://acs.example/cwmp"));
        assertThat(ADDRESS.toString()).doesNotContain("pw");
    }

    @Test
    void what_was_kept_and_cannot_be_read_is_said() throws IOException {
        Files.writeString(folder.resolve(KeptContact.OUTBOX), "report.0 = nonsense\n");
        assertThatThrownBy(() -> new KeptContact(folder).outbox())
                .isInstanceOf(IOException.class)
                .hasMessageContaining("delete it to go on");
    }
}
