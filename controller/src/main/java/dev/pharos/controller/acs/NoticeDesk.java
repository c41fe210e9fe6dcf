// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.usp.EndpointId;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/// What is known of how one device tells of changes, and what people hear of it.
final class NoticeDesk {
    private final AcsOffice office;
    private final EndpointId device;

    NoticeDesk(AcsOffice office, EndpointId device) {
        this.office = office;
        this.device = device;
    }

    /// @param approach by what the device has when it is the task's turn
    Task task(Supplier<Approach> approach) {
        return new NoticeTask(
                () -> WantedNotices.of(approach.get(), office.parts().subscriptions(), office.isOverUsp(device)),
                office.parts().clock(),
                this::found);
    }

    /// What it refuses is told once, and again only where it is another.
    private void found(Notices now) {
        Optional<Notices> before = office.notices().find(device);
        office.notices().put(device, now);
        if (!now.objection().isEmpty()
                && before.filter(it -> it.objection().equals(now.objection())).isEmpty()) {
            warn("the device does not say of which changes it tells: " + now.objection());
        }
        List<String> refused = parameters(now);
        if (!refused.isEmpty()
                && before.filter(it -> parameters(it).equals(refused)).isEmpty()) {
            Notice first = now.refused().getFirst();
            warn("the device refuses to tell as it shall of changes of " + refused.size() + " parameters: "
                    + refused.stream().limit(Limits.NAMES_SAID).collect(Collectors.joining(", "))
                    + (refused.size() > Limits.NAMES_SAID ? " and others" : "") + " (" + first.refusal() + ")");
        }
    }

    private static List<String> parameters(Notices notices) {
        return notices.refused().stream().map(Notice::parameter).toList();
    }

    private void warn(String text) {
        office.parts().events().note(DeviceEvent.of(office.now(), Optional.of(device), EventKind.WARNING, text));
    }
}
