// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.controller.UspController;
import dev.pharos.controller.acs.ProofWanted;
import dev.pharos.controller.store.DeviceIdentity;
import dev.pharos.controller.store.DeviceRecord;
import dev.pharos.cwmp.DeviceId;
import dev.pharos.server.cwmp.CwmpListener;
import dev.pharos.server.cwmp.CwmpLogins;
import dev.pharos.server.rest.json.CwmpLogin;
import dev.pharos.server.rest.json.CwmpProof;
import dev.pharos.server.rest.json.CwmpProofBody;
import dev.pharos.server.rights.Needs;
import dev.pharos.server.rights.Reach;
import dev.pharos.server.rights.Reaches;
import dev.pharos.server.rights.Right;
import dev.pharos.usp.EndpointId;
import io.swagger.v3.oas.annotations.Operation;
import io.swagger.v3.oas.annotations.tags.Tag;
import java.security.Principal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RestController;

/// The logins of devices of TR-069, and what else they have to show.
@RestController
@Tag(name = "devices")
@Needs(Right.FLEET)
@Reaches(Reach.DEVICE)
public final class CwmpLoginController {
    private static final String PROOF = "/api/v1/devices/{id}/cwmp-proof";

    private final UspController controller;
    private final CwmpLogins logins;
    private final Audit audit;

    public CwmpLoginController(UspController controller, CwmpLogins logins, Audit audit) {
        this.controller = controller;
        this.logins = logins;
        this.audit = audit;
    }

    @PostMapping("/api/v1/devices/{id}/cwmp-login")
    @Operation(
            operationId = "makeCwmpLogin",
            summary = "Make the login that a device has to show over TR-069 from now on; the one before ends")
    CwmpLogin login(@PathVariable EndpointId id, Principal user) {
        DeviceRecord device = known(id);
        DeviceIdentity identity = device.identity();
        if (identity.oui().isEmpty() || identity.serialNumber().isEmpty()) {
            throw new ApiException(
                    409, "Not known yet", "The organisation and serial number of " + id + " are not known yet.");
        }
        String username =
                new DeviceId("", identity.oui(), identity.productClass(), identity.serialNumber()).canonical();
        audit.record(user, "make TR-069 login", id.toString(), "");
        String password = logins.make(id, username)
                .orElseThrow(() -> new ApiException(
                        409, "Another device", "Another device of the same name has a login: " + username + "."));
        return new CwmpLogin(CwmpListener.PATH, username, password);
    }

    @Needs(Right.LOOK)
    @GetMapping(PROOF)
    @Operation(operationId = "getCwmpProof", summary = "With what a device has to show who it is over TR-069")
    CwmpProof proof(@PathVariable EndpointId id) {
        known(id);
        return CwmpProof.of(logins.of(id));
    }

    @PutMapping(PROOF)
    @Operation(
            operationId = "setCwmpProof",
            summary = "Say with what a device has to show who it is over TR-069, from its next session on")
    CwmpProof want(@PathVariable EndpointId id, @RequestBody CwmpProofBody proof, Principal user) {
        ProofWanted wanted = proof.checked();
        known(id);
        audit.record(user, "set TR-069 proof", id.toString(), wanted.text());
        if (!logins.want(id, wanted)) {
            throw ApiException.unknownDevice(id.toString());
        }
        return proof(id);
    }

    private DeviceRecord known(EndpointId id) {
        return controller.device(id).orElseThrow(() -> ApiException.unknownDevice(id.toString()));
    }
}
