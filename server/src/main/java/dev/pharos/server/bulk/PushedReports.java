// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.EndpointId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;

/// Takes the reports that devices send as `Push!` events into their twins, as the collector does those that come by
/// HTTP. Whose they are is said by the session that they came over.
public final class PushedReports implements ControllerObserver {
    private static final String PROFILES = "Device.BulkData.Profile.";
    private static final String EVENT = "Push!";
    private static final String DATA = "Data";

    private final ReportDesk desk;

    public PushedReports(ReportDesk desk) {
        this.desk = desk;
    }

    @Override
    public void eventStored(StoredEvent stored) {
        DeviceEvent event = stored.event();
        Optional<String> data = Optional.ofNullable(event.args().get(DATA));
        if (event.kind() != EventKind.EVENT
                || !event.name().equals(EVENT)
                || !event.path().startsWith(PROFILES)
                || data.isEmpty()) {
            return;
        }
        event.device().ifPresent(device -> take(device, data.get()));
    }

    private void take(EndpointId device, String data) {
        try {
            // an event does not say in which format it is
            ReportDesk.Taken _ = desk.take(
                    ReportWay.EVENT,
                    desk.known(device),
                    new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)),
                    ReportDesk.form(Optional.empty(), data));
        } catch (ReportRefusedException refused) {
            desk.tally().refused(ReportWay.EVENT, CollectorTally.Sender.of(device, "event"), refused);
        } catch (IOException fromMemory) {
            throw new UncheckedIOException(fromMemory);
        }
    }
}
