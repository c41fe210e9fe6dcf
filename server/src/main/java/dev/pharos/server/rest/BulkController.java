// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.peer.CallException;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.mtp.mqtt.MqttTopics;
import dev.pharos.server.auth.CollectorLogins;
import dev.pharos.server.bulk.DeviceReports;
import dev.pharos.server.bulk.DeviceReports.NoBrokerException;
import dev.pharos.server.bulk.DeviceReports.RefusedException;
import dev.pharos.server.bulk.DeviceReports.Way;
import dev.pharos.server.bulk.ReportDesk;
import dev.pharos.server.bulk.ReportProfile;
import dev.pharos.server.rest.json.BulkProfileBody;
import dev.pharos.server.rest.json.BulkProfileChange;
import dev.pharos.server.rest.json.BulkView;
import dev.pharos.server.rest.json.CollectorView;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.server.store.CollectorStore;
import dev.pharos.server.store.Sight;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import java.util.List;
import org.springframework.http.HttpStatus;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/// The reports of bulk data that devices make by themselves, and what came here of them. See docs/bulk-data.md.
@RestController
@Tag(name = "bulk data")
@Needs(Right.FLEET)
@Reaches(Reach.DEVICE)
public final class BulkController {
    private static final String OF_DEVICE = "/api/v1/devices/{id}/bulk";
    private static final String PROFILES = "Device.BulkData.Profile.";
    private static final int REFUSALS = 100;

    private final UspController controller;
    private final CwmpRequests cwmp;
    private final ReportDesk desk;
    private final DeviceReports reports;
    private final CollectorLogins logins;
    private final Audit audit;

    public BulkController(
            UspController controller, CwmpRequests cwmp, ReportDesk desk, CollectorLogins logins, Audit audit) {
        this.controller = controller;
        this.cwmp = cwmp;
        this.desk = desk;
        this.reports = new DeviceReports(controller.stores().twins(), cwmp.line(controller::call), cwmp::manages);
        this.logins = logins;
        this.audit = audit;
    }

    @Needs(Right.LOOK)
    @Reaches(Reach.SEEN)
    @GetMapping("/api/v1/bulk")
    @Operation(
            operationId = "bulkCollector",
            summary = "What the collector of bulk data has taken and refused, and of whom")
    CollectorView collector() {
        desk.tally().keep();
        CollectorStore store = desk.tally().store();
        boolean all = Sight.current().isEmpty();
        return new CollectorView(
                store.devices(),
                BulkView.Received.of(store.ofAll()),
                all
                        ? store.outcomes().stream()
                                .map(CollectorView.BulkOutcome::of)
                                .toList()
                        : null,
                store.refusals(REFUSALS).stream()
                        .map(BulkView.RefusedReport::of)
                        .toList());
    }

    @Needs(Right.LOOK)
    @GetMapping(OF_DEVICE)
    @Operation(
            operationId = "deviceBulk",
            summary = "The reports that a device makes by itself, as it says now or as was known last, and what came")
    BulkView of(@PathVariable EndpointId id) {
        DeviceRecord _ = known(id);
        desk.tally().keep();
        CollectorStore store = desk.tally().store();
        return BulkView.of(
                reports.of(id, !cwmp.manages(id)), MqttTopics.forReports(id), store.of(id), store.refusals(id));
    }

    @PostMapping(OF_DEVICE + "/profiles")
    @ResponseStatus(HttpStatus.CREATED)
    @Operation(
            operationId = "addBulkProfile",
            summary = "Have a device report parameters by itself; whole, or not at all")
    BulkView.Profile add(@PathVariable EndpointId id, @RequestBody BulkProfileBody body, Principal user)
            throws CallException {
        List<String> parameters = body.checkedParameters();
        long interval = body.checkedInterval();
        String kind = body.checkedWay();
        String url = body.checkedUrl();
        String encoding = body.checkedEncoding();
        String name = body.checkedName();
        int retained = body.checkedRetained();
        mayChange(id);
        if (!kind.equals("http") && cwmp.manages(id)) {
            throw new ApiException(
                    409,
                    "Not over TR-069",
                    id + " is managed over TR-069: it reports over HTTP alone (\"way\": \"http\").");
        }
        audit.record(
                user,
                "add report",
                id.toString(),
                String.join(", ", parameters) + " every " + interval + " s by " + kind
                        + (url.isEmpty() ? "" : " to " + url));
        Way way = switch (kind) {
            case "http" ->
                new Way.Sent(
                        url,
                        id.toString(),
                        logins.make(id).orElseThrow(() -> ApiException.unknownDevice(id.toString())));
            case "mqtt" -> new Way.Published();
            default -> new Way.Pushed();
        };
        try {
            long number = reports.add(id, new DeviceReports.Order(name, parameters, encoding, interval, retained, way));
            return profile(id, number);
        } catch (RefusedException refused) {
            throw refused(refused);
        } catch (NoBrokerException none) {
            throw new ApiException(
                    409,
                    "No broker",
                    "Reports over MQTT go over a session at a broker, and " + none.getMessage() + ".");
        }
    }

    @PutMapping(OF_DEVICE + "/profiles/{profile}")
    @Operation(
            operationId = "changeBulkProfile",
            summary = "Switch a report on or off, or change it; what is left out stays")
    BulkView.Profile change(
            @PathVariable EndpointId id,
            @PathVariable long profile,
            @RequestBody BulkProfileChange body,
            Principal user)
            throws CallException {
        DeviceReports.Change change = body.checked();
        mayChange(id);
        ReportProfile before = found(id, profile);
        audit.record(user, "change report", id.toString(), PROFILES + profile + ". " + words(change));
        try {
            reports.change(id, before, change);
        } catch (RefusedException refused) {
            throw refused(refused);
        }
        return profile(id, profile);
    }

    private static String words(DeviceReports.Change change) {
        StringBuilder said = new StringBuilder();
        change.enabled().ifPresent(on -> said.append("Enable=").append(on).append(' '));
        change.interval()
                .ifPresent(seconds -> said.append("every ").append(seconds).append(" s "));
        change.retained().ifPresent(most -> said.append("keeps ").append(most).append(' '));
        change.name().ifPresent(name -> said.append("Name=").append(name).append(' '));
        change.parameters().ifPresent(paths -> said.append(String.join(", ", paths)));
        return said.toString().strip();
    }

    @DeleteMapping(OF_DEVICE + "/profiles/{profile}")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "removeBulkProfile", summary = "Have a device make a report no more")
    void remove(@PathVariable EndpointId id, @PathVariable long profile, Principal user) throws CallException {
        mayChange(id);
        ReportProfile _ = found(id, profile);
        audit.record(user, "remove report", id.toString(), PROFILES + profile + ".");
        try {
            reports.remove(id, profile);
        } catch (RefusedException refused) {
            throw refused(refused);
        }
    }

    @PostMapping(OF_DEVICE + "/profiles/{profile}/report")
    @ResponseStatus(HttpStatus.NO_CONTENT)
    @Operation(operationId = "forceBulkReport", summary = "Have a report made now, beside those of its interval")
    void report(@PathVariable EndpointId id, @PathVariable long profile, Principal user) throws CallException {
        mayChange(id);
        if (cwmp.manages(id)) {
            throw CwmpRequests.onlyOverUsp(id);
        }
        audit.record(user, "force report", id.toString(), PROFILES + profile + ".");
        try {
            reports.report(id, profile);
        } catch (RefusedException refused) {
            throw refused(refused);
        }
    }

    private void mayChange(EndpointId id) {
        DeviceRecord _ = known(id);
        Delicate.check(List.of(PROFILES));
    }

    private BulkView.Profile profile(EndpointId id, long number) {
        return BulkView.Profile.of(found(id, number));
    }

    private ReportProfile found(EndpointId id, long number) {
        return reports.of(id, true).profiles().stream()
                .filter(each -> each.number() == number)
                .findFirst()
                .orElseThrow(() -> new ApiException(404, "Unknown report", id + " makes no report " + number + "."));
    }

    /// As any other request that the device refuses.
    private static ApiException refused(RefusedException refused) {
        return ApiException.refusedByDevice(refused.fault());
    }

    private DeviceRecord known(EndpointId id) {
        return controller.device(id).orElseThrow(() -> ApiException.unknownDevice(id.toString()));
    }
}
