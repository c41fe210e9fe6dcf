// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cwmp.model;

import java.util.stream.Collectors;
import java.util.stream.Stream;

/// The names that TR-181 has for TR-069 where it has others for USP: the USP agent of a device is `Device.USPAgent.` to
/// an ACS and `Device.LocalAgent.` to a controller.
public final class CwmpNames {
    private static final String OVER_CWMP = "Device.USPAgent.";
    private static final String OVER_USP = "Device.LocalAgent.";

    private CwmpNames() {}

    /// The name in the data model of what an ACS calls so. What it may only call otherwise it does not find.
    public static String inModel(String name) {
        if (name.startsWith(OVER_USP)) {
            return OVER_CWMP + name.substring(OVER_USP.length());
        }
        return name.startsWith(OVER_CWMP) ? OVER_USP + name.substring(OVER_CWMP.length()) : name;
    }

    /// What an ACS calls this name of the data model.
    public static String forAcs(String name) {
        return name.startsWith(OVER_USP) ? OVER_CWMP + name.substring(OVER_USP.length()) : name;
    }

    /// A value with the paths of which it is a list, or one, as the data model calls them.
    public static String valueInModel(String value) {
        return renamed(value, OVER_CWMP, OVER_USP);
    }

    /// A value that is a list of paths, or one, as an ACS reads and writes it.
    public static String valueForAcs(String value) {
        return renamed(value, OVER_USP, OVER_CWMP);
    }

    private static String renamed(String value, String from, String to) {
        if (!value.contains(from)) {
            return value;
        }
        return Stream.of(value.split(",", -1))
                .map(item -> item.startsWith(from) ? to + item.substring(from.length()) : item)
                .collect(Collectors.joining(","));
    }
}
