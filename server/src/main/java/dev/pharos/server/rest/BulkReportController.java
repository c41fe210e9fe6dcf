// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.server.auth.CollectorLogins;
import dev.pharos.server.auth.SignInGuard;
import dev.pharos.server.bulk.CollectorTally;
import dev.pharos.server.bulk.DeliveryReader;
import dev.pharos.server.bulk.Limits;
import dev.pharos.server.bulk.ReportDesk;
import dev.pharos.server.bulk.ReportRefusedException;
import dev.pharos.server.bulk.ReportWay;
import dev.pharos.server.rest.json.CollectorLogin;
import dev.pharos.server.rest.json.ReportsTaken;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import io.swagger.v3.oas.annotations.Hidden;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.util.Base64;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.util.InvalidMimeTypeException;
import org.springframework.util.MimeType;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestMethod;
import org.springframework.web.bind.annotation.RestController;

/// The collector of bulk data: takes the reports that devices deliver, each with a login of its own, into their twins.
@RestController
@Tag(name = "devices")
public final class BulkReportController {
    static final String PATH = "/bulk";
    private static final String CHALLENGE = "Basic realm=\"bulk data\", charset=\"UTF-8\"";
    private static final int UNKNOWN = 401;
    private static final int TOO_OFTEN = 429;

    private final UspController controller;
    private final CollectorLogins logins;
    private final ReportDesk desk;
    private final Audit audit;
    private final SignInGuard guard;

    public BulkReportController(
            UspController controller, CollectorLogins logins, ReportDesk desk, Audit audit, Clock clock) {
        this.controller = controller;
        this.logins = logins;
        this.desk = desk;
        this.audit = audit;
        // its own: a device with a wrong password must not keep people out
        this.guard = new SignInGuard(clock);
    }

    @Needs(Right.FLEET)
    @Reaches(Reach.DEVICE)
    @PostMapping("/api/v1/devices/{id}/collector-login")
    @Operation(
            operationId = "makeCollectorLogin",
            summary = "Make the login with which a device delivers bulk data; the one before ends")
    CollectorLogin login(@PathVariable EndpointId id, Principal user) {
        if (controller.device(id).isEmpty()) {
            throw ApiException.unknownDevice(id.toString());
        }
        audit.record(user, "make collector login", id.toString(), "");
        String password = logins.make(id).orElseThrow(() -> ApiException.unknownDevice(id.toString()));
        return new CollectorLogin(PATH, id.toString(), password);
    }

    /// Chunked or not (R-BULK.0).
    @RequestMapping(
            path = PATH,
            method = {RequestMethod.POST, RequestMethod.PUT})
    @Hidden
    ReportsTaken take(HttpServletRequest request, HttpServletResponse response) throws IOException {
        Delivery delivery = new Delivery(request, response);
        try {
            return delivery.taken();
        } catch (ReportRefusedException refused) {
            throw delivery.refused(refused);
        } catch (ApiException refused) {
            delivery.count(refused);
            throw refused;
        }
    }

    /// A delivery of somebody, who is known better the longer it is looked at.
    private final class Delivery {
        private final HttpServletRequest request;
        private final HttpServletResponse response;
        private String said = "";
        private Optional<EndpointId> device = Optional.empty();

        Delivery(HttpServletRequest request, HttpServletResponse response) {
            this.request = request;
            this.response = response;
        }

        ReportsTaken taken() throws IOException, ReportRefusedException {
            if (!request.isSecure()
                    && !InetAddress.getByName(request.getRemoteAddr()).isLoopbackAddress()) {
                throw new ApiException(403, "Not encrypted", "Reports of other hosts are taken over https only.");
            }
            DeviceRecord known = device();
            mustBeOf(known, request);
            DeliveryReader.Form form = form(request);
            ReportDesk.Taken taken = desk.take(ReportWay.HTTP, known, request.getInputStream(), form);
            return new ReportsTaken(taken.reports(), taken.kept(), taken.unknown());
        }

        ApiException refused(ReportRefusedException refused) {
            desk.tally().refused(ReportWay.HTTP, sender(), refused);
            if (refused.status() == ReportRefusedException.LATER) {
                response.setHeader("Retry-After", Long.toString(Limits.LATER.toSeconds()));
            } else if (refused.status() == ReportRefusedException.TOO_LARGE) {
                response.setHeader("Connection", "close");
            }
            return new ApiException(refused.status(), refused.title(), refused.reason());
        }

        /// A device without a login asks what to show first, and who is kept out comes again and again.
        void count(ApiException refused) {
            int status = refused.problem().status();
            if (status == TOO_OFTEN || (status == UNKNOWN && said.isEmpty())) {
                desk.tally().refused(ReportWay.HTTP, status);
            } else {
                desk.tally()
                        .refused(
                                ReportWay.HTTP,
                                sender(),
                                status,
                                String.valueOf(refused.problem().detail()));
            }
        }

        private CollectorTally.Sender sender() {
            return new CollectorTally.Sender(device, said, request.getRemoteAddr());
        }

        /// Whose login this is.
        private DeviceRecord device() throws ReportRefusedException {
            String address = request.getRemoteAddr();
            Optional<Duration> wait = guard.wait(address);
            if (wait.isPresent()) {
                response.setHeader(
                        "Retry-After", Long.toString(Math.max(1, wait.get().toSeconds())));
                throw new ApiException(
                        TOO_OFTEN, "Too many failed sign-ins", "This address failed to sign in too often.");
            }
            @Nullable String header = request.getHeader("Authorization");
            if (header == null) {
                response.setHeader("WWW-Authenticate", CHALLENGE);
                throw new ApiException(UNKNOWN, "Not signed in", "A device shows its own login.");
            }
            Optional<DeviceRecord> known = login(header);
            if (known.isEmpty()) {
                guard.failed(address);
                response.setHeader("WWW-Authenticate", CHALLENGE);
                throw new ApiException(UNKNOWN, "Not signed in", "No device has this login.");
            }
            guard.succeeded(address);
            device = known.map(DeviceRecord::id);
            ReportDesk.mustBeLetIn(known.get());
            return known.get();
        }

        private Optional<DeviceRecord> login(String header) {
            if (!header.regionMatches(true, 0, "Basic ", 0, 6)) {
                return Optional.empty();
            }
            try {
                String login = new String(
                        Base64.getDecoder().decode(header.substring(6).strip()), StandardCharsets.UTF_8);
                // an Endpoint ID has colons, and a password of ours has none
                int colon = login.lastIndexOf(':');
                if (colon < 0) {
                    return Optional.empty();
                }
                said = login.substring(0, colon);
                EndpointId id = EndpointId.parse(said);
                return logins.device(id, login.substring(colon + 1));
            } catch (IllegalArgumentException | MalformedInputException nonsense) {
                return Optional.empty();
            }
        }
    }

    /// Refuses a report whose URL names another device than the login (R-BULK.1).
    private static void mustBeOf(DeviceRecord device, HttpServletRequest request) {
        DeviceIdentity identity = device.identity();
        differs(request, "eid", device.id().toString());
        differs(request, "oui", identity.oui());
        differs(request, "pc", identity.productClass());
        differs(request, "sn", identity.serialNumber());
    }

    private static void differs(HttpServletRequest request, String name, String known) {
        @Nullable String said = request.getParameter(name);
        if (said != null && !known.isEmpty() && !said.equals(known)) {
            throw new ApiException(
                    403, "Another device", "The login is not that of the device that the URL names (" + name + ").");
        }
    }

    private static DeliveryReader.Form form(HttpServletRequest request) {
        @Nullable String coding = request.getHeader("Content-Encoding");
        boolean gzip = "gzip".equalsIgnoreCase(coding);
        if (coding != null && !gzip && !coding.equalsIgnoreCase("identity")) {
            throw new ApiException(415, "Not understood", "Content-Encoding must be gzip or left out.");
        }
        @Nullable String format = request.getHeader("BBF-Report-Format");
        boolean perRow = format != null && format.replace("\"", "").equals("ParameterPerRow");
        return new DeliveryReader.Form(isCsv(request.getContentType()), perRow, gzip);
    }

    private static boolean isCsv(@Nullable String contentType) {
        try {
            MimeType type = MimeType.valueOf(contentType == null ? "" : contentType);
            boolean utf8 = type.getCharset() == null || type.getCharset().equals(StandardCharsets.UTF_8);
            boolean csv = type.getType().equals("text") && type.getSubtype().equals("csv");
            if (utf8 && (csv || type.equalsTypeAndSubtype(MediaType.APPLICATION_JSON))) {
                return csv;
            }
        } catch (InvalidMimeTypeException none) {
            // as any other that is not understood
        }
        throw new ApiException(415, "Not understood", "Content-Type must be application/json or text/csv, in UTF-8.");
    }
}
