// SPDX-License-Identifier: Apache-2.0
package dev.pharos.device.firmware;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What the name of a file says of the image in it, where nothing else does.
///
/// @param name at most 64 characters
/// @param version the first that looks like one, `2.1.0` or `2.1.0-rc1`; else the name
public record ImageName(String name, String version) {
    private static final Pattern VERSION = Pattern.compile("[0-9]+(?:[.][0-9]+)+(?:-[A-Za-z]+[0-9]*)?");
    private static final int LONGEST = 64;

    public static ImageName of(String fileName) {
        String name = fileName.substring(0, Math.min(fileName.length(), LONGEST));
        Matcher version = VERSION.matcher(name);
        return new ImageName(name, version.find() ? version.group() : name);
    }
}
