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
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/// By which Endpoint ID a device of TR-069 is known: its own where it has one and says so, else `ops::` or `os::` with
/// its organisation, product class and serial number, which is what it would call itself over USP.
final class DeviceNames {
    /// The agent's own Endpoint ID, over TR-069 and over USP, and by the names that makers have for the agent.
    private static final Pattern OWN = Pattern.compile(
            "(Device|InternetGatewayDevice)\\.(X_[^.]+\\.)?(X_[^.]+_)?(USPAgent|LocalAgent)\\.EndpointID");

    private static final int INSTANCE_CHARACTERS = 50;
    private static final int KEPT = 33;
    private static final int DIGEST_BYTES = 8;

    private DeviceNames() {}

    static EndpointId of(Inform inform) {
        return told(inform).orElseGet(() -> of(inform.deviceId()));
    }

    /// What the device says in its Inform that it is over USP.
    static Optional<EndpointId> told(Inform inform) {
        return claimed(inform.parameterList());
    }

    /// What the device says that it is over USP: where TR-181 has it, else where its maker has it.
    ///
    /// @param values of all that it has, or some of it
    static Optional<EndpointId> claimed(List<ParameterValue> values) {
        return values.stream()
                .filter(each -> OWN.matcher(each.name()).matches())
                .min(Comparator.comparingInt(each -> each.name().length()))
                .flatMap(each -> parsed(each.value()));
    }

    /// Whether a parameter of this name says what the device is over USP.
    static boolean isOwn(String name) {
        return OWN.matcher(name).matches();
    }

    static Optional<EndpointId> parsed(String text) {
        try {
            return Optional.of(EndpointId.parse(text));
        } catch (MalformedInputException notOne) {
            return Optional.empty();
        }
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
