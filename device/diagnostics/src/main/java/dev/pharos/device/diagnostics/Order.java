// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.diagnostics;

import dev.pharos.datamodel.device.CommandCall;
import dev.pharos.usp.StandardErrorCode;
import dev.pharos.usp.UspException;
import java.time.Duration;
import java.util.regex.Pattern;

/// What one diagnostic is to do. Its arguments are of their types already; here they get their bounds.
///
/// @param egress by which link
record Order(CommandCall call, Egress egress) {
    /// Names and addresses, perhaps with a zone; never what a program would take for an option.
    private static final Pattern HOST = Pattern.compile("[A-Za-z0-9_:][A-Za-z0-9_.:-]{0,253}(%[A-Za-z0-9_.-]{1,15})?");

    static UspException wrong(String why) {
        return new UspException(StandardErrorCode.INVALID_COMMAND_ARGUMENTS, why);
    }

    /// @throws UspException 7027 where it is no host
    static String host(String name, String text) {
        if (!HOST.matcher(text).matches()) {
            throw wrong("no host name or IP address: " + name);
        }
        return text;
    }

    String host(String name) {
        return host(name, text(name, ""));
    }

    String text(String name, String otherwise) {
        return call.input(name, otherwise);
    }

    boolean isTrue(String name) {
        return call.input(name, "false").equals("true");
    }

    Family family() {
        return Family.of(call.input("ProtocolVersion", "Any"));
    }

    /// @throws UspException 7027 where it is not within these bounds
    long number(String name, long otherwise, long least, long most) {
        String text = call.input(name, Long.toString(otherwise));
        long number = text.length() > 18 ? Long.MAX_VALUE : Long.parseLong(text);
        if (number < least || number > most) {
            throw wrong(name + " is " + least + " to " + most + " here");
        }
        return number;
    }

    /// @throws UspException 7027 where it is too long
    Duration timeout(long otherwiseMillis) {
        return Duration.ofMillis(number("Timeout", otherwiseMillis, 1, Limits.TIMEOUT.toMillis()));
    }

    /// The byte of the IP header that has the DSCP in its upper six bits.
    int trafficClass() {
        return Math.toIntExact(number("DSCP", 0, 0, 63)) << 2;
    }

    /// @throws UspException 7027 where all of it could take longer than a diagnostic may
    static void mustEnd(Duration longest) {
        if (longest.compareTo(Limits.LONGEST) > 0) {
            throw wrong(
                    "this could take " + longest.toSeconds() + " seconds, and may take " + Limits.LONGEST.toSeconds());
        }
    }
}
