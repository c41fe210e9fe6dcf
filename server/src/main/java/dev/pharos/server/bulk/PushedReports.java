// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.controller.UspController;
import dev.pharos.controller.observe.ControllerObserver;
import dev.pharos.controller.store.DeviceEvent;
import dev.pharos.controller.store.EventKind;
import dev.pharos.controller.store.StoredEvent;
import dev.pharos.usp.EndpointId;
import io.micrometer.core.instrument.MeterRegistry;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/// Takes the reports that devices send as `Push!` events into their twins, as the collector does those that come by
/// HTTP. Whose they are is said by the session that they came over.
public final class PushedReports implements ControllerObserver {
    private static final Logger LOG = LoggerFactory.getLogger(PushedReports.class);
    private static final String PROFILES = "Device.BulkData.Profile.";
    private static final String EVENT = "Push!";
    private static final String DATA = "Data";
    private static final String PER_ROW = "ParameterName,ParameterValue";

    private final UspController controller;
    private final MeterRegistry metrics;

    public PushedReports(UspController controller, MeterRegistry metrics) {
        this.controller = controller;
        this.metrics = metrics;
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
        event.device().ifPresent(device -> count(take(device, data.get())));
    }

    private void count(String outcome) {
        metrics.counter("pharos.bulk.deliveries", "outcome", outcome).increment();
    }

    private String take(EndpointId device, String data) {
        try {
            for (DeviceReport report : reports(data)) {
                var _ = controller.learnReport(device, report.values(), report.collected());
            }
            return "pushed";
        } catch (MalformedReportException malformed) {
            LOG.info("{} pushed what is no report: {}", device, malformed.reason());
        } catch (DeliveryReader.TooLargeException large) {
            LOG.info("{} pushed too much: {}", device, large.getMessage());
        }
        return "refused.push";
    }

    /// An event does not say in which format it is.
    private static List<DeviceReport> reports(String data)
            throws MalformedReportException, DeliveryReader.TooLargeException {
        boolean csv = !data.stripLeading().startsWith("{");
        String header = data.lines().findFirst().orElse("").replace("\"", "");
        DeliveryReader.Form form = new DeliveryReader.Form(csv, csv && header.contains(PER_ROW), false);
        try {
            return DeliveryReader.read(new ByteArrayInputStream(data.getBytes(StandardCharsets.UTF_8)), form);
        } catch (IOException fromMemory) {
            throw new UncheckedIOException(fromMemory);
        }
    }
}
