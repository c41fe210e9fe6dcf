// SPDX-License-Identifier: Apache-2.0
package dev.pharos.cli.cpe;

import dev.pharos.cwmp.rpc.Download;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/// Firmware that the ACS has told the device to run, as it is kept until the ACS has heard what became of it.
///
/// @param size in bytes, 0 where it is not known
/// @param due when it is to begin
/// @param tries how often it was begun
/// @param image the object that it is in, with a dot, once it is to run; empty until then
record FirmwareOrder(
        String commandKey,
        String url,
        String username,
        String password,
        long size,
        Instant due,
        int tries,
        String image) {

    static FirmwareOrder of(Download download, Instant now) {
        return new FirmwareOrder(
                download.commandKey(),
                download.location().url(),
                download.location().username(),
                download.location().password(),
                download.target().fileSize(),
                now.plus(download.delay()),
                0,
                "");
    }

    FirmwareOrder begunAgain() {
        return new FirmwareOrder(commandKey, url, username, password, size, due, tries + 1, image);
    }

    /// Fetched: what is left is to run it.
    FirmwareOrder in(String object) {
        return new FirmwareOrder(commandKey, url, username, password, size, due, 0, object);
    }

    boolean isFetched() {
        return !image.isEmpty();
    }

    /// The arguments of Download().
    Map<String, String> arguments() {
        Map<String, String> arguments = new LinkedHashMap<>();
        arguments.put("URL", url);
        arguments.put("AutoActivate", "false");
        if (!username.isEmpty()) {
            arguments.put("Username", username);
            arguments.put("Password", password);
        }
        if (size > 0) {
            arguments.put("FileSize", Long.toString(size));
        }
        return arguments;
    }

    /// Without what may be secret.
    @Override
    public String toString() {
        return "firmware " + commandKey;
    }
}
