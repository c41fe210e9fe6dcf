// SPDX-License-Identifier: Apache-2.0
package dev.pharos.controller.acs;

import dev.pharos.cwmp.DeviceId;
import dev.pharos.cwmp.rpc.Inform;
import dev.pharos.cwmp.rpc.ParameterValue;
import dev.pharos.usp.EndpointId;
import dev.pharos.usp.MalformedInputException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;

/// By which Endpoint ID a device of TR-069 is known: its own where it has one and says so, else `ops::` or `os::` with
/// its organisation, product class and serial number, which is what it would call itself over USP.
final class DeviceNames {
    private static final int INSTANCE_CHARACTERS = 50;
    private static final int KEPT = 33;
    private static final int DIGEST_BYTES = 8;

    private DeviceNames() {}

    static EndpointId of(Inform inform) {
        return told(inform).orElseGet(() -> of(inform.deviceId()));
    }

    /// What the device says that it is over USP.
    private static Optional<EndpointId> told(Inform inform) {
        for (ParameterValue each : inform.parameterList()) {
            if (each.name().equals("Device.USPAgent.EndpointID")
                    || each.name().equals("Device.LocalAgent.EndpointID")) {
                try {
                    return Optional.of(EndpointId.parse(each.value()));
                } catch (MalformedInputException notOne) {
                    return Optional.empty();
                }
            }
        }
        return Optional.empty();
    }

    static EndpointId of(DeviceId device) {
        String scheme = device.productClass().isEmpty() ? "os" : "ops";
        String name = device.canonical();
        if (name.length() > INSTANCE_CHARACTERS) {
            // longer than an Endpoint ID may be: shortened so that no two devices have the same
            name = name.substring(0, KEPT).replaceAll("%.?$", "") + "-" + digest(device.canonical());
        }
        try {
            return EndpointId.parse(scheme + "::" + name);
        } catch (MalformedInputException oddOui) {
            // an organisation that is no six digits: a name that promises nothing
            return EndpointId.of("user::" + digest(device.canonical()));
        }
    }

    private static String digest(String text) {
        try {
            byte[] whole = MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(whole, 0, DIGEST_BYTES).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every Java platform has SHA-256", missing);
        }
    }
}
