// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest.json;

import dev.pharos.cwmp.DownloadType;
import dev.pharos.server.store.FileAction;
import io.swagger.v3.oas.annotations.media.Schema;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/// What a device is to do with a file.
///
/// @param number of the device's file, from 1, which it is where nothing is said
/// @param file that it is to take; of `restore` and `send` alone
/// @param type what TR-069 or a vendor calls such files; of `send` and `fetch` alone
@Schema(name = "DeviceFileOrder")
public record DeviceFileBody(
        @Schema(
                requiredMode = Schema.RequiredMode.REQUIRED,
                allowableValues = {"backup", "log", "restore", "send", "fetch"})
        @Nullable
        String action,

        @Nullable Integer number,
        @Nullable Long file,
        @Nullable String type) {
    private static final int MOST = 1_000_000;
    private static final int TYPE_CHARACTERS = 64;

    /// As FileType may be, and no longer.
    private static final Pattern VENDORS = Pattern.compile("X [!-~]{1,30} [ -~]{0,30}[!-~]");

    private static final Set<String> TYPES =
            Set.of(DownloadType.WEB_CONTENT.text(), DownloadType.TONES.text(), DownloadType.RINGER.text());

    public FileAction toAction() {
        return FileAction.of(action == null ? "" : action)
                .filter(FileAction::isForPeople)
                .orElseThrow(() -> new BadRequestException(
                        "action",
                        "must be one of "
                                + Arrays.stream(FileAction.values())
                                        .filter(FileAction::isForPeople)
                                        .map(FileAction::text)
                                        .collect(Collectors.joining(", "))));
    }

    /// Empty where the action says it.
    public String toType(FileAction action) {
        String wanted = type == null ? "" : type;
        if (!action.isByType()) {
            if (!wanted.isEmpty()) {
                throw new BadRequestException("type", "is for send and fetch alone");
            }
            return "";
        }
        boolean isVendors =
                wanted.length() <= TYPE_CHARACTERS && VENDORS.matcher(wanted).matches();
        if (!isVendors && (action.isUpload() || !TYPES.contains(wanted))) {
            throw new BadRequestException(
                    "type",
                    "must be "
                            + (action.isUpload() ? "" : String.join(", ", new TreeSet<>(TYPES)) + ", or ")
                            + "a vendor's: X, its OUI or domain, and a name, of " + TYPE_CHARACTERS
                            + " characters at most");
        }
        return wanted;
    }

    public int toNumber() {
        int wanted = number == null ? 1 : number;
        if (wanted < 1 || wanted > MOST) {
            throw new BadRequestException("number", "must be 1 to " + MOST);
        }
        return wanted;
    }
}
