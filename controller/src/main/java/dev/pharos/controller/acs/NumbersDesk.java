// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

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

/// Whether a device names rows by their aliases, and what is done about it. For one session, and one thread.
final class NumbersDesk {
    private static final String MODE = "ManagementServer.InstanceMode";
    private static final String BY_ALIAS = "InstanceAlias";

    private final AcsOffice office;
    private final EndpointId device;
    private final String root;
    private boolean wanted;

    /// @param root of the device's data model, with its dot
    NumbersDesk(AcsOffice office, EndpointId device, String root) {
        this.office = office;
        this.device = device;
        this.root = root;
    }

    private TwinStore twins() {
        return office.parts().stores().twins();
    }

    /// Has it go by numbers, where it is known to go by aliases.
    Optional<Task> task() {
        return twins().find(device, root + MODE)
                .filter(mode -> mode.value().equals(BY_ALIAS))
                .map(_ -> begun());
    }

    /// The same, where what it has told as a whole says so; once in a session.
    Optional<Task> task(List<ParameterValue> told) {
        Optional<String> mode = told.stream()
                .filter(each -> each.name().equals(root + MODE))
                .map(ParameterValue::value)
                .findFirst();
        boolean byAlias = mode.isPresent()
                && (mode.get().equals(BY_ALIAS)
                        || told.stream().map(ParameterValue::name).anyMatch(RowNumbers::isByAlias));
        return byAlias && !wanted ? Optional.of(begun()) : Optional.empty();
    }

    private Task begun() {
        wanted = true;
        String parameterKey = twins().find(device, root + "ManagementServer.ParameterKey")
                .map(TwinValue::value)
                .orElse("");
        return new NumbersTask(root + MODE, parameterKey, this::told);
    }

    private void told(Optional<CwmpFault> fault) {
        if (fault.isEmpty()) {
            twins().put(
                            device,
                            List.of(office.parts()
                                    .twins()
                                    .value(root + MODE, NumbersTask.BY_NUMBER, TwinValue.Source.SET)));
        }
        String text = fault.map(why -> "the device names rows by their aliases, and refuses to go by numbers: what it"
                        + " tells of rows whose numbers are not known is not kept: "
                        + FaultMeaning.sentence(why))
                .orElse("the device named rows by their aliases, and goes by their numbers again, as they are kept here"
                        + " (InstanceMode)");
        DeviceEvent event = DeviceEvent.of(
                office.now(), Optional.of(device), fault.isEmpty() ? EventKind.EVENT : EventKind.WARNING, text);
        // a refusal is told once, and a change each time
        String mark = fault.isEmpty() ? text + office.now() : text;
        office.parts().events().note(new NewEvent(event, Telling.digest(device + " " + mark)));
    }
}
