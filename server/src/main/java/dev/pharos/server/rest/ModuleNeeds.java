// SPDX-License-Identifier: Apache-2.0
package dev.pharos.server.rest;

import dev.pharos.server.modules.Dependency;
import dev.pharos.server.modules.Limits;
import dev.pharos.server.rest.json.BadRequestException;
import dev.pharos.server.store.ModuleStore.Needs;
import dev.pharos.usp.Bytes;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads what is said of a module when it is uploaded.
final class ModuleNeeds {
    private static final Pattern WORD = Pattern.compile("[!-~](?:[ -~]{0,62}[!-~])?");

    private ModuleNeeds() {}

    static Needs read(String environment, String architectures, long memory, long disk, String requires) {
        if (!environment.isEmpty() && !WORD.matcher(environment).matches()) {
            throw new BadRequestException("environment", "must have at most 64 characters of ASCII");
        }
        List<String> processors = parts("architectures", architectures);
        processors.stream()
                .filter(each -> !WORD.matcher(each).matches())
                .findFirst()
                .ifPresent(wrong -> {
                    throw new BadRequestException("architectures", "must be words such as x86_64, separated by commas");
                });
        List<String> others = parts("requires", requires).stream()
                .map(text -> Dependency.parse(text)
                        .orElseThrow(() -> new BadRequestException(
                                "requires",
                                "must be modules such as runtime@example.org or runtime@example.org>=2.1, separated by"
                                        + " commas"))
                        .toString())
                .toList();
        return new Needs(environment, processors, room("memory", memory), room("disk", disk), others);
    }

    private static long room(String field, long space) {
        if (space < 0 || space > Limits.SPACE) {
            throw new BadRequestException(field, "must be 0 to " + Limits.SPACE);
        }
        return space;
    }

    private static List<String> parts(String field, String text) {
        List<String> parts = Arrays.stream(text.split(","))
                .map(String::strip)
                .filter(part -> !part.isEmpty())
                .distinct()
                .toList();
        if (parts.size() > Limits.NEEDED) {
            throw new BadRequestException(field, "must be at most " + Limits.NEEDED);
        }
        return parts;
    }

    /// Empty where there is none.
    static Optional<Bytes> signature(String text) {
        if (text.isEmpty()) {
            return Optional.empty();
        }
        try {
            if (text.length() <= Limits.SIGNATURE) {
                return Optional.of(Bytes.adopt(Base64.getDecoder().decode(text)));
            }
        } catch (IllegalArgumentException malformed) {
            // as one that is too long
        }
        throw new BadRequestException("signature", "must be base64 of at most " + Limits.SIGNATURE + " characters");
    }
}
