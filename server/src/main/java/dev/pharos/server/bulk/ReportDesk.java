// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.bulk;

import dev.pharos.controller.UspController;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.controller.store.SupportedModel;
import dev.pharos.controller.twin.DeviceReport;
import dev.pharos.controller.twin.Learnt;
import dev.pharos.usp.EndpointId;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;

/// Where reports are taken, however they come: read, learnt, and counted. When it returns, what was taken is stored.
/// Thread-safe.
public final class ReportDesk {
    private static final String PER_ROW = "ParameterName,ParameterValue";

    private final UspController controller;
    private final CollectorTally tally;
    private final Places places = new Places();

    public ReportDesk(UspController controller, CollectorTally tally) {
        this.controller = controller;
        this.tally = tally;
    }

    /// What became of a delivery.
    ///
    /// @param reports how many it held
    /// @param kept values that went into the twin
    /// @param unknown values under names that are no parameters of the device
    public record Taken(int reports, int kept, int unknown) {}

    public CollectorTally tally() {
        return tally;
    }

    /// The device that somebody says it is.
    ///
    /// @throws ReportRefusedException where it is unknown or has not been let in
    DeviceRecord known(EndpointId id) throws ReportRefusedException {
        DeviceRecord device = controller
                .device(id)
                .orElseThrow(() -> new ReportRefusedException(403, "Not allowed", "Nobody knows " + id + "."));
        mustBeLetIn(device);
        return device;
    }

    /// @throws ReportRefusedException where it has not been let in
    public static void mustBeLetIn(DeviceRecord device) throws ReportRefusedException {
        if (!device.approved()) {
            throw new ReportRefusedException(403, "Not allowed", device.id() + " has not been let in.");
        }
    }

    /// Takes what a device that is known and let in delivers. What is refused is for the caller to count.
    ///
    /// @param body read to the bound and no further
    /// @throws IOException where the connection breaks
    public Taken take(ReportWay way, DeviceRecord device, InputStream body, DeliveryReader.Form form)
            throws IOException, ReportRefusedException {
        // events come one after the other, and nobody sends them again
        try (Places.Place place = places.take(way == ReportWay.EVENT)) {
            Optional<SupportedModel> model = controller.supportedModel(device);
            // over TR-069 there is none, and what was read of the device says what it has
            if (model.isEmpty() && !(device.inSessions() && device.onboarded())) {
                throw later("Not known yet", "The data model of " + device.id() + " has not been learnt yet.");
            }
            Taken taken = learn(device.id(), model, DeliveryReader.read(body, form, place));
            tally.taken(way, device.id(), taken);
            return taken;
        } catch (Places.FullException full) {
            throw later("Too many deliveries", "Too many reports come at once; come again later.");
        } catch (MalformedReportException malformed) {
            throw new ReportRefusedException(
                    400, "Not a report", "The report cannot be read: " + malformed.reason() + ".");
        } catch (DeliveryReader.TooLargeException large) {
            throw new ReportRefusedException(ReportRefusedException.TOO_LARGE, "Too large", large.getMessage() + ".");
        }
    }

    private Taken learn(EndpointId device, Optional<SupportedModel> model, List<DeviceReport> reports) {
        Learnt learnt = controller.learnReports(device, model, reports);
        return new Taken(reports.size(), learnt.kept(), learnt.unknown());
    }

    private static ReportRefusedException later(String title, String why) {
        return new ReportRefusedException(ReportRefusedException.LATER, title, why);
    }

    /// How a report is written that comes without a header that says so, by its first characters.
    ///
    /// @param contentType where somebody says it
    static DeliveryReader.Form form(Optional<String> contentType, String start) {
        boolean csv = contentType
                .map(type -> type.startsWith("text/csv"))
                .orElseGet(() -> !start.stripLeading().startsWith("{"));
        String header = start.lines().findFirst().orElse("").replace("\"", "");
        return new DeliveryReader.Form(csv, csv && header.contains(PER_ROW), false);
    }
}
