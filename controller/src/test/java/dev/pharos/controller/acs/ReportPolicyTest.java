// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.pharos.controller.onboarding.SubscriptionState;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.StandardEvent;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.cwmp.rpc.SetParameterValues;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/// A device of TR-069 reports what happens on it without us: what is subscribed to over USP.
class ReportPolicyTest extends AcsStage {
    private static final String MODULES = "Device.ManagementServer.DUStateChangeComplPolicy.";
    private static final String TRANSFERS = "Device.ManagementServer.AutonomousTransferCompletePolicy.";

    @BeforeEach
    void it_can_report() {
        device.values.put("Device.ManagementServer.ParameterKey", "key 7");
        device.values.put(MODULES + "Enable", "0");
        device.values.put(MODULES + "OperationTypeFilter", "Install");
        device.values.put(MODULES + "ResultTypeFilter", "Both");
        device.values.put(MODULES + "FaultCodeFilter", "");
        device.values.put(TRANSFERS + "Enable", "true");
        device.values.put(TRANSFERS + "FileTypeFilter", "1 Firmware Upgrade Image");
    }

    private List<SetParameterValues> written() {
        return device.asked.stream()
                .filter(SetParameterValues.class::isInstance)
                .map(SetParameterValues.class::cast)
                .toList();
    }

    @Test
    void it_is_asked_to_report_all_changes_of_its_modules_and_its_own_key_stays() {
        session(StandardEvent.BOOTSTRAP);

        assertThat(device.values)
                .containsEntry(MODULES + "Enable", "true")
                .containsEntry(MODULES + "OperationTypeFilter", "Install,Update,Uninstall")
                .containsEntry(TRANSFERS + "FileTypeFilter", "1 Firmware Upgrade Image");
        assertThat(device.values.get(MODULES + "FaultCodeFilter")).contains("9001", "9032");
        assertThat(written())
                .extracting(SetParameterValues::parameterKey)
                .hasSize(2)
                .containsOnly("key 7");
        assertThat(twin(MODULES + "Enable").map(TwinValue::value)).contains("true");
        assertThat(controller.subscriptions(ID))
                .filteredOn(each -> each.id().equals("pharos-modules"))
                .singleElement()
                .returns("Device.SoftwareModules.DUStateChange!", SubscriptionState::referenceList)
                .returns("at once", SubscriptionState::told)
                .matches(each -> each.enabled() && each.wanted() && each.present());
    }

    @Test
    void what_is_as_it_shall_be_is_not_written_and_what_somebody_else_has_changed_is_mended() {
        session(StandardEvent.BOOTSTRAP);
        device.asked.clear();
        // some devices say lists in an order of their own
        device.values.put(MODULES + "OperationTypeFilter", "Uninstall, Update, Install");
        session(StandardEvent.BOOT);
        assertThat(written()).isEmpty();

        device.values.put(TRANSFERS + "Enable", "0");
        session(StandardEvent.BOOT);
        assertThat(written())
                .flatExtracting(SetParameterValues::parameterList)
                .extracting(ParameterValue::name)
                .containsExactly(TRANSFERS + "Enable");
    }

    @Test
    void what_it_refuses_holds_nothing_else_up_and_people_hear_of_it_once() {
        device.unwritable = "FaultCodeFilter";
        session(StandardEvent.BOOTSTRAP);
        session(StandardEvent.BOOT);

        assertThat(device.values)
                .containsEntry(MODULES + "Enable", "true")
                .containsEntry(MODULES + "FaultCodeFilter", "");
        awaitEvent(EventKind.WARNING, "does not report as it shall");
        assertThat(events())
                .filteredOn(each -> each.text().contains("does not report as it shall"))
                .hasSize(1);
    }

    @Test
    void it_does_not_report_what_usp_tells() {
        ReportPolicy modules = ReportPolicy.ALL.getFirst();
        assertThat(modules.missing("Device.", Map.of("Enable", "1", "OperationTypeFilter", ""), false))
                .singleElement()
                .asInstanceOf(InstanceOfAssertFactories.list(ParameterValue.class))
                .singleElement()
                .returns("false", ParameterValue::value);
        assertThat(modules.missing("Device.", Map.of("Enable", "false"), false)).isEmpty();
        assertThat(modules.missing("Device.", Map.of(), true)).isEmpty();
    }

    @Test
    void a_device_that_cannot_is_asked_nothing() {
        device.values.keySet().removeIf(each -> each.contains("Policy"));
        session(StandardEvent.BOOTSTRAP);
        assertThat(written()).isEmpty();
        assertThat(controller.subscriptions(ID))
                .noneMatch(each -> each.notifType().equals("Event"));
    }
}
