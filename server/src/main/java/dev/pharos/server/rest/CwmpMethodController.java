// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.cwmp.rpc.CancelTransfer;
import dev.pharos.cwmp.rpc.GetAllQueuedTransfers;
import dev.pharos.cwmp.rpc.GetOptions;
import dev.pharos.cwmp.rpc.Response;
import dev.pharos.cwmp.rpc.SetVouchers;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.rest.json.CwmpDone;
import dev.pharos.server.rest.json.OptionList;
import dev.pharos.server.rest.json.QueuedTransfers;
import dev.pharos.server.rest.json.VouchersBody;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import jakarta.servlet.http.HttpServletResponse;
import java.security.Principal;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/// What a device of TR-069 is asked that USP has in no message: transfers that it is yet to do, and its options.
@RestController
@RequestMapping("/api/v1/devices/{id}")
@Tag(name = "devices")
@Needs(Right.FLEET)
@Reaches(Reach.DEVICE)
public final class CwmpMethodController {
    private static final int KEY_CHARACTERS = 32;
    private static final int OPTION_CHARACTERS = 64;

    private final UspController controller;
    private final CwmpRequests cwmp;
    private final Audit audit;

    public CwmpMethodController(UspController controller, CwmpRequests cwmp, Audit audit) {
        this.controller = controller;
        this.cwmp = cwmp;
        this.audit = audit;
    }

    @Needs(Right.LOOK)
    @GetMapping("/transfers")
    @Operation(
            operationId = "queuedTransfers",
            summary = "Files that a device of TR-069 is yet to fetch or send, as it says now")
    QueuedTransfers transfers(@PathVariable EndpointId id) {
        known(id);
        return QueuedTransfers.of(cwmp.method(id, new GetAllQueuedTransfers()));
    }

    @DeleteMapping("/transfers/{key}")
    @Operation(
            operationId = "cancelTransfer",
            summary = "Have a device of TR-069 give up a transfer that it has not begun, by its CommandKey")
    CwmpDone cancel(
            @PathVariable EndpointId id, @PathVariable String key, Principal user, HttpServletResponse response) {
        known(id);
        if (key.length() > KEY_CHARACTERS) {
            throw new BadRequestException("key", "has at most " + KEY_CHARACTERS + " characters");
        }
        audit.record(user, "cancel transfer", id.toString(), key);
        return cwmp.methodLater(id, new CancelTransfer(key), response);
    }

    /// @param name of one option; all where it is left out
    @Needs(Right.LOOK)
    @GetMapping("/options")
    @Operation(operationId = "deviceOptions", summary = "Options that vouchers have switched on in a device of TR-069")
    OptionList options(@PathVariable EndpointId id, @RequestParam(defaultValue = "") String name) {
        known(id);
        if (name.length() > OPTION_CHARACTERS) {
            throw new BadRequestException("name", "has at most " + OPTION_CHARACTERS + " characters");
        }
        Response answer = cwmp.method(id, new GetOptions(name));
        return OptionList.of(answer);
    }

    @PostMapping("/options")
    @Operation(operationId = "giveVouchers", summary = "Give a device of TR-069 vouchers for its options")
    CwmpDone vouchers(
            @PathVariable EndpointId id, @RequestBody VouchersBody body, Principal user, HttpServletResponse response) {
        SetVouchers vouchers = new SetVouchers(body.checked());
        known(id);
        audit.record(
                user,
                "give vouchers",
                id.toString(),
                Integer.toString(vouchers.voucherList().size()));
        return cwmp.methodLater(id, vouchers, response);
    }

    private void known(EndpointId id) {
        if (controller.device(id).isEmpty()) {
            throw ApiException.unknownDevice(id.toString());
        }
        if (!cwmp.manages(id)) {
            throw new ApiException(
                    409, "Not over TR-069", id + " is not managed over TR-069: this is asked over TR-069 alone.");
        }
    }
}
