// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.usp.EndpointId;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// Makes a device forget a controller, and what [MeetTask] made beside it, also whom it trusts for its sake. A row of
/// the controller that cannot be removed is disabled. The certificate of the authority stays, for which TR-069 has no
/// removal: nothing refers to it any more.
final class LeaveTask extends RowTask {
    private final UspDoor door;
    private final EndpointId device;
    private final String key;
    private final Deque<String> rows = new ArrayDeque<>();
    private final List<String> gone = new ArrayList<>();
    private String current = "";
    private boolean disabling;
    private boolean looked;

    LeaveTask(Errand.LeaveController errand, Approach approach, String parameterKey, Progress progress) {
        super(reading(errand.door()), approach, progress);
        this.door = errand.door();
        this.device = approach.device();
        this.key = parameterKey;
    }

    private static List<String> reading(UspDoor door) {
        List<String> all = new ArrayList<>(List.of(CONTROLLERS));
        door.brokers().ifPresent(table -> all.addAll(List.of(AGENT_MTPS, table.path())));
        door.authority().ifPresent(_ -> all.addAll(List.of(CERTIFICATES, CREDENTIALS)));
        return all;
    }

    @Override
    Optional<Task> following(ErrandEnd before) {
        if (!looked) {
            looked = true;
            look();
        } else if (before instanceof ErrandEnd.Refused refused) {
            if (disabling || !current.startsWith(CONTROLLERS)) {
                return end(refused);
            }
            disabling = true;
            return Optional.of(
                    new SetTask(new Errand.SetValues(Map.of(current + "Enable", "false")), approach(), key, part()));
        } else if (!disabling) {
            gone.add(current);
        }
        disabling = false;
        if (rows.isEmpty()) {
            return end(new ErrandEnd.Left(gone));
        }
        current = rows.remove();
        return Optional.of(new DeleteTask(new Errand.DeleteRows(List.of(current)), approach(), key, part()));
    }

    private void look() {
        String ours = door.controller().toString();
        rows(CONTROLLERS).stream()
                .filter(row -> known(row + "EndpointID").equals(ours) || isHalfMade(row))
                .forEach(rows::add);
        door.brokers().ifPresent(table -> {
            List<String> brokers = rows(table.path()).stream()
                    .filter(row -> isBroker(row, door, device))
                    .toList();
            List<String> references = brokers.stream().map(this::reference).toList();
            String parameter = door.way().protocol() + ".Reference";
            rows(AGENT_MTPS).stream()
                    .filter(row -> references.contains(known(row + parameter)))
                    .forEach(rows::add);
            rows.addAll(brokers);
        });
        // one that gives a role, or allows something else, is somebody else's
        door.authority()
                .ifPresent(authority -> credentials(certificates(authority)).stream()
                        .filter(row -> known(row + "Role").isEmpty()
                                && known(row + "AllowedUses").equals(ALLOWED))
                        .forEach(rows::add));
    }
}
