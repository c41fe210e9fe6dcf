// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.cwmp;

import dev.pharos.controller.UspController;
import dev.pharos.controller.acs.AcsOffice;
import dev.pharos.controller.acs.SessionLog;
import dev.pharos.controller.observe.WirePlace;
import java.util.Optional;

/// Has the wire view show what passes at the listener. Thread-safe.
public final class SeenOnWire implements CwmpListener.Onlooker {
    private final UspController controller;
    private final SessionLog sessions;

    public SeenOnWire(UspController controller) {
        this.controller = controller;
        this.sessions = new SessionLog(controller.wire());
    }

    @Override
    public void refused(String address, String reason) {
        controller.refused(Optional.empty(), new WirePlace(AcsOffice.TRANSPORT, address), reason);
    }

    @Override
    public void passed(SessionLog.Exchange exchange) {
        sessions.passed(exchange);
    }
}
