// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.cpe;

import dev.pharos.cwmp.EventCode;
import dev.pharos.cwmp.MethodEvent;
import dev.pharos.cwmp.OtherEvent;
import dev.pharos.cwmp.StandardEvent;

/// How long events are told that the response to an Inform settles.
final class EventRules {
    private EventRules() {}

    /// Whether a session that failed leaves the event to be told by the next: who asked for a connection does so again.
    static boolean isKeptAfterFailure(EventCode event) {
        return switch (event) {
            case StandardEvent standard ->
                switch (standard) {
                    case KICKED, CONNECTION_REQUEST, HEARTBEAT -> false;
                    case BOOTSTRAP,
                            BOOT,
                            PERIODIC,
                            SCHEDULED,
                            VALUE_CHANGE,
                            TRANSFER_COMPLETE,
                            DIAGNOSTICS_COMPLETE,
                            REQUEST_DOWNLOAD,
                            AUTONOMOUS_TRANSFER_COMPLETE,
                            DU_STATE_CHANGE_COMPLETE,
                            AUTONOMOUS_DU_STATE_CHANGE_COMPLETE,
                            WAKEUP -> true;
                };
            case MethodEvent _, OtherEvent _ -> true;
        };
    }

    /// Whether the event is told after a restart of the device too.
    static boolean survivesRestart(EventCode event) {
        return switch (event) {
            case StandardEvent standard ->
                standard == StandardEvent.BOOTSTRAP || standard == StandardEvent.DIAGNOSTICS_COMPLETE;
            case MethodEvent method -> method == MethodEvent.REBOOT;
            case OtherEvent _ -> false;
        };
    }
}
