// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.acs.EventKeeper.Told;
import dev.pharos.controller.policy.SubscriptionTemplate;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.NewEvent;
import dev.pharos.controller.store.TwinStore;
import dev.pharos.controller.store.TwinValue;
import dev.pharos.cwmp.rpc.CwmpFault;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/// Sees to it that a device of TR-069 reports what happens on it without us, as far as we subscribe to the same over
/// USP ([ReportPolicy]); not while USP tells of it, so that nothing is told twice.
final class PolicyDesk {
    private final AcsOffice office;
    private final EndpointId device;
    private final String root;

    /// @param root of the device's data model
    PolicyDesk(AcsOffice office, EndpointId device, String root) {
        this.office = office;
        this.device = device;
        this.root = root;
    }

    Task task() {
        return new PolicyTask(this::missing, new PolicyTask.Outcome() {
            @Override
            public void taught(List<ParameterValue> values) {
                office.parts()
                        .stores()
                        .twins()
                        .put(
                                device,
                                values.stream()
                                        .map(each -> office.parts()
                                                .twins()
                                                .value(each.name(), each.value(), TwinValue.Source.SET))
                                        .toList());
            }

            @Override
            public void refused(List<ParameterValue> values, CwmpFault fault) {
                warn(values, fault);
            }
        });
    }

    private PolicyTask.Lessons missing() {
        List<SubscriptionTemplate> templates = office.parts().subscriptions();
        boolean byUsp = office.isOverUsp(device);
        TwinStore twins = office.parts().stores().twins();
        return new PolicyTask.Lessons(
                ReportPolicy.ALL.stream()
                        .filter(policy -> policy.wantedBy(templates).isPresent())
                        .flatMap(policy -> policy.missing(root, policy.known(twins, device, root), !byUsp).stream())
                        .toList(),
                twins.find(device, root + "ManagementServer.ParameterKey")
                        .map(TwinValue::value)
                        .orElse(""));
    }

    /// Once, however often it refuses the same.
    private void warn(List<ParameterValue> values, CwmpFault fault) {
        String text = "the device does not report as it shall what happens on it without us ("
                + values.stream().map(ParameterValue::name).collect(Collectors.joining(", ")) + "): "
                + FaultMeaning.sentence(fault);
        Optional<String> _ = new EventKeeper(office.parts().events())
                .keep(List.of(Told.of(new NewEvent(
                        DeviceEvent.of(office.now(), Optional.of(device), EventKind.WARNING, text),
                        Telling.digest(device + " " + text)))));
    }
}
